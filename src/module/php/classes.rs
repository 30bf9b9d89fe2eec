//! PHP classes of a module, and the files that hold them.

use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    module::{ModuleDir, composer::SpannedJson, join},
    names::ModuleName,
    parsers::php::{self, PhpClass, PhpToken},
};

/// File with a class.
#[derive(Debug)]
pub(crate) struct PhpFile {
    pub(crate) class: PhpClass,
    /// Offset of its text in the sources.
    pub(in crate::module) start: usize,
}

impl PhpFile {
    /// Place in the sources of a part of the file.
    pub(crate) fn at(&self, part: &Range<usize>) -> Range<usize> {
        self.start + part.start..self.start + part.end
    }
}

/// Fault of a file that should hold a class.
#[derive(Debug)]
pub(crate) enum ClassFault {
    /// It cannot be read, for this reason.
    Unreadable(String),
    /// A bracket or a quote is not closed.
    Syntax,
    /// It declares no class.
    Empty,
}

/// Folders below the module's root by the start of the class names that they hold.
#[derive(Debug, Default)]
pub(crate) struct ClassFolders {
    /// Namespace of the module, as in `Acme\ErpBridge\`.
    namespace: String,
    /// Folder of the module, from its root.
    pub(in crate::module) source: Utf8PathBuf,
    folders: Vec<(String, Utf8PathBuf)>,
}

impl ClassFolders {
    pub(in crate::module) fn of(
        composer: Option<&SpannedJson>,
        place: &ModuleDir,
        module: &ModuleName,
    ) -> Self {
        let namespace = format!(r"{}\", module.namespace());
        let mut folders = vec![(namespace.clone(), place.source.clone())];
        let loaded = composer.map(|it| &it.value);
        let loaded = |key: &str| loaded.and_then(|it| it.pointer("/autoload")?.get(key)).cloned();
        if loaded("classmap").is_some() || loaded("psr-0").is_some() {
            return Self { source: place.source.clone(), ..Self::default() };
        }
        for (start, folder) in loaded("psr-4").iter().filter_map(|it| it.as_object()).flatten() {
            let listed = folder.as_array().into_iter().flatten().chain([folder]);
            folders.extend(listed.filter_map(|it| {
                let folder = it.as_str()?.trim_start_matches("./").trim_end_matches('/');
                Some((start.clone(), Utf8PathBuf::from(folder)))
            }));
        }
        Self { namespace, source: place.source.clone(), folders }
    }

    /// Files that may hold a class of the module; none for a class of another module.
    pub(crate) fn files(&self, class: &str) -> Vec<Utf8PathBuf> {
        if self.namespace.is_empty() || !class.starts_with(&self.namespace) {
            return Vec::new();
        }
        let file = |(start, folder): &(String, Utf8PathBuf)| {
            let rest = class.strip_prefix(start.as_str())?.replace('\\', "/");
            Some(join(folder, Utf8Path::new(&format!("{rest}.php"))))
        };
        self.folders.iter().filter_map(file).collect()
    }
}

/// Words of a file that dispatches events or gives a model a prefix, in lower case.
pub(in crate::module) fn dispatched(text: &str) -> impl Iterator<Item = String> {
    let is_source = text.contains("dispatch(") || text.contains("eventPrefix");
    let tokens = if is_source { php::tokens(text) } else { Vec::new() };
    let words = tokens.into_iter().filter_map(|(token, _)| match token {
        PhpToken::Text(word) => Some(word.to_lowercase()),
        _ => None,
    });
    words.filter(|word| word.len() > 2 && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}
