//! Values that a spec derives, compared with the files: the spec gets only what is not derived, and each difference is
//! reported.

use std::ops::Range;

use serde_json::{Map, json};

use super::{composer::ImportedPackage, outline::Outline};
use crate::{
    diag::{Diagnostic, Rule},
    model::Module,
    module::{DeclaredXml, ModuleFiles},
    names::{ModuleName, SetupVersion},
    parsers::SpannedText,
    spec::{Pointer, pointer},
};

pub(super) struct Derived<'a> {
    pub(super) declared: &'a DeclaredXml,
    pub(super) package: &'a ImportedPackage,
    pub(super) files: &'a ModuleFiles,
}

impl Derived<'_> {
    /// Adds values to the outline that do not follow from it. `module` is the module compiled so far; none if it has
    /// errors.
    pub(super) fn apply(&self, outline: &mut Outline, module: Option<&Module>) {
        if let Some(version) = self.setup_version(module) {
            outline.json["module"]["setup_version"] = json!(version);
        }
        let sequence = self.sequence(module);
        if !sequence.is_empty() {
            outline.json["module"]["sequence"] = json!(sequence);
        }
        let require = self.require(module);
        if !require.is_empty() {
            outline.json["module"]["require"] = json!(require);
        }
    }

    /// Reports what rewritten files get besides. `is_rewritten` returns true for such a file.
    pub(super) fn added(&self, module: &Module, is_rewritten: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        if is_rewritten("etc/module.xml") {
            findings.extend(self.added_sequence(module));
        }
        if self.files.composer.is_some() && is_rewritten("composer.json") {
            findings.extend(self.added_keys(module));
        }
        findings
    }

    /// Keeps a `setup_version` that is not derived (docs/magento/files-and-schemas.md#setup-version).
    fn setup_version(&self, module: Option<&Module>) -> Option<String> {
        let written = self.declared.setup_version.as_ref()?.value.as_str();
        let derived = module.and_then(|module| module.setup_version.as_deref());
        (derived != Some(written) && SetupVersion::new(written).is_ok()).then(|| written.to_owned())
    }

    fn sequence(&self, module: Option<&Module>) -> Vec<&str> {
        let is_derived = |name: &str| {
            module.is_some_and(|module| module.sequence.iter().any(|derived| derived.as_str() == name))
        };
        let written = self.declared.sequence.iter().map(|name| name.value.as_str());
        let mut further: Vec<&str> = Vec::new();
        for name in written.filter(|name| !is_derived(name)) {
            if !further.contains(&name) && ModuleName::new(name).is_ok() {
                further.push(name);
            }
        }
        further
    }

    fn added_sequence(&self, module: &Module) -> Option<Diagnostic> {
        let written = |name: &str| self.declared.sequence.iter().any(|text| text.value == name);
        let added = module.sequence.iter().filter(|name| !written(name.as_str()));
        let added: Vec<String> = added.map(|name| format!("`{name}`")).collect();
        let tag = self.declared.sequence_tag.clone().unwrap_or_else(|| self.declared.tag.clone());
        (!added.is_empty()).then(|| {
            differs(
                format!("<sequence> also gets {}", listed(&added)),
                &SpannedText::new("", tag),
                "these modules own requested resources or their ancestors: acl.xml and integration.xml must be merged after theirs",
            )
        })
    }

    /// Keeps each constraint that is not derived, whatever it allows.
    fn require(&self, module: Option<&Module>) -> Map<String, serde_json::Value> {
        let derived = |package: &str| {
            let module = module?;
            let of_package = module.require.get(package).map(String::as_str);
            if package == "php" { Some(module.platform.php.as_str()) } else { of_package }
        };
        let written = self.package.require.iter();
        let written =
            written.filter(|(package, constraint)| derived(package) != Some(constraint.value.as_str()));
        written.map(|(package, constraint)| (package.clone(), json!(constraint.value))).collect()
    }

    fn added_keys(&self, module: &Module) -> Vec<Diagnostic> {
        let written = |name: &str| self.package.require.iter().any(|(package, _)| package == name);
        let packages = std::iter::once("php").chain(module.require.keys().map(String::as_str));
        let packages: Vec<String> =
            packages.filter(|name| !written(name)).map(|name| format!("`{name}`")).collect();
        let keys = ["description", "type"].into_iter();
        let keys = keys.filter(|key| self.package.span_of(&pointer![key]).is_none());
        let keys: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
        let root = self.package.span_of(&Pointer::root()).unwrap_or_else(|| self.declared.tag.clone());
        let require = self.package.span_of(&pointer!["require"]).unwrap_or_else(|| root.clone());
        let at = |span: Range<usize>| SpannedText::new("", span.start..span.start + 1);
        let packages = (!packages.is_empty()).then(|| {
            differs(
                format!("`require` also gets {}", listed(&packages)),
                &at(require),
                "files of the module need these packages",
            )
        });
        let keys = (!keys.is_empty()).then(|| {
            differs(
                format!("the build will add {} to composer.json", keys.join(", ")),
                &at(root),
                "every spec has them, given or by default",
            )
        });
        packages.into_iter().chain(keys).collect()
    }
}

/// Lists the first names, and the number of the others.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 8;
    match names.get(SHOWN..) {
        Some(more @ [_, ..]) => format!("{} and {} more", names[..SHOWN].join(", "), more.len()),
        _ => names.join(", "),
    }
}

fn differs(message: String, at: &SpannedText, reason: &str) -> Diagnostic {
    Diagnostic::new(Rule::DerivedDiffers, message).at(at.span.clone()).reason(reason)
}
