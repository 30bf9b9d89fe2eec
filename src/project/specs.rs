//! Places of specs and of what is built from them.

use std::{collections::HashSet, path::Path};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use ignore::{DirEntry, Walk, WalkBuilder};

use crate::{
    diag::Failure,
    module::{self, ModuleDir},
    spec::Spec,
    tree::{Disk, real_path},
};

/// File name of specs, in searched directories and beside catalogs.
pub const SPEC_FILE: &str = "integration.toml";

/// Lists the spec files that paths name, those of a directory sorted by path, each once.
///
/// # Errors
/// Unreadable directory, directory without a spec, or standard input named twice.
pub fn find_specs(paths: &[Utf8PathBuf]) -> Result<Vec<Utf8PathBuf>, Failure> {
    find(paths, &mut |_| false)
}

/// Lists directories that hold no spec but a module, and apart from them the spec files of the others, as [`find_specs`]
/// does.
pub fn find_modules_and_specs(
    paths: &[Utf8PathBuf],
) -> (Vec<Utf8PathBuf>, Result<Vec<Utf8PathBuf>, Failure>) {
    let mut modules = Vec::new();
    let mut is_module = |dir: &Utf8Path| {
        let is_module = has_module(dir, |_| true);
        modules.extend(is_module.then(|| dir.to_owned()));
        is_module
    };
    let specs = find(paths, &mut is_module);
    (modules, specs)
}

/// Lists the spec files that paths name. A directory without a spec may be taken as something else.
fn find(
    paths: &[Utf8PathBuf],
    is_otherwise: &mut dyn FnMut(&Utf8Path) -> bool,
) -> Result<Vec<Utf8PathBuf>, Failure> {
    if paths.iter().filter(|path| *path == "-").count() > 1 {
        return Err("cannot read standard input twice; name - only once".into());
    }
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        match below(path) {
            Err(_) if is_otherwise(path) => {}
            found => files.extend(found?),
        }
    }
    if files.len() > 1 {
        let mut seen = HashSet::new();
        files.retain(|path| seen.insert(real_path(path)));
    }
    Ok(files)
}

/// Returns true if a module below the directory declares integrations.
pub(super) fn declares_integrations(dir: &Utf8Path) -> bool {
    has_module(dir, |place| place.declares)
}

fn has_module(dir: &Utf8Path, is_it: impl Fn(&ModuleDir) -> bool) -> bool {
    let places = Disk::open(dir).and_then(|disk| module::find(&disk));
    places.is_ok_and(|places| places.iter().any(is_it))
}

/// Resolves a path to a spec; for a directory, the only one below it.
///
/// # Errors
/// No spec below a directory, or several.
pub fn one_spec(path: &Utf8Path) -> Result<Utf8PathBuf, Failure> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let mut specs = below(path)?;
    match (specs.pop(), specs.pop()) {
        (Some(only), None) => Ok(only),
        (Some(last), Some(other)) => {
            Err(format!("found {} specs below {path}; name one, such as {other} or {last}", specs.len() + 2)
                .into())
        }
        (None, _) => Err(format!("no {SPEC_FILE} found in `{path}`").into()),
    }
}

/// Lists every spec below a directory. Unreadable folders are listed as specs, so that reading them reports the reason.
fn below(dir: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Failure> {
    let mut specs = Vec::new();
    for entry in walk(dir) {
        let path = match &entry {
            Ok(entry) if is_spec(entry) => entry.path().to_owned(),
            Ok(_) => continue,
            Err(error) => unreadable(error).unwrap_or(dir.as_std_path()).join(SPEC_FILE),
        };
        let path = Utf8PathBuf::from(path.to_string_lossy().into_owned());
        specs.push(path.strip_prefix("./").map(Utf8Path::to_owned).unwrap_or(path));
    }
    if specs.is_empty() { Err(format!("no {SPEC_FILE} found in `{dir}`").into()) } else { Ok(specs) }
}

/// Lists specs below a directory as far as a number of files and directories allows.
pub(super) fn some_below(dir: &Utf8Path, most: usize) -> impl Iterator<Item = Utf8PathBuf> {
    let specs = walk(dir).take(most).flatten().filter(is_spec);
    let paths = specs.filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok());
    paths.map(|path| path.strip_prefix("./").map(Utf8Path::to_owned).unwrap_or(path))
}

fn is_spec(entry: &DirEntry) -> bool {
    entry.file_name() == SPEC_FILE && entry.file_type().is_some_and(|it| !it.is_dir())
}

/// Walk through all files below a directory that may be specs.
fn walk(dir: &Utf8Path) -> Walk {
    // Respects .gitignore outside of repositories, too, but nothing that only this user ignores, and searches hidden folders
    // except .git.
    WalkBuilder::new(dir)
        .hidden(false)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .sort_by_file_path(Ord::cmp)
        .build()
}

/// Path of an error.
fn unreadable(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => unreadable(err),
        _ => None,
    }
}

/// Output roots of modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Roots<'a> {
    /// No output: the specs are only checked.
    Unwritten,
    /// `directory` of each spec, relative to it.
    OfSpecs,
    /// This directory.
    At(&'a Utf8Path),
}

impl Roots<'_> {
    /// Output root of a spec.
    pub(super) fn of(self, file: &Utf8Path, spec: Option<&Spec>) -> Utf8PathBuf {
        if let Self::At(root) = self {
            return root.to_owned();
        }
        let beside = file.parent().unwrap_or(Utf8Path::new(""));
        match spec.and_then(|spec| spec.module.directory.as_ref()) {
            Some(directory) => normal(&beside.join(directory.as_str())),
            None => beside.to_owned(),
        }
    }
}

/// Path without `.` and without `..` after a directory.
fn normal(path: &Utf8Path) -> Utf8PathBuf {
    path.components().fold(Utf8PathBuf::new(), |mut normal, component| {
        let can_leave = matches!(normal.components().next_back(), Some(Utf8Component::Normal(_)));
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir if can_leave => {
                normal.pop();
            }
            other => normal.push(other),
        }
        normal
    })
}
