//! A spec against the releases of its target: one file per family of rules.

mod acl;
mod integration;
mod resources;
mod target;
mod url;

use crate::{
    catalog::{AclTable, Catalog, OwnNode, Selection, Target},
    diag::Diagnostic,
    spec::{Loaded, Spans, Spec},
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
    /// The resources of each integration, in the order of the spec.
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
    let scope = target.map(|target| context.scope(target));
    if let Some(scope) = &scope {
        findings.extend(integration::check_in(&context, scope));
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
    fn scope(&self, target: Target) -> Scope {
        let own = self.spec.acl_entries().into_iter().map(|entry| OwnNode {
            id: entry.id.to_string(),
            title: entry.title.to_string(),
            parent: entry.parent.to_string(),
        });
        let acl = self.catalog.acl(target.releases, &self.spec.module.name, own);
        let integrations = self.spec.integration.iter();
        let selections = integrations.map(|it| Selection::of(&it.resources, &acl, target.releases)).collect();
        Scope { target, acl, selections }
    }
}
