//! Classes that the user goes on with: whether each is still there, and has what Magento calls.

use super::format::php;
use crate::{
    diag::{Diagnostic, Rule},
    model::Module,
    spec::{Loaded, Spec},
    tree::{LOCK_FILE, Lock, Ownership, Tree, TreePath},
};

/// A class of the user's that does not fit what the spec declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// Its file, from the output root.
    pub path: TreePath,
    /// What it lacks.
    pub lacks: Lacks,
}

/// What a class of the user's lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lacks {
    /// The file: it was written, and is gone.
    File,
    /// A bracket or a quote that is not closed: what else it lacks is not to be seen.
    Syntax,
    /// The class of this name, in a file that is there.
    Class(String),
    /// Methods.
    Methods {
        /// As they would be first written.
        methods: Vec<Missing>,
        /// The imports that these need and the file does not have, each without `use`.
        imports: Vec<String>,
    },
}

/// A method that a class lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub name: String,
    /// The whole of it, with its doc block and the indent of its first line.
    pub text: String,
}

/// Looks at the seeded files of a tree. `on_disk` gives the bytes of a file in the output root. One that was never written
/// will be; a class that has methods from elsewhere may have any.
#[must_use]
pub fn unfit(tree: &Tree, on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>) -> Vec<Unfit> {
    let seeded = tree.iter().filter(|(_, file)| file.ownership == Ownership::Seeded);
    let unfit = seeded.filter_map(|(path, file)| {
        let made = String::from_utf8_lossy(&file.contents);
        let lacks = match on_disk(path) {
            Some(bytes) => compare(&made, &String::from_utf8_lossy(&bytes))?,
            None => was_written(path, on_disk).then_some(Lacks::File)?,
        };
        Some(Unfit { path: path.clone(), lacks })
    });
    unfit.collect()
}

fn was_written(path: &TreePath, on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>) -> bool {
    let text = TreePath::new(LOCK_FILE).ok().and_then(|lock| on_disk(&lock));
    let lock = text.and_then(|bytes| Lock::parse(&String::from_utf8_lossy(&bytes)).ok());
    lock.is_some_and(|lock| lock.get(path).is_some())
}

fn compare(made: &str, on_disk: &str) -> Option<Lacks> {
    let wanted = php::class(made)?;
    if !php::is_whole(on_disk) {
        return Some(Lacks::Syntax);
    }
    let Some(class) = php::class(on_disk).filter(|class| class.name == wanted.name) else {
        return Some(Lacks::Class(wanted.name));
    };
    let is_missing = |method: &&php::Method| {
        // How it is constructed is the user's own.
        method.is_public && !method.name.starts_with("__") && class.method(&method.name).is_none()
    };
    let missing = wanted.methods.iter().filter(is_missing).filter(|_| !class.inherits);
    let methods: Vec<Missing> = missing
        .map(|method| Missing { name: method.name.clone(), text: indented(made, method.span.clone()) })
        .collect();
    let is_needed = |import: &String| {
        let name = import.rsplit(['\\', ' ']).next().unwrap_or_default();
        !class.imports.contains(import) && methods.iter().any(|method| has_word(&method.text, name))
    };
    let imports = wanted.imports.iter().filter(|import| is_needed(import)).cloned().collect();
    (!methods.is_empty()).then_some(Lacks::Methods { methods, imports })
}

/// The text with what stands before it on its line.
fn indented(text: &str, span: std::ops::Range<usize>) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let indent = before.rsplit('\n').next().unwrap_or_default();
    format!("{indent}{}", text.get(span).unwrap_or_default())
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|it| it == word)
}

/// What is to say about the user's classes.
#[must_use]
pub fn check_seeded(loaded: &Loaded, spec: &Spec, module: &Module, unfit: &[Unfit]) -> Vec<Diagnostic> {
    let findings = unfit.iter().flat_map(|unfit| {
        let path = &unfit.path;
        let place = place(spec, module, path);
        let at = |route: &str| loaded.spans.value(route);
        match &unfit.lacks {
            Lacks::File => vec![
                missing(format!("{path} was deleted, and the module still names its class"))
                    .at(at(&format!("{place}/name")))
                    .help(format!(
                        "put it back; for the first text again take its line out of {LOCK_FILE} and build. If the class is kept \
                         elsewhere list the file under [files] unmanaged"
                    )),
            ],
            Lacks::Syntax => vec![
                missing(format!("{path} is no PHP that can be read: a bracket or a quote is not closed"))
                    .at(at(&format!("{place}/name")))
                    .help(format!("`php -l {path}` says where")),
            ],
            Lacks::Class(class) => vec![
                missing(format!("{path} has no class `{class}`"))
                    .at(at(&format!("{place}/name")))
                    .help("name it so, or list the file under [files] unmanaged if the class is kept elsewhere"),
            ],
            Lacks::Methods { methods, .. } => {
                let finding = |method: &Missing| {
                    let name = &method.name;
                    Diagnostic::new(Rule::MethodMissing, format!("{path} has no method `{name}`"))
                        .at(at(&format!("{}/name", method_place(spec, &place, name))))
                        .reason("Magento calls it, and PHP stops at a class that lacks a method of its interface")
                        .help("add it: `magespec plan` prints it to paste")
                };
                methods.iter().map(finding).collect()
            }
        }
    });
    spec.rules.apply(findings.collect())
}

fn missing(message: String) -> Diagnostic {
    Diagnostic::new(Rule::ClassMissing, message).reason(
        "such a file is written once and then yours, deleted ones included; without its class Magento stops where it is called",
    )
}

/// The route of what makes a file.
fn place(spec: &Spec, module: &Module, path: &TreePath) -> String {
    let source = module.source.as_ref().map(|source| format!("{source}/")).unwrap_or_default();
    let path = path.as_str().strip_prefix(&source).unwrap_or(path.as_str());
    let services = files("service", spec.service.iter().map(|it| format!("Model/{}.php", it.name)));
    let jobs = files("cron", spec.cron.iter().map(|it| it.handler().file()));
    let observers = files("observer", spec.observer.iter().map(|it| it.handler().file()));
    let mut all = services.chain(jobs).chain(observers);
    all.find(|(file, _)| file == path).map_or_else(|| "/module".to_owned(), |(_, route)| route)
}

/// Each file, and the route of what has its class.
fn files(table: &'static str, files: impl Iterator<Item = String>) -> impl Iterator<Item = (String, String)> {
    files.enumerate().map(move |(at, file)| (file, format!("/{table}/{at}")))
}

/// The route of a method of a service, or of what else has the class.
fn method_place(spec: &Spec, place: &str, name: &str) -> String {
    let service = place.strip_prefix("/service/").and_then(|at| spec.service.get(at.parse::<usize>().ok()?));
    let at =
        service.and_then(|service| service.method.iter().position(|method| method.name.as_str() == name));
    at.map_or_else(|| place.to_owned(), |at| format!("{place}/method/{at}"))
}
