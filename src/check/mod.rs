//! The rules, one file or folder per family, in two phases: [`spec`] before and [`output`] after `emit`.

mod acl;
mod api;
mod class_names;
mod credentials;
mod csp;
mod duplicate_names;
mod events;
pub(crate) mod existing_module;
mod former_names;
mod i18n;
mod integration;
mod jobs;
mod minimum_release;
mod module;
mod references;
mod seeded;
mod settings;
mod taken_names;
mod webhooks;

use std::ops::Range;

pub use api::deprecation::overdue;
pub(crate) use class_names::is_in_generated_folder;

use crate::{
    catalog::{Catalog, Catalogs, Constraint, ConstraintError, ReleaseSet},
    diag::{Diagnostic, Help, Level, Rule, Suggestion, Suggestions},
    model::Module,
    module::unfit,
    names::Edition,
    resolve::{Resolved, Unresolved, Views},
    spec::{Comment, Loaded, Pointer, RuleLevel, Spans, Spec, pointer},
    tree::{Tree, TreePath},
};

/// Input of every rule on a spec.
struct Context<'a> {
    spec: &'a Spec,
    spans: &'a Spans,
    comments: &'a [Comment],
    catalog: &'a Catalog,
    /// True if the spec only says what the files of a module say, and nothing is generated from it.
    is_sketch: bool,
    /// Suggestions that are left to make.
    suggestions: Suggestions,
}

/// Runs the first phase in all catalogs of the spec: what is looked up, in the shops that it names, or in the releases of
/// its target; everything else in those releases; and the comparison with the shop to check against.
#[must_use]
pub fn views(loaded: &Loaded, views: &Views, catalogs: Catalogs<'_>) -> Vec<Diagnostic> {
    let mut findings = spec(loaded, views.spec.as_ref(), catalogs.of_spec());
    if loaded.findings.iter().any(|it| it.rule == Rule::CatalogUnreadable && it.level == Level::Error) {
        // It was looked up elsewhere.
        findings.retain(|finding| !finding.rule.is_looked_up() || loaded.findings.contains(finding));
        return findings;
    }
    if let Some(releases) = &views.releases {
        findings.retain(|finding| finding.rule.is_looked_up());
        let others = spec(loaded, releases.as_ref(), catalogs.releases);
        findings.extend(others.into_iter().filter(|finding| !finding.rule.is_looked_up()));
    }
    if let (Ok(resolved), Some(view), Some(shop)) = (&views.spec, &views.shop, catalogs.shop) {
        let found = spec(loaded, Ok(&view.resolved), shop);
        let names_shops = catalogs.named.is_some();
        let compared = integration::shop::compare(loaded, resolved, view, names_shops, shop);
        findings = integration::shop::with(findings, found, names_shops);
        findings.extend(compared);
    }
    findings
}

/// Runs the first phase in one catalog: the rules on the spec itself. The result includes the findings of loading, all at
/// the levels that `[rules]` asks for.
#[must_use]
pub fn spec(loaded: &Loaded, resolved: Result<&Resolved, &Unresolved>, catalog: &Catalog) -> Vec<Diagnostic> {
    let Some(spec) = &loaded.spec else { return loaded.findings.clone() };
    let catalog = &*catalog.beside(&spec.module.name);
    let suggestions = Suggestions::default();
    let context = Context {
        spec,
        spans: &loaded.spans,
        comments: &loaded.comments,
        catalog,
        is_sketch: loaded.is_sketch,
        suggestions,
    };
    let mut findings = module::target::check(&context, resolved);
    findings.extend(module::check(&context));
    findings.extend(integration::check(&context));
    findings.extend(module::composer::check(&context));
    findings.extend(duplicate_names::check(&context));
    findings.extend(former_names::check(&context));
    findings.extend(class_names::check(&context));
    findings.extend(credentials::check(&context));
    findings.extend(api::check(&context));
    findings.extend(settings::check(&context));
    findings.extend(webhooks::check(&context));
    findings.extend(jobs::check(&context));
    findings.extend(csp::check(&context));
    findings.extend(i18n::check(&context));
    if let Ok(resolved) = resolved {
        let mut found = integration::calls::check(&context, resolved);
        found.extend(integration::resources::check(&context, resolved));
        let errors = found.iter().chain(&loaded.findings).filter(|finding| finding.level == Level::Error);
        let faulty = errors.filter_map(|finding| finding.span.clone()).collect();
        findings.extend(integration::check_in(&context, resolved, &faulty));
        findings.extend(found);
        findings.extend(acl::check(&context, resolved));
        findings.extend(api::check_in(&context, resolved));
        findings.extend(minimum_release::check(&context, resolved));
        findings.extend(module::require::check(&context, resolved));
        findings.extend(events::check(&context, resolved));
        findings.extend(taken_names::check(&context, resolved));
        findings.extend(jobs::schedules(&context, resolved));
        findings.extend(jobs::check_in(&context, resolved));
        findings.extend(settings::places::check(&context, resolved));
        findings.extend(settings::menu::check(&context, resolved));
        findings.extend(api::routes::check(&context, resolved));
        findings.extend(api::deprecation::check(&context, resolved));
    }
    // If the document itself has faults, drop findings about the stand-ins that took their places.
    if !loaded.stand_ins.is_empty() || !loaded.placeholders.is_empty() {
        findings.retain(|finding| !loaded.is_about_placeholder(finding));
    }
    findings.extend(loaded.findings.iter().cloned());
    spec.rules.apply(findings)
}

