//! A spec against the releases of its target: one file per family of rules.

mod acl;
mod calls;
mod composer;
mod files;
mod integration;
mod permissions;
mod resources;
mod target;
mod url;

pub use files::check_files;

use crate::{
    catalog::{AclTable, Catalog, OwnNode, ReleaseSet, Selection, Target, behaviour},
    diag::Diagnostic,
    spec::{Edition, Format, Integration, Loaded, Spans, Spec},
};

/// What was found, and what the spec comes to where its target is known.
#[derive(Debug)]
pub struct Checked {
    /// All findings, at the levels that `[rules]` asks for.
    pub findings: Vec<Diagnostic>,
    /// None if the spec could not be read far enough.
    pub scope: Option<Scope>,
}

/// What a spec names, looked up in the catalog.
#[derive(Debug)]
pub struct Scope {
    /// The releases of the target.
    pub target: Target,
    /// Their ACL, the module's own resources included.
    pub acl: AclTable,
    /// The resources and calls of each integration, in the order of the spec.
    pub selections: Vec<Selection>,
}

/// What the rules look at.
struct Context<'a> {
    spec: &'a Spec,
    spans: &'a Spans,
    catalog: &'a Catalog,
}

/// Checks what was loaded; its own findings are in the result.
#[must_use]
pub fn check(loaded: &Loaded, catalog: &Catalog) -> Checked {
    let Some(spec) = &loaded.spec else {
        return Checked { findings: loaded.findings.clone(), scope: None };
    };
    let context = Context { spec, spans: &loaded.spans, catalog };
    let (target, mut findings) = target::check(&context);
    findings.extend(integration::check(&context));
    findings.extend(composer::check(&context));
    let scope = target.map(|target| context.scope(target));
    if let Some(scope) = &scope {
        findings.extend(integration::check_in(&context, scope));
        findings.extend(calls::check(&context, scope));
        findings.extend(resources::check(&context, scope));
        findings.extend(acl::check(&context, scope));
    }
    // Beside what is wrong with the document, only findings about what was really written are told.
    if !loaded.findings.is_empty() {
        findings.retain(|finding| {
            let about_a_stand_in = |span: &std::ops::Range<usize>| loaded.stand_ins.contains(span);
            finding.span.as_ref().is_some_and(|span| !about_a_stand_in(span))
        });
    }
    findings.extend(loaded.findings.iter().cloned());
    Checked { findings: spec.rules.apply(findings), scope }
}

impl Context<'_> {
    /// Whether integrations are declared by the legacy pair: names are taken as given, no ancestors are added, and an
    /// integration is updated in place (FACTS §1, §5).
    fn is_legacy(&self, releases: ReleaseSet) -> bool {
        self.spec.module.format == Format::Legacy
            || !self.catalog.those(releases, behaviour::is_legacy).is_empty()
    }

    /// Whether the module may be one of Adobe Commerce, which the catalog does not know, and the spec is for that.
    fn is_of_commerce(&self, module: &str) -> bool {
        self.spec.target.edition == Edition::Commerce
            && module.starts_with("Magento_")
            && !self.catalog.knows_module(module)
    }

    fn scope(&self, target: Target) -> Scope {
        let acl = self.acl(target.releases);
        let selection = |it: &Integration| {
            let calls = it.calls.iter().map(|entry| self.catalog.call(entry.call(), target.releases));
            Selection::of(&it.resources, &acl, target.releases).with_calls(calls.collect())
        };
        let selections = self.spec.integration.iter().map(selection).collect();
        Scope { target, acl, selections }
    }

    /// The ACL of the releases, the module's own resources included.
    fn acl(&self, releases: ReleaseSet) -> AclTable {
        let own = self.spec.acl_entries().into_iter().map(|entry| OwnNode {
            id: entry.id.to_string(),
            title: entry.title.to_string(),
            parent: entry.parent.to_string(),
        });
        self.catalog.acl(releases, &self.spec.module.name, own)
    }
}
