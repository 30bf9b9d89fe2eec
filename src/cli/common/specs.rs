//! Specs named on the command line.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use ignore::WalkBuilder;

use super::input::reason;
use crate::{import, tree::Disk};

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
            let places = Disk::open(dir).and_then(|disk| import::find(&disk));
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
        let mut seen = std::collections::HashSet::new();
        files.retain(|path| seen.insert(path.clone()));
        Ok(files)
    }

    /// How the specs were named, for a command line that names them again; empty for the default.
    pub(in crate::cli) fn as_arguments(&self) -> String {
        match self.specs.as_slice() {
            [only] if only == SPEC => String::new(),
            specs => specs.iter().map(|spec| format!(" {spec}")).collect(),
        }
    }
}

/// Every spec below a directory.
fn below(dir: &Utf8Path) -> Result<Vec<Utf8PathBuf>, String> {
    let mut specs = Vec::new();
    // A .gitignore counts outside of a repository too.
    for entry in WalkBuilder::new(dir).require_git(false).sort_by_file_path(Ord::cmp).build() {
        let entry = entry.map_err(|error| format!("cannot read {dir}: {}", why(&error)))?;
        let is_spec = entry.file_name() == SPEC && entry.file_type().is_some_and(|kind| !kind.is_dir());
        let path = is_spec.then(|| Utf8PathBuf::try_from(entry.into_path()).ok()).flatten();
        specs.extend(path.map(|path| path.strip_prefix("./").map(Utf8Path::to_owned).unwrap_or(path)));
    }
    if specs.is_empty() { Err(format!("there is no {SPEC} below {dir}")) } else { Ok(specs) }
}

fn why(error: &ignore::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), |error: &io::Error| reason(error))
}