/// Runs the second phase: the rules that need generated files and files on disk, at the levels that `[rules]` asks for.
///
/// `on_disk` reads a file in the output folder.
#[must_use]
pub fn output(
    loaded: &Loaded,
    module: &Module,
    tree: &Tree,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Vec<Diagnostic> {
    let Some(spec) = &loaded.spec else { return Vec::new() };
    let mut findings = module::files::check(spec, &loaded.spans, tree);
    findings.extend(i18n::check_translations(spec, &loaded.spans, module, on_disk));
    findings.extend(existing_module::setup_version::generated(&loaded.spans, module, on_disk));
    findings.extend(settings::models::on_disk(spec, &loaded.spans, module, tree, on_disk));
    findings.extend(seeded::check(spec, &loaded.spans, module, &unfit(tree, on_disk)));
    findings.extend(api::existing_interfaces::check(spec, &loaded.spans, module, tree, on_disk));
    spec.rules.apply(findings)
}

/// Place of a file in `catalog`, which is one or a list of them.
#[must_use]
pub fn catalog_span(spans: &Spans, at: usize) -> Option<Range<usize>> {
    let route = pointer!["target", "catalog"];
    spans.value(&route.key(at)).or_else(|| spans.value(&route))
}

/// Help that narrows the target to a value of one of its keys.
fn narrowed(key: &'static str, value: String) -> Help {
    Help::new(format!("narrow the target: {key} = {value}")).suggesting(Suggestion::Target(key, value))
}

impl Context<'_> {
    /// Finding about the constraint at the route, with the span of the faulty part.
    fn constraint_error(
        &self,
        rule: Rule,
        route: &Pointer,
        text: &str,
        error: &ConstraintError,
    ) -> Diagnostic {
        let span = self.spans.value(route);
        // Text without escapes has the same offsets between its quotes.
        let is_plain = |span: &Range<usize>| span.len() == text.len() + 2;
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

    /// Help text for a feature that only these releases have.
    fn narrow(&self, releases: ReleaseSet, rule: Rule) -> Help {
        let narrow = self.narrow_to(releases);
        let is_relaxed =
            self.is_sketch || self.spec.rules.setting(rule).is_some_and(|level| level != RuleLevel::Deny);
        if is_relaxed {
            narrow
        } else {
            narrow.joined(", or ", format!("set `{rule} = \"warn\"` in [rules]").into())
        }
    }

    /// Help text with the target that covers just these releases or shops.
    fn narrow_to(&self, releases: ReleaseSet) -> Help {
        if self.catalog.is_of_shops() && !self.is_sketch {
            let names: Vec<_> =
                self.catalog.runs(releases).iter().map(|name| format!("\"{name}\"")).collect();
            return narrowed("catalog", format!("[{}]", names.join(", ")));
        }
        if !self.is_sketch {
            let exact = self.catalog.constraint(releases);
            let constraint = self.raised(releases).filter(|_| exact.starts_with(">=")).unwrap_or(exact);
            return narrowed("magento", format!("\"{constraint}\""));
        }
        match self.catalog.framework_of(releases) {
            Some(framework) => Help::new(format!(
                "support only {}: \"magento/framework\": \"{framework}\" in composer.json",
                self.catalog.describe(releases)
            )),
            None => Help::new(format!("support only {}", self.catalog.describe(releases))),
        }
    }

    /// Target from the oldest of these releases on, if only older ones are to go. Its end stays as it is, for releases to
    /// come.
    fn raised(&self, releases: ReleaseSet) -> Option<String> {
        let target: Constraint = self.spec.target.magento.as_str().parse().ok()?;
        let covered = || self.catalog.releases().iter().filter(|release| target.allows(release.version));
        let start = covered().find(|release| releases.contains(release.id))?.version;
        let kept: ReleaseSet = covered().filter(|it| it.version >= start).map(|it| it.id).collect();
        target.raised(start).filter(|_| kept == releases)
    }

    /// Plural of what a spec is looked up in.
    fn them(&self) -> &'static str {
        if self.catalog.is_of_shops() { "shops" } else { "releases" }
    }

    /// Scope of a lookup, as the object of "in".
    fn everywhere(&self) -> &'static str {
        if self.catalog.is_of_shops() {
            "every shop that the target names"
        } else {
            "every release of the target"
        }
    }

    /// Place of a file in `catalog`.
    fn catalog_span(&self, at: usize) -> Option<Range<usize>> {
        catalog_span(self.spans, at)
    }

    /// Finding about an empty list at the route.
    fn empty_list(&self, route: &Pointer, key: &str) -> Diagnostic {
        Diagnostic::new(Rule::InvalidValue, format!("`{key}` is an empty list"))
            .at(self.spans.value(route))
            .reason("an empty list has no effect")
            .help("add an entry, or remove the key")
    }

    /// Returns true if the spec targets Adobe Commerce and the module may belong to that, which the catalog lacks.
    fn is_of_commerce(&self, module: &str) -> bool {
        self.spec.target.edition == Edition::Commerce
            && module.starts_with("Magento_")
            && !self.catalog.knows_module(module)
    }
}
