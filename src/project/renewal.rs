//! Specs with a new catalog of their shop.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Baseline, CatalogStore, Project, Roots, SPEC_FILE, compile_all, find_specs, plan};
use crate::{
    catalog::{Catalog, ReleaseId},
    diag::{Failure, Report},
    model::Module,
    plan::{CompiledSpec, ModulePlan},
    spec::CatalogFiles,
    tree::place,
};

/// Spec, compiled with the old and with the new catalog of a shop.
#[derive(Debug)]
pub struct Renewal {
    old: Project,
    new: Project,
}

/// Resources that an integration requests only with one of the two catalogs.
#[derive(Debug)]
pub struct RequestChange {
    /// Name of the integration.
    pub integration: String,
    /// Resources that it requests only with the new one.
    pub added: Vec<String>,
    /// Resources that it requests only with the old one.
    pub removed: Vec<String>,
}

/// Lists the specs beside some files: in their directories and, if those are below the current one, further below.
///
/// # Errors
/// Unreadable directory.
pub fn specs_beside(files: &[&Utf8PathBuf]) -> Result<Vec<Utf8PathBuf>, Failure> {
    let mut specs: Vec<Utf8PathBuf> = Vec::new();
    for file in files {
        let folder = file.parent().unwrap_or(Utf8Path::new(""));
        let is_below = folder.is_relative() && folder.components().all(|part| part.as_str() != "..");
        let beside = folder.join(SPEC_FILE);
        if is_below {
            specs.extend(find_specs(&[place(folder).to_owned()]).unwrap_or_default());
        } else if beside.is_file() {
            specs.push(beside);
        }
    }
    if specs.is_empty() { Ok(specs) } else { find_specs(&specs) }
}

/// Compiles specs with the old and with the new catalog of a shop. Specs that name only other shops are left out.
///
/// # Errors
/// Unreadable directory.
pub fn renewals(specs: &[Utf8PathBuf], old: &Utf8Path, new: &Utf8Path) -> Result<Vec<Renewal>, Failure> {
    let compile = |from: &Utf8Path, to: &Utf8Path| {
        let store = CatalogStore::replacing(from, to);
        let specs = if specs.is_empty() { Vec::new() } else { find_specs(specs)? };
        compile_all(specs, &store, Roots::Unwritten, false, &|_, _| {})
    };
    let (was, is) = (compile(new, old)?, compile(old, new)?);
    let both = was.into_iter().zip(is).map(|(old, new)| Renewal { old, new });
    Ok(both.filter(|renewal| renewal.concerns(&[old, new])).collect())
}

impl Renewal {
    /// Path of the spec.
    #[must_use]
    pub fn spec(&self) -> &Utf8Path {
        &self.old.spec
    }

    /// Returns true if the spec names one of the files, or none at all.
    fn concerns(&self, files: &[&Utf8Path]) -> bool {
        let none = CatalogFiles::default();
        let named = self.old.loaded.spec.as_ref().map_or(&none, |spec| &spec.target.catalog);
        let named = super::catalog_files(&self.old.spec, named);
        let is_same = |one: &Utf8Path, other: &Utf8Path| {
            one == other || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|it| it == one))
        };
        named.is_empty() || named.iter().any(|file| files.iter().any(|other| is_same(file, other)))
    }

    /// Plans the next `setup:upgrade` with the module as it is. `shops` has the old and the new shop. None if the spec
    /// has errors with the old one.
    ///
    /// # Errors
    /// Unreadable PHP of the module.
    pub fn plan<'a>(
        &'a self,
        shops: &'a Catalog,
        from: ReleaseId,
        to: ReleaseId,
    ) -> Result<Option<ModulePlan<'a>>, Failure> {
        let Some(spec) = self.old.compiled() else { return Ok(None) };
        let spec = CompiledSpec { catalog: shops, target: shops.all(), ..spec };
        plan(&self.old, spec, Baseline::Upgrade(from, to)).map(Some)
    }

    /// Findings that only the new catalog gives.
    #[must_use]
    pub fn new_findings(&self) -> Report {
        let known = &self.old.report.diagnostics;
        let mut report = self.new.report.clone();
        report
            .diagnostics
            .retain(|it| !known.iter().any(|known| (known.rule, &known.span) == (it.rule, &it.span)));
        report
    }

    /// Lists the integrations that request other resources when the module is built again.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestChange> {
        let (Some(old), Some(new)) = (&self.old.module, &self.new.module) else { return Vec::new() };
        let changes = old.integrations.iter().map(|it| {
            let name = it.name.as_str();
            let (was, is) = (requested(old, name), requested(new, name));
            RequestChange {
                integration: name.to_owned(),
                added: is.difference(&was).cloned().collect(),
                removed: was.difference(&is).cloned().collect(),
            }
        });
        changes.filter(|it| !it.added.is_empty() || !it.removed.is_empty()).collect()
    }
}

fn requested(module: &Module, integration: &str) -> BTreeSet<String> {
    let integrations = module.integrations.iter().filter(|it| it.name.as_str() == integration);
    integrations.flat_map(|it| &it.resources).map(|it| it.id.to_string()).collect()
}
