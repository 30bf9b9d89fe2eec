//! PHP classes of a root, found by their names.

mod dispatch;
mod types;

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use camino::{Utf8Path, Utf8PathBuf};
use magespec::parsers::php::{PhpClass, PhpMethod, class};

pub(crate) use self::{
    dispatch::{DispatchCall, KeyName, NamePart, dispatches, property},
    types::{Parameter, parameters, returned},
};
use crate::root::Root;

/// Classes by name, each read once.
pub(crate) struct Classes {
    /// Namespaces with their directories, the longest first.
    namespaces: Vec<(String, Utf8PathBuf)>,
    read: RefCell<BTreeMap<String, Option<Rc<ClassFile>>>>,
}

/// Class with the text of its file.
#[derive(Debug)]
pub(crate) struct ClassFile {
    /// Full name.
    pub(crate) name: String,
    pub(crate) class: PhpClass,
    pub(crate) text: String,
}

impl Classes {
    pub(crate) fn of(root: &Root) -> Self {
        let mut namespaces = root.namespaces();
        namespaces.sort_by_key(|(namespace, _)| std::cmp::Reverse(namespace.len()));
        Self { namespaces, read: RefCell::default() }
    }

    /// Class or interface of that name; none if it is not Magento's, or generated.
    pub(crate) fn get(&self, name: &str) -> Option<Rc<ClassFile>> {
        if let Some(known) = self.read.borrow().get(name) {
            return known.clone();
        }
        let read = self.read(name).map(Rc::new);
        self.read.borrow_mut().insert(name.to_owned(), read.clone());
        read
    }

    fn read(&self, name: &str) -> Option<ClassFile> {
        let file = self.namespaces.iter().find_map(|(namespace, dir)| {
            let rest = name.strip_prefix(namespace.as_str())?.strip_prefix('\\')?;
            Some(dir.join(format!("{}.php", rest.replace('\\', "/")))).filter(|file| file.is_file())
        })?;
        ClassFile::read(&file)
    }

    /// Text of a constant, `self::X` or that of a class that the file names.
    fn constant(&self, file: &ClassFile, class: &str, name: &str) -> Option<String> {
        let own = matches!(class, "self" | "static");
        let class = if own { file.name.clone() } else { file.class.full_name(class) };
        self.lineage(&class).iter().find_map(|file| dispatch::constant(file, name))
    }

    /// A class with all that it inherits from, itself first; interfaces and parents breadth first.
    pub(crate) fn lineage(&self, name: &str) -> Vec<Rc<ClassFile>> {
        let mut lineage: Vec<Rc<ClassFile>> = self.get(name).into_iter().collect();
        let mut at = 0;
        while let Some(file) = lineage.get(at).cloned() {
            for parent in file.class.parents.iter().map(|parent| file.class.full_name(parent)) {
                if !lineage.iter().any(|other| other.name == parent) {
                    lineage.extend(self.get(&parent));
                }
            }
            at += 1;
        }
        lineage
    }
}

impl ClassFile {
    /// Reads the first class of a file.
    pub(crate) fn read(file: &Utf8Path) -> Option<Self> {
        let bytes = std::fs::read(file).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let class = class(&text)?;
        let name = if class.namespace.is_empty() {
            class.name.clone()
        } else {
            format!("{}\\{}", class.namespace, class.name)
        };
        Some(Self { name, class, text })
    }
}

/// Public methods of a lineage, each as its nearest class declares it.
pub(crate) fn methods(lineage: &[Rc<ClassFile>]) -> Vec<(&ClassFile, &PhpMethod)> {
    let mut all: Vec<(&ClassFile, &PhpMethod)> = Vec::new();
    for file in lineage {
        for method in file.class.methods.iter().filter(|method| method.is_public) {
            if !all.iter().any(|(_, other)| other.name.eq_ignore_ascii_case(&method.name)) {
                all.push((file, method));
            }
        }
    }
    all
}
