//! Classes that the user goes on with: whether each is still there, and has what Magento calls.

use super::format::php;
use crate::{
    diag::{Diagnostic, Level, Rule},
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
    /// Whatever declares it: the spec no longer does, and what the class was first written for is gone.
    Declaration {
        /// The file that is written in its place, if it seems to be only one.
        instead: Option<TreePath>,
    },
}

/// A method that a class lacks, or has in a form that its interface no longer allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub name: String,
    /// The whole of it, with its doc block and the indent of its first line; of one that is there, its head alone.
    pub text: String,
    /// The head that is there and does not fit.
    pub found: Option<String>,
}

/// Looks at the seeded files of a tree. `on_disk` gives the bytes of a file in the output root. One that was never written
/// will be; a class that has methods from elsewhere may have any.
#[must_use]
pub fn unfit(tree: &Tree, on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>) -> Vec<Unfit> {
    let seeded = tree.iter().filter(|(_, file)| file.ownership == Ownership::Seeded);
    let lock = lock(on_disk);
    let unfit = seeded.filter_map(|(path, file)| {
        let made = String::from_utf8_lossy(&file.contents);
        let lacks = match on_disk(path) {
            Some(bytes) => compare(&made, &String::from_utf8_lossy(&bytes), has_interface(tree, path))?,
            None => lock.get(path).map(|_| Lacks::File)?,
        };
        Some(Unfit { path: path.clone(), lacks })
    });
    unfit.chain(left_behind(tree, &lock, on_disk)).collect()
}

fn lock(on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>) -> Lock {
    let text = TreePath::new(LOCK_FILE).ok().and_then(|lock| on_disk(&lock));
    text.and_then(|bytes| Lock::parse(&String::from_utf8_lossy(&bytes)).ok()).unwrap_or_default()
}

/// Files of the user's that the spec no longer makes.
fn left_behind(tree: &Tree, lock: &Lock, on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>) -> Vec<Unfit> {
    let is_users = |path: &&TreePath| lock.get(path).is_some_and(|it| it.kind != Ownership::Managed);
    let left = lock
        .paths()
        .filter(is_users)
        .filter(|path| tree.get(path).is_none() && !tree.is_released(path) && on_disk(path).is_some());
    let instead = |left: &TreePath| {
        let folder = left.as_path().parent();
        let is_new = |path: &&TreePath| {
            let is_seeded = tree.get(path).is_some_and(|file| file.ownership == Ownership::Seeded);
            is_seeded && lock.get(path).is_none() && path.as_path().parent() == folder
        };
        let mut new = tree.paths().filter(is_new);
        new.next().filter(|_| new.next().is_none()).cloned()
    };
    let unfit = left.map(|path| {
        let lacks = Lacks::Declaration { instead: instead(path) };
        Unfit { path: path.clone(), lacks }
    });
    unfit.collect()
}

/// Whether the module has an interface that the class implements: `Api/FooInterface.php` of `Model/Foo.php`.
fn has_interface(tree: &Tree, path: &TreePath) -> bool {
    let path = path.as_path();
    let module = path.parent().and_then(|folder| folder.parent()).zip(path.file_stem());
    let interface = module.map(|(module, class)| module.join(format!("Api/{class}Interface.php")));
    let interface = interface.and_then(|path| TreePath::new(path.as_str()).ok());
    interface.is_some_and(|path| tree.get(&path).is_some())
}

fn compare(made: &str, on_disk: &str, has_interface: bool) -> Option<Lacks> {
    let wanted = php::class(made)?;
    if !php::is_whole(on_disk) {
        return Some(Lacks::Syntax);
    }
    let Some(class) = php::class(on_disk).filter(|class| class.name == wanted.name) else {
        return Some(Lacks::Class(wanted.name));
    };
    // How it is constructed is the user's own.
    let is_called = |method: &&php::Method| method.is_public && !method.name.starts_with("__");
    let unfit = |method: &php::Method| {
        let (name, found) = (method.name.clone(), class.method(&method.name));
        match found.filter(|_| has_interface) {
            Some(found) if !found.is_public || !found.signature.fits(&method.signature) => Some(Missing {
                name,
                text: indented(made, method.head.clone()),
                found: on_disk.get(found.head.clone()).map(str::to_owned),
            }),
            None if !class.inherits && class.method(&method.name).is_none() => {
                Some(Missing { name, text: indented(made, method.span.clone()), found: None })
            }
            _ => None,
        }
    };
    let methods: Vec<Missing> = wanted.methods.iter().filter(is_called).filter_map(unfit).collect();
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
                    let finding = unfit_method(path, method);
                    finding.at(at(&format!("{}/name", method_place(spec, &place, &method.name))))
                };
                methods.iter().map(finding).collect()
            }
            Lacks::Declaration { instead } => vec![
                left(path, instead.as_ref()).at(at("/module/name")),
            ],
        }
    });
    spec.rules.apply(findings.collect())
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
