//! `setup_version` of module.xml (docs/magento/files-and-schemas.md#setup-version).

use std::ops::Range;

use super::ExistingModule;
use crate::{
    catalog::{Catalog, Constraint, ReleaseSet},
    diag::{Diagnostic, Level, Rule},
    emit,
    model::Module,
    module::ModuleFiles,
    names::{MagentoVersion, SetupVersion},
    spec::{Spans, pointer},
    tree::TreePath,
};

/// Scripts that Magento runs only for a module with a `setup_version`.
const SCRIPTS: [&str; 4] = ["InstallData.php", "InstallSchema.php", "UpgradeData.php", "UpgradeSchema.php"];

/// Returns true if Magento runs the file only for a module with a `setup_version`.
pub(crate) fn is_setup_script(path: &str) -> bool {
    SCRIPTS.iter().any(|script| path.ends_with(&format!("Setup/{script}")))
}

/// Reports a `setup_version` that an existing module lacks, or that Magento refuses.
pub(super) fn check(module: &ExistingModule<'_>) -> Option<Diagnostic> {
    let ExistingModule { files, declared, context, resolved, .. } = module;
    let catalog = context.catalog;
    declared.name.as_ref()?;
    let finding = |message: String| Diagnostic::new(Rule::SetupVersion, message);
    if let Some(written) = &declared.setup_version {
        let digits: String = written.value.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        return SetupVersion::new(written.value.as_str()).is_err().then(|| {
            finding(format!("`{}` is not a valid `setup_version`", written.value))
                .at(written.span.clone())
                .reason("Magento's schema allows digits and dots only, and at most 50 characters fit into the database")
                .help(format!("write \"{}\"", if digits.is_empty() { "1.0.0" } else { &digits }))
        });
    }
    let target = resolved.target.releases;
    let needing =
        catalog.those(target | claimed(files, catalog), |version| version < MagentoVersion::new(2, 3, 0));
    if !needing.is_empty() {
        return Some(
            finding(format!("module.xml has no `setup_version`, which {} needs", catalog.describe(needing)))
                .at(declared.tag.clone())
                .reason("up to 2.2 Magento stops at a module without one, in every mode")
                .help("add setup_version=\"1.0.0\", or require a newer magento/framework in composer.json"),
        );
    }
    let script = files.others.iter().find(|path| is_setup_script(path.as_str()))?;
    Some(
        never_run(script.as_str(), Some(declared.tag.clone()))
            .help("add setup_version=\"1.0.0\", or delete the script"),
    )
}

/// Reports setup scripts of the user's beside a module.xml that gets no `setup_version`.
pub(in crate::check) fn generated(
    spans: &Spans,
    module: &Module,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Option<Diagnostic> {
    if module.setup_version.is_some() {
        return None;
    }
    let at = spans.value(&pointer!["module", "version"]).or_else(|| spans.key(&pointer!["module"]));
    if module.platform.oldest < MagentoVersion::new(2, 3, 0) {
        let message =
            format!("{} needs a `setup_version`, and [module] has no `version`", module.platform.oldest);
        return Some(
            Diagnostic::new(Rule::SetupVersion, message)
                .at(at)
                .reason("up to 2.2 Magento stops at a module without one, in every mode")
                .help("add `version` or `setup_version` under [module], such as \"1.0.0\""),
        );
    }
    let path = |script: &&str| emit::in_source(module, &format!("Setup/{script}"));
    let script = SCRIPTS.iter().filter_map(path).find(|path| on_disk(path).is_some())?;
    Some(never_run(script.as_str(), at).help("set `setup_version` under [module], or delete the script"))
}

/// Finding about a script that never runs (docs/magento/files-and-schemas.md#legacy-later).
fn never_run(script: &str, at: Option<Range<usize>>) -> Diagnostic {
    let message = format!("{script} never runs: module.xml has no `setup_version`");
    let mut finding = Diagnostic::new(Rule::SetupVersion, message)
        .at(at)
        .reason("from 2.3.0 on Magento runs setup scripts only of modules with a `setup_version`");
    finding.level = Level::Warning;
    finding
}

/// Releases that composer.json names by the framework; none if it allows all of them.
fn claimed(files: &ModuleFiles, catalog: &Catalog) -> ReleaseSet {
    let require = files.composer.as_ref().and_then(|composer| composer.value.pointer("/require"));
    let written = require.and_then(|require| require.get("magento/framework")?.as_str());
    let constraint = written.and_then(|written| written.parse::<Constraint>().ok());
    let shipping = constraint.and_then(|constraint| catalog.shipping("magento/framework", &constraint));
    shipping.filter(|shipping| *shipping != catalog.all()).unwrap_or_default()
}
