//! Values that a spec derives, compared with the files: the spec gets only what is not derived, and each difference is
//! reported.

use serde_json::{Map, json};

use super::{composer::ImportedPackage, outline::Outline};
use crate::{
    catalog::{Catalog, Constraint},
    check::existing_module::{requirement::exists_nowhere, setup_version::is_setup_script},
    diag::{Diagnostic, Rule},
    model::Module,
    module::{DeclaredXml, ModuleFiles},
    names::SetupVersion,
    parsers::SpannedText,
    spec::{Pointer, pointer},
};

pub(super) struct Derived<'a> {
    pub(super) declared: &'a DeclaredXml,
    pub(super) package: &'a ImportedPackage,
    pub(super) files: &'a ModuleFiles,
    pub(super) catalog: &'a Catalog,
    /// Constraint over releases.
    pub(super) target: &'a str,
}

impl Derived<'_> {
    /// Adds values to the outline that do not follow from it. `module` is the module compiled so far; none if it has
    /// errors.
    pub(super) fn apply(&self, outline: &mut Outline, module: Option<&Module>) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        if let Some(version) = self.setup_version(module, &mut findings) {
            outline.json["module"]["setup_version"] = json!(version);
        }
        let sequence = self.sequence(module, &mut findings);
        if !sequence.is_empty() {
            outline.json["module"]["sequence"] = json!(sequence);
        }
        let require = self.require(module, &mut findings);
        if !require.is_empty() {
            outline.json["module"]["require"] = json!(require);
        }
        if self.files.composer.is_some() {
            self.added(&mut findings);
        }
        findings
    }

    /// Keeps a `setup_version` that Magento compares with the stored one, or that setup scripts of the older kind need
    /// (docs/magento/files-and-schemas.md#setup-version and docs/magento/files-and-schemas.md#legacy-later).
    fn setup_version(&self, module: Option<&Module>, findings: &mut Vec<Diagnostic>) -> Option<String> {
        let written = self.declared.setup_version.as_ref()?;
        let derived = module.and_then(|module| module.setup_version.as_deref());
        let is_valid = SetupVersion::new(written.value.as_str()).is_ok();
        if derived == Some(written.value.as_str()) || !is_valid {
            return None;
        }
        let script = self.files.others.iter().find(|path| is_setup_script(path.as_str()));
        if derived.is_some() || script.is_some() || module.is_none() {
            return Some(written.value.clone());
        }
        findings.push(differs(
            format!("`setup_version` {} is dropped", written.value),
            written,
            "no release of the target needs it, and no script of the module depends on it",
        ));
        None
    }

    fn sequence(&self, module: Option<&Module>, findings: &mut Vec<Diagnostic>) -> Vec<&str> {
        let Some(module) = module else {
            return self.declared.sequence.iter().map(|name| name.value.as_str()).collect();
        };
        let written = |name: &str| self.declared.sequence.iter().any(|text| text.value == name);
        let added: Vec<String> = module
            .sequence
            .iter()
            .filter(|name| !written(name.as_str()))
            .map(|name| format!("`{name}`"))
            .collect();
        if !added.is_empty() {
            let tag = self.declared.sequence_tag.clone().unwrap_or_else(|| self.declared.tag.clone());
            findings.push(differs(
                format!("<sequence> also gets {}", listed(&added)),
                &SpannedText::new("", tag),
                "these modules own requested resources or their ancestors: acl.xml and integration.xml must be merged after theirs",
            ));
        }
        let is_derived = |name: &&str| module.sequence.iter().any(|derived| derived.as_str() == *name);
        let written = self.declared.sequence.iter().map(|name| name.value.as_str());
        let mut further: Vec<&str> = Vec::new();
        for name in written.filter(|name| !is_derived(name)) {
            if !further.contains(&name) && crate::names::ModuleName::new(name).is_ok() {
                further.push(name);
            }
        }
        further
    }

    fn require(
        &self,
        module: Option<&Module>,
        findings: &mut Vec<Diagnostic>,
    ) -> Map<String, serde_json::Value> {
        let mut further = Map::new();
        for (package, constraint) in &self.package.require {
            let derived = module.and_then(|module| module.require.get(package).map(String::as_str));
            if package == "php" {
                let php = module.map(|module| module.platform.php.as_str());
                if self.says_no_more_than_the_target(&constraint.value) {
                    findings.extend(php.filter(|php| *php != constraint.value).map(|php| {
                        let reason =
                            "the releases of the target run on this, and the old constraint allows all of it";
                        differs(
                            format!("`php` changes from {} to {php}", constraint.value),
                            constraint,
                            reason,
                        )
                    }));
                } else {
                    further.insert(package.clone(), json!(constraint.value));
                }
            } else if !exists_nowhere(self.catalog, package, &constraint.value)
                && derived != Some(constraint.value.as_str())
            {
                further.insert(package.clone(), json!(constraint.value));
            }
        }
        if self.files.composer.is_some() {
            self.added_packages(module, findings);
        }
        further
    }

    /// Returns true if a PHP constraint allows everything that the target runs on, or cannot be parsed.
    fn says_no_more_than_the_target(&self, php: &str) -> bool {
        let target = self.target.parse().ok().and_then(|target| self.catalog.resolve(&target));
        let constraint: Option<Constraint> = php.parse().ok();
        let both = target.zip(constraint);
        both.is_none_or(|(target, constraint)| self.catalog.allows_php_of(&constraint, &target))
    }

    fn added_packages(&self, module: Option<&Module>, findings: &mut Vec<Diagnostic>) {
        let written = |name: &str| self.package.require.iter().any(|(package, _)| package == name);
        let packages = module.into_iter().flat_map(|module| module.require.keys());
        let mut added: Vec<String> =
            packages.filter(|name| !written(name)).map(|name| format!("`{name}`")).collect();
        if module.is_some() && !written("php") {
            added.insert(0, "`php`".to_owned());
        }
        if !added.is_empty() {
            let at =
                self.package.span_of(&pointer!["require"]).or_else(|| self.package.span_of(&Pointer::root()));
            let at = at.unwrap_or_else(|| self.declared.tag.clone());
            findings.push(differs(
                format!("`require` also gets {}", listed(&added)),
                &SpannedText::new("", at.start..at.start + 1),
                "a module requires the packages that it runs on, and the owners of the resources that it requests",
            ));
        }
    }

    /// Reports keys that composer.json gets because every spec has them.
    fn added(&self, findings: &mut Vec<Diagnostic>) {
        let keys = ["description", "type", "version", "license"];
        let missing = keys.into_iter().filter(|key| self.package.span_of(&pointer![key]).is_none());
        let missing: Vec<String> = missing.map(|key| format!("`{key}`")).collect();
        let at = self.package.span_of(&Pointer::root()).map(|span| span.start..span.start + 1);
        if let (false, Some(at)) = (missing.is_empty(), at) {
            let reason = "every spec has them, given or by default";
            findings.push(differs(
                format!("the build will add {} to composer.json", missing.join(", ")),
                &SpannedText::new("", at),
                reason,
            ));
        }
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
