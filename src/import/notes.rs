//! Comments for the values of a spec, and placeholders.

use serde_json::json;

use super::{
    outline::{EVERYTHING, Outline},
    read::Importer,
};
use crate::{
    catalog::behaviour,
    diag::{Diagnostic, Rule},
    module::{Deed, head},
    names::AclId,
    spec::pointer,
};

impl Importer<'_> {
    /// Adds comments about guesses, and those at the top of the files.
    pub(super) fn note(&self, outline: &mut Outline) {
        if let Some(why) = &self.target.why {
            outline.notes.before.insert(pointer!["target", "magento"], vec![why.clone()]);
        }
        for (key, from) in &self.package.guessed {
            outline.notes.behind.insert(pointer!["module", key], from.clone());
        }
        if let Some(written) = self.declared.name.as_ref().filter(|name| name.value != self.name.as_str()) {
            let note = format!("module.xml has {:?}, which Magento rejects", written.value);
            outline.notes.behind.insert(pointer!["module", "name"], note);
        }
        let mut heads: Vec<String> = Vec::new();
        let files = self.files.xml.iter().filter(|(path, _)| **path != "etc/acl.xml");
        for comment in files.flat_map(|(_, document)| head(document)).map(plain_comment) {
            let words = |text: &str| text.split_whitespace().collect::<String>();
            let is_new = !heads.iter().any(|other| words(other) == words(&comment));
            if is_new && !comment.contains("magespec") {
                heads.push(comment);
            }
        }
        outline.notes.head.extend(without_repeated_licenses(heads));
        if self.is_modern()
            && self.declared.integrations.iter().any(|integration| integration.form.is_legacy())
        {
            outline.notes.head.push(
                "etc/integration/config.xml and api.xml become etc/integration.xml; `format = \"legacy\"` under [module] keeps them."
                    .to_owned(),
            );
        }
        let uses = self.uses_pair();
        if !uses.is_empty() {
            let uses: String = uses.iter().map(|place| format!("\n  {place}")).collect();
            outline.notes.head.push(format!(
                "PHP of the module uses the pair at run time, which may need `format = \"legacy\"`:{uses}"
            ));
        }
    }

    /// Places where PHP uses the legacy pair at run time; empty if the module does not leave it.
    pub(super) fn uses_pair(&self) -> Vec<String> {
        let leaves = self.is_modern() && self.declared.integrations.iter().any(|it| it.form.is_legacy());
        let doubts = self.files.doubts().filter(|_| leaves);
        let doubts = doubts
            .filter(|doubt| matches!(doubt.deed, Deed::ReadsPair | Deed::ProcessesPair | Deed::SetsType));
        doubts.map(|doubt| doubt.place.clone()).collect()
    }

    /// Returns true if the target has releases that read etc/integration.xml.
    fn is_modern(&self) -> bool {
        let target = self.target.constraint.parse().ok().and_then(|target| self.catalog.resolve(&target));
        target.is_some_and(|target| {
            !self.catalog.those(target.releases, |version| !behaviour::is_legacy(version)).is_empty()
        })
    }

    /// Adds comments about values that a spec expresses in another way, and reports them.
    pub(super) fn mend(&self, outline: &mut Outline) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (at, integration) in self.declared.integrations.iter().enumerate() {
            if integration.grants_everything() {
                let note = format!("{} in api.xml grants every resource", AclId::ALL);
                outline.notes.behind.insert(pointer!["integration", at, "resources", 0], note);
                let message = format!("`{}` becomes `{EVERYTHING}`", AclId::ALL);
                let listed = integration.resources.first().map(|resource| resource.id.span.clone());
                findings.push(
                    Diagnostic::new(Rule::DerivedDiffers, message)
                        .at(listed)
                        .reason("alone in api.xml it grants every resource; in etc/integration.xml it grants nothing")
                        .help("list what the integration needs: `magespec access` shows what it is granted now"),
                );
            }
        }
        findings
    }

    /// Adds addresses to integrations without one: that of composer.json, or else a placeholder. Returns the integrations
    /// with a placeholder.
    pub(super) fn add_emails(&self, outline: &mut Outline) -> Vec<String> {
        let mut without = Vec::new();
        for (at, integration) in self.declared.integrations.iter().enumerate() {
            if integration.email.as_ref().is_some_and(|email| !email.trimmed().is_empty()) {
                continue;
            }
            let note = match self.package.contact() {
                Some((address, key)) => {
                    outline.json["integration"][at]["email"] = json!(address);
                    format!("from `{key}` in composer.json, as the integration has no address")
                }
                None => {
                    without.push(integration.name.value.clone());
                    "a placeholder: the integration has no address".to_owned()
                }
            };
            outline.notes.behind.insert(pointer!["integration", at, "email"], note);
        }
        without
    }
}

/// Strips the frame of stars that people draw around a comment.
fn plain_comment(comment: &str) -> String {
    let lines = comment.lines().map(|line| line.trim().trim_start_matches(['*', '/', '~']).trim());
    lines.collect::<Vec<_>>().join("\n").trim_matches(['\n', '*', '/', ' ']).to_owned()
}

/// Removes all licence headers but the longest: files of one module word theirs in different ways.
fn without_repeated_licenses(heads: Vec<String>) -> Vec<String> {
    let is_license = |head: &String| {
        let text = head.to_lowercase();
        ["copyright", "license", "licence", "\u{a9}", "all rights reserved"]
            .iter()
            .any(|word| text.contains(word))
    };
    let longest = heads.iter().filter(|head| is_license(head)).map(String::len).max();
    let mut kept = false;
    let mut keeps = |head: &String| {
        !is_license(head) || (Some(head.len()) == longest && !std::mem::replace(&mut kept, true))
    };
    heads.into_iter().filter(|head| keeps(head)).collect()
}
