//! Specs named on the command line.

use std::{collections::HashSet, path::Path};

use camino::{Utf8Path, Utf8PathBuf};
use ignore::WalkBuilder;

use crate::{module, tree::Disk};

/// What a spec is called where a directory is named.
const SPEC: &str = "integration.toml";

/// The specs to work on.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Specs {
    /// Specs to read; of a directory every integration.toml below it that git does not ignore; - is standard input
    #[arg(value_name = "SPEC", default_value = SPEC)]
    specs: Vec<Utf8PathBuf>,
}

impl Specs {
    /// The directories that have no spec below them but a module that declares integrations, and the rest.
    pub(in crate::cli) fn apart(&self) -> (Vec<Utf8PathBuf>, Self) {
        let is_module = |dir: &&Utf8PathBuf| {
            let places = Disk::open(dir).and_then(|disk| module::find(&disk));
            dir.is_dir()
                && below(dir).is_err()
                && places.is_ok_and(|places| places.iter().any(|it| it.declares))
        };
        let modules: Vec<Utf8PathBuf> = self.specs.iter().filter(is_module).cloned().collect();
        let specs = self.specs.iter().filter(|path| !modules.contains(path)).cloned().collect();
        (modules, Self { specs })
    }

    /// The spec files, those of a directory sorted by path, each once.
    ///
    /// # Errors
    /// What is wrong with a directory, or that standard input is to be read twice.
    pub(in crate::cli) fn files(&self) -> Result<Vec<Utf8PathBuf>, String> {
        if self.specs.iter().filter(|path| *path == "-").count() > 1 {
            return Err("- is given twice, but standard input can be read once only".to_owned());
        }
        let mut files = Vec::new();
        for path in &self.specs {
            if path.is_dir() {
                files.extend(below(path)?);
            } else {
                files.push(path.clone());
            }
        }
        let mut seen = HashSet::new();
        files.retain(|path| seen.insert(path.canonicalize_utf8().unwrap_or_else(|_| path.clone())));
        Ok(files)
    }
}

/// The spec that a path names: of a directory the only one below it.
///
/// # Errors
/// If a directory has none below it, or several.
pub(in crate::cli) fn one_spec(path: &Utf8Path) -> Result<Utf8PathBuf, String> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let mut specs = below(path)?;
    match (specs.pop(), specs.pop()) {
        (Some(only), None) => Ok(only),
        (Some(last), Some(other)) => {
            Err(format!("{} specs are below {path}; name one, such as {other} or {last}", specs.len() + 2))
        }
        (None, _) => Err(format!("there is no {SPEC} below {path}")),
    }
}

/// Every spec below a directory. What cannot be looked into is named as if a spec were there: reading it says why.
fn below(dir: &Utf8Path) -> Result<Vec<Utf8PathBuf>, String> {
    let mut specs = Vec::new();
    // A .gitignore counts outside of a repository too, and a folder may be hidden, but for git's own.
    let walk = WalkBuilder::new(dir)
        .hidden(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .sort_by_file_path(Ord::cmp)
        .build();
    for entry in walk {
        let path = match &entry {
            Ok(entry) if entry.file_name() == SPEC && entry.file_type().is_some_and(|it| !it.is_dir()) => {
                entry.path().to_owned()
            }
            Ok(_) => continue,
            Err(error) => unreadable(error).unwrap_or(dir.as_std_path()).join(SPEC),
        };
        let path = Utf8PathBuf::from(path.to_string_lossy().into_owned());
        specs.push(path.strip_prefix("./").map(Utf8Path::to_owned).unwrap_or(path));
    }
    if specs.is_empty() { Err(format!("there is no {SPEC} below {dir}")) } else { Ok(specs) }
}

/// The path that an error is about.
fn unreadable(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => unreadable(err),
        _ => None,
    }
}
