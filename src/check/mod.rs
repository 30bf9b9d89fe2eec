//! A spec against the releases of its target: one file per family of rules.

mod acl;
mod api;
mod csp;
mod declared;
mod events;
pub(crate) mod existing;
mod floors;
mod i18n;
mod integration;
mod jobs;
mod known;
mod module;
mod seeded;
mod settings;
mod webhooks;

pub use self::i18n::check_translations;
pub use self::module::files::check_files;
pub use self::seeded::check_seeded;

use crate::{
    catalog::{
        AclTable, Catalog, ConstraintError, OwnNode, OwnRoute, ReleaseSet, RouteTable, Selection, Target,
        behaviour,
    },
    diag::{Diagnostic, Level, Rule},
    spec::{Edition, Format, Integration, Loaded, RuleLevel, Spans, Spec},
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
    /// The module's own routes.
    pub own_routes: RouteTable,
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
    let catalog = &*catalog.beside(&spec.module.name);
    let context = Context { spec, spans: &loaded.spans, catalog };
    let (target, mut findings) = module::target::check(&context);
    findings.extend(module::check(&context));
    findings.extend(integration::check(&context));
    findings.extend(module::composer::check(&context));
    findings.extend(declared::check(&context));
    findings.extend(api::check(&context));
    findings.extend(settings::check(&context));
    findings.extend(webhooks::check(&context));
    findings.extend(jobs::check(&context));
    findings.extend(csp::check(&context));
    findings.extend(i18n::check(&context));
    let scope = target.map(|target| context.scope(target));
    if let Some(scope) = &scope {
        let mut found = integration::calls::check(&context, scope);
        found.extend(integration::resources::check(&context, scope));
        let errors = found.iter().chain(&loaded.findings).filter(|finding| finding.level == Level::Error);
        let faulty = errors.filter_map(|finding| finding.span.clone()).collect();
        findings.extend(integration::check_in(&context, scope, &faulty));
        findings.extend(found);
        findings.extend(acl::check(&context, scope));
        findings.extend(api::check_in(&context, scope));
        findings.extend(floors::check(&context, scope));
        findings.extend(events::check(&context, scope));
        findings.extend(jobs::check_in(&context, scope));
        findings.extend(settings::places::check(&context, scope));
        findings.extend(api::routes::check(&context, scope));
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
    /// integration is updated in place (docs/magento/files-and-schemas.md#legacy-in-place and
    /// docs/magento/resolving-permissions.md#legacy-names).
    fn is_legacy(&self, releases: ReleaseSet) -> bool {
        self.spec.module.format == Format::Legacy
            || !self.catalog.those(releases, behaviour::is_legacy).is_empty()
    }

    /// What is wrong with the constraint at the route, at the part of it that is.
    fn constraint_error(&self, rule: Rule, route: &str, text: &str, error: &ConstraintError) -> Diagnostic {
        let span = self.spans.value(route);
        // A text without escapes stands between its quotes as it is.
        let is_plain = |span: &std::ops::Range<usize>| span.len() == text.len() + 2;
        let part = span
            .clone()
            .filter(is_plain)
            .map(|span| span.start + 1 + error.span.start..span.start + 1 + error.span.end);
        let finding =
            Diagnostic::new(rule, error.message.clone()).at(part.clone().or(span)).help(error.help.clone());
        match &error.instead {
            Some(instead) => finding.fix(part, instead.clone()),
            None => finding,
        }
    }

    /// The ways out where only these releases have what is asked for.
    fn narrow(&self, releases: ReleaseSet, rule: Rule) -> String {
        let narrow = self.narrow_to(releases);
        let is_relaxed = self.spec.rules.setting(rule).is_some_and(|level| level != RuleLevel::Deny);
        if is_relaxed { narrow } else { format!("{narrow}, or set `{rule} = \"warn\"` in [rules]") }
    }

    /// The target to write for these releases alone.
    fn narrow_to(&self, releases: ReleaseSet) -> String {
        format!("narrow the target: magento = \"{}\"", self.catalog.constraint(releases))
    }

    /// That the list at the route has no entries.
    fn empty_list(&self, route: &str, key: &str) -> Diagnostic {
        Diagnostic::new(Rule::InvalidValue, format!("`{key}` is an empty list"))
            .at(self.spans.value(route))
            .reason("an empty list says nothing")
            .help("give it at least one entry, or leave it out")
    }

    /// Whether the module may be one of Adobe Commerce, which the catalog does not know, and the spec is for that.
    fn is_of_commerce(&self, module: &str) -> bool {
        self.spec.target.edition == Edition::Commerce
            && module.starts_with("Magento_")
            && !self.catalog.knows_module(module)
    }

    fn scope(&self, target: Target) -> Scope {
        let acl = self.acl(target.releases);
        let own_routes = self.own_routes();
        let selection = |it: &Integration| {
            let calls = it.calls.iter();
            let calls = calls.map(|entry| self.catalog.call_with(&own_routes, entry.call(), target.releases));
            Selection::of(&it.resources, &acl, target.releases).with_calls(calls.collect())
        };
        let selections = self.spec.integration.iter().map(selection).collect();
        Scope { target, acl, own_routes, selections }
    }

    /// The module's own routes, which are there in every release.
    fn own_routes(&self) -> RouteTable {
        let methods = self.spec.service.iter().flat_map(|service| &service.method);
        let routes = methods.map(|method| OwnRoute {
            method: method.route.method().to_owned(),
            path: method.route.path().to_owned(),
            refs: method.acl.as_slice().iter().map(ToString::to_string).collect(),
        });
        RouteTable::own(routes, self.catalog.all())
    }

    /// The ACL of the releases, the module's own resources included.
    fn acl(&self, releases: ReleaseSet) -> AclTable {
        let own = self.spec.acl_entries().into_iter().map(|entry| OwnNode {
            id: entry.id.to_string(),
            title: entry.title.to_string(),
            parent: Some(entry.parent.to_string()),
            sort_order: entry.sort_order,
        });
        self.catalog.acl(releases, &self.spec.module.name, own)
    }
}
