//! Check of the user's classes: does each still exist, with the methods that Magento calls?

use crate::{
    parsers::php,
    tree::{LOCK_FILE, Lock, Ownership, Tree, TreePath},
};

/// Class of the user that does not match what the spec declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// Its file, relative to the output root.
    pub path: TreePath,
    /// The missing part.
    pub lacks: Lacks,
}

/// Missing part of a user's class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lacks {
    /// The file, which was written and deleted.
    File,
    /// A closing bracket or quote, without which nothing else can be checked.
    Syntax,
    /// The class of this name, in an existing file.
    Class(String),
    /// Methods.
    Methods {
        /// Methods as they would first be written.
        methods: Vec<Missing>,
        /// Imports that these need and the file lacks, each without `use`.
        imports: Vec<String>,
    },
    /// The declaration: the spec no longer has it.
    Declaration {
        /// File that replaces it, if there is only one candidate.
        instead: Option<TreePath>,
    },
}

/// Method that a class lacks, or declares in a form that its interface does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub name: String,
    /// Its code, with doc block and indentation; for an existing method just the declaration.
    pub text: String,
    /// Existing declaration that does not match.
    pub found: Option<String>,
}

/// Checks the seeded files of a tree. `on_disk` reads a file in the output root. Files not written yet are skipped, and
/// a class that inherits methods may have any.
#[must_use]
pub fn unfit(tree: &Tree, on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>) -> Vec<Unfit> {
    let seeded = tree.iter().filter(|(_, file)| file.ownership == Ownership::Seeded);
    let lock = lock(on_disk);
    let unfit = seeded.filter_map(|(path, file)| {
        let made = String::from_utf8_lossy(&file.contents);
        let lacks = match on_disk(path) {
            Some(bytes) if bytes == file.contents => return None,
            Some(bytes) => compare(&made, &String::from_utf8_lossy(&bytes), has_interface(tree, path))?,
            None => lock.get(path).map(|_| Lacks::File)?,
        };
        Some(Unfit { path: path.clone(), lacks })
    });
    unfit.chain(left_behind(tree, &lock, on_disk)).collect()
}

fn lock(on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>) -> Lock {
    let text = TreePath::new(LOCK_FILE).ok().and_then(|lock| on_disk(&lock));
    text.and_then(|bytes| Lock::parse(str::from_utf8(&bytes).ok()?).ok()).unwrap_or_default()
}

/// Files of the user that the spec no longer generates.
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

/// Returns true if the module has the interface that the class implements: `Api/FooInterface.php` for `Model/Foo.php`.
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
    // The constructor belongs to the user.
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

/// Text with the indentation before it.
fn indented(text: &str, span: std::ops::Range<usize>) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let indent = before.rsplit('\n').next().unwrap_or_default();
    format!("{indent}{}", text.get(span).unwrap_or_default())
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|it| it == word)
}
