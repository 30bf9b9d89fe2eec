//! Classes that the user continues, against what the spec declares.

use crate::{
    diag::{Diagnostic, Level, Rule},
    model::Module,
    module::{Lacks, Missing, Unfit},
    spec::{Pointer, Spans, Spec, pointer},
    tree::{LOCK_FILE, TreePath},
};

/// Findings about the user's classes.
pub(super) fn check(spec: &Spec, spans: &Spans, module: &Module, unfit: &[Unfit]) -> Vec<Diagnostic> {
    let findings = unfit.iter().flat_map(|unfit| {
        let path = &unfit.path;
        let place = place(spec, module, path);
        let at = |route: &Pointer| spans.value(route);
        match &unfit.lacks {
            Lacks::File => vec![
                missing(format!("{path} was deleted, and the module still names its class"))
                    .at(at(&place.key("name")))
                    .help(format!(
                        "put it back; for the first text again take its line out of {LOCK_FILE} and build. If the class is kept \
                         elsewhere list the file under [files] unmanaged"
                    )),
            ],
            Lacks::Syntax => vec![
                missing(format!("{path} is no PHP that can be read: a bracket or a quote is not closed"))
                    .at(at(&place.key("name")))
                    .help(format!("`php -l {path}` says where")),
            ],
            Lacks::Class(class) => vec![
                missing(format!("{path} has no class `{class}`"))
                    .at(at(&place.key("name")))
                    .help("name it so, or list the file under [files] unmanaged if the class is kept elsewhere"),
            ],
            Lacks::Methods { methods, .. } => {
                let finding = |method: &Missing| {
                    let finding = unfit_method(path, method);
                    finding.at(at(&method_place(spec, &place, &method.name).key("name")))
                };
                methods.iter().map(finding).collect()
            }
            Lacks::Declaration { instead } => vec![
                left(path, instead.as_ref()).at(at(&pointer!["module", "name"])),
            ],
        }
    });
    findings.collect()
}

fn unfit_method(path: &TreePath, Missing { name, text, found }: &Missing) -> Diagnostic {
    match found {
        None => Diagnostic::new(Rule::MethodMissing, format!("{path} has no method `{name}`"))
            .reason("Magento calls it, and PHP stops at a class that lacks a method of its interface")
            .help("add it: `magespec plan` prints it to paste"),
        Some(found) => {
            let message = format!("`{name}` of {path} does not fit its interface: {}", one_line(found));
            Diagnostic::new(Rule::MethodDiffers, message)
                .reason("PHP stops at a class whose method takes or answers something else than its interface says")
                .help(format!("write `{}`, and what follows from it", one_line(text)))
        }
    }
}

fn one_line(head: &str) -> String {
    let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
    head.replace("( ", "(").replace(" )", ")")
}

fn left(path: &TreePath, instead: Option<&TreePath>) -> Diagnostic {
    if path.as_path().extension() == Some("csv") {
        let mut finding = Diagnostic::new(Rule::Translations, format!("{path} stays, and is yours now"))
            .reason("its locale is no longer in `locales`, and there may be translations of yours in it")
            .help("put the locale back, or delete the file");
        finding.level = Level::Warning;
        return finding;
    }
    let help = match instead {
        Some(new) => format!("the code stayed in {path}: move it to {new}, then delete the file"),
        None => format!("the code stayed in {path}: move what is still needed, then delete the file"),
    };
    Diagnostic::new(Rule::ClassLeft, format!("nothing declares the class of {path} any more"))
        .reason("it is yours and stays, and what it was written for is gone: PHP stops at a class whose interface is not there, and nothing calls a job or an observer that is not declared")
        .help(help)
}

fn missing(message: String) -> Diagnostic {
    Diagnostic::new(Rule::ClassMissing, message).reason(
        "such a file is written once and then yours, deleted ones included; without its class Magento stops where it is called",
    )
}

/// The route of what makes a file.
fn place(spec: &Spec, module: &Module, path: &TreePath) -> Pointer {
    let source = module.source.as_ref().map(|source| format!("{source}/")).unwrap_or_default();
    let path = path.as_str().strip_prefix(&source).unwrap_or(path.as_str());
    let services = files("service", spec.service.iter().map(|it| format!("Model/{}.php", it.name)));
    let jobs = files("cron", spec.cron.iter().map(|it| it.handler().file()));
    let observers = files("observer", spec.observer.iter().map(|it| it.handler().file()));
    let mut all = services.chain(jobs).chain(observers);
    all.find(|(file, _)| file == path).map_or_else(|| pointer!["module"], |(_, route)| route)
}

/// Each file, and the route of what has its class.
fn files(
    table: &'static str,
    files: impl Iterator<Item = String>,
) -> impl Iterator<Item = (String, Pointer)> {
    files.enumerate().map(move |(at, file)| (file, pointer![table, at]))
}

/// The route of a method of a service, or of what else has the class.
fn method_place(spec: &Spec, place: &Pointer, name: &str) -> Pointer {
    let service = place.strip_prefix("/service/").and_then(|at| spec.service.get(at.parse::<usize>().ok()?));
    let at =
        service.and_then(|service| service.method.iter().position(|method| method.name.as_str() == name));
    at.map_or_else(|| place.to_owned(), |at| place.key("method").key(at))
}
