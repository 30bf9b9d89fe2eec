//! Rules on the user's classes, which must match what the spec declares.

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
                missing(format!("{path} was deleted, but the module still uses its class"))
                    .at(at(&place.key("name")))
                    .help(format!(
                        "restore it, or remove its line from {LOCK_FILE} and build to get the first version again. If the class \
                         lives elsewhere, list the file under [files] unmanaged"
                    )),
            ],
            Lacks::Syntax => vec![
                missing(format!("{path} is not valid PHP: a bracket or a quote is not closed"))
                    .at(at(&place.key("name")))
                    .help(format!("run `php -l {path}` to find the place")),
            ],
            Lacks::Class(class) => vec![
                missing(format!("{path} does not declare the class `{class}`"))
                    .at(at(&place.key("name")))
                    .help("rename the class, or list the file under [files] unmanaged if the class lives elsewhere"),
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
            .reason("Magento calls it, and PHP stops at a class that does not implement every method of its interface")
            .help("add it: `magespec plan` prints the code"),
        Some(found) => {
            let message = format!("`{name}` in {path} does not match its interface: {}", one_line(found));
            Diagnostic::new(Rule::MethodDiffers, message)
                .reason("PHP stops at a class with a method whose parameters or return type differ from its interface")
                .help(format!("change it to `{}` and adapt the code", one_line(text)))
        }
    }
}

fn one_line(head: &str) -> String {
    let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
    head.replace("( ", "(").replace(" )", ")")
}

fn left(path: &TreePath, instead: Option<&TreePath>) -> Diagnostic {
    if path.as_path().extension() == Some("csv") {
        let mut finding =
            Diagnostic::new(Rule::Translations, format!("{path} is no longer generated and is yours now"))
                .reason("its locale was removed from `locales`, and the file may hold your translations")
                .help("restore the locale, or delete the file");
        finding.level = Level::Warning;
        return finding;
    }
    let help = match instead {
        Some(new) => format!("move the code from {path} to {new}, then delete the file"),
        None => format!("move the code that you still need out of {path}, then delete the file"),
    };
    Diagnostic::new(Rule::ClassLeft, format!("nothing declares the class in {path} any more"))
        .reason("the file is kept because it is yours, but nothing uses it: PHP stops at a class whose interface is gone, and Magento never calls a job or an observer that is not declared")
        .help(help)
}

fn missing(message: String) -> Diagnostic {
    Diagnostic::new(Rule::ClassMissing, message).reason(
        "the file is written once and then belongs to you; without the class Magento stops where it uses it",
    )
}

/// Route of the entry that a file is made for.
fn place(spec: &Spec, module: &Module, path: &TreePath) -> Pointer {
    let source = module.source.as_ref().map(|source| format!("{source}/")).unwrap_or_default();
    let path = path.as_str().strip_prefix(&source).unwrap_or(path.as_str());
    let services = files(
        "service",
        spec.service.iter().map(|it| match it.interface {
            Some(_) => String::new(),
            None => format!("Model/{}.php", it.name),
        }),
    );
    let jobs = files("cron", spec.cron.iter().map(|it| it.handler().file()));
    let observers = files(
        "observer",
        spec.observer.iter().map(|it| it.handler().map(|it| it.file()).unwrap_or_default()),
    );
    let mut all = services.chain(jobs).chain(observers);
    all.find(|(file, _)| file == path).map_or_else(|| pointer!["module"], |(_, route)| route)
}

/// Files, each with the route of the entry that declares its class.
fn files(
    table: &'static str,
    files: impl Iterator<Item = String>,
) -> impl Iterator<Item = (String, Pointer)> {
    files.enumerate().map(move |(at, file)| (file, pointer![table, at]))
}

/// Route of a method of a service, or of the entry itself for other classes.
fn method_place(spec: &Spec, place: &Pointer, name: &str) -> Pointer {
    let service = match place.steps().collect::<Vec<_>>().as_slice() {
        ["service", at] => at.parse().ok().and_then(|at: usize| spec.service.get(at)),
        _ => None,
    };
    let at =
        service.and_then(|service| service.method.iter().position(|method| method.name.as_str() == name));
    at.map_or_else(|| place.to_owned(), |at| place.key("method").key(at))
}
