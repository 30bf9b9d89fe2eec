//! Classes that the user goes on with: whether each is still there, and has what Magento calls.

use crate::{
    formats::php,
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

/// Looks at the seeded files of a tree. `on_disk` gives the bytes of a file in the output root. One that was never
/// written will be; a class that has methods from elsewhere may have any.
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

/// Returns true if the module has an interface that the class implements: `Api/FooInterface.php` of `Model/Foo.php`.
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
    let is_called = |method: &&php::PhpMethod| method.is_public && !method.name.starts_with("__");
    let unfit = |method: &php::PhpMethod| {
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
