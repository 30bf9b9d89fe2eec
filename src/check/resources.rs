//! `resources` of an integration.

use std::{collections::HashMap, ops::Range};

use super::{Context, Scope};
use crate::{
    catalog::{Effect, Selection, renamed},
    diag::{Diagnostic, Level, Rule, did_you_mean},
    names::{Pattern, ResourceEntry},
    spec::Integration,
};

pub(super) fn check(context: &Context<'_>, scope: &Scope) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, (integration, selection)) in context.spec.integration.iter().zip(&scope.selections).enumerate() {
        let listed = Listed { context, scope, integration, selection, at };
        for (at, (entry, effect)) in integration.resources.iter().zip(&selection.effects).enumerate() {
            findings.extend(listed.entry(at, entry, effect));
        }
        findings.extend(listed.duplicates());
        findings.extend(listed.together());
    }
    findings
}

/// The resources of one integration.
pub(super) struct Listed<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) scope: &'a Scope,
    pub(super) integration: &'a Integration,
    pub(super) selection: &'a Selection,
    /// The integration's place in the spec.
    pub(super) at: usize,
}

impl Listed<'_> {
    pub(super) fn finding(&self, at: usize, rule: Rule, message: String) -> Diagnostic {
        Diagnostic::new(rule, message).at(self.entry_span(at))
    }

    /// Where an entry is written.
    pub(super) fn entry_span(&self, at: usize) -> Option<Range<usize>> {
        self.context.spans.value(&format!("/integration/{}/resources/{at}", self.at))
    }

    fn entry(&self, at: usize, entry: &ResourceEntry, effect: &Effect) -> Option<Diagnostic> {
        if entry.excludes() {
            return self.exclusion(at, entry, effect);
        }
        match entry.pattern() {
            Pattern::Exact(id) => self.exact(at, id),
            pattern if effect.fits.is_empty() => Some(self.nothing(at, entry, pattern, effect)),
            _ => self.narrowed(at, entry, effect),
        }
    }

    fn exclusion(&self, at: usize, entry: &ResourceEntry, effect: &Effect) -> Option<Diagnostic> {
        let of = |message| self.finding(at, Rule::ExclusionHasNoEffect, message);
        if let Some((id, call)) = effect.fits.iter().find_map(|id| Some((id, self.call_for(id)?))) {
            return Some(
                of(format!("`{id}` is granted all the same, for `{call}`"))
                    .reason("an exclusion works on the entries before it; what a call needs is granted in any case")
                    .help("remove it, or the call"),
            );
        }
        if effect.changed == 0 {
            return Some(
                of(format!("`{entry}` takes nothing out"))
                    .reason(
                        "an exclusion works on the entries before it, and none of them selects what it names",
                    )
                    .help("move it behind the pattern it narrows, or remove it"),
            );
        }
        let (id, child) = effect.fits.iter().find_map(|id| Some((id, self.below(id)?)))?;
        Some(
            of(format!("`{id}` is granted all the same, with `{child}`"))
                .reason("Magento adds all ancestors of a resource")
                .help(format!("take out what is below it too: \"!{id}/**\"")),
        )
    }

    /// A selected resource that has `ancestor` above it in every release, where Magento adds ancestors.
    pub(super) fn below(&self, ancestor: &str) -> Option<&String> {
        let releases = self.scope.target.releases;
        if self.context.is_legacy(releases) {
            return None;
        }
        let is_below = |id: &String| {
            id != ancestor
                && self.scope.acl.distinct().all(|it| self.scope.acl.ancestors(id, it).contains(&ancestor))
        };
        self.selection.ids.iter().find(|id| is_below(id))
    }

    fn exact(&self, at: usize, id: &str) -> Option<Diagnostic> {
        let acl = &self.scope.acl;
        let releases = self.scope.target.releases;
        let catalog = self.context.catalog;
        if acl.is_root(id) {
            return Some(
                self.finding(at, Rule::RootResource, format!("`{id}` grants nothing"))
                    .reason("Magento looks resources up below the root; a root itself is not found and dropped in silence")
                    .help("write \"Magento_Backend::admin/**\" if it really needs everything: that lists every resource"),
            );
        }
        let present = acl.present(id);
        let disabled = acl.disabled(id);
        if present == releases {
            return None;
        }
        let module = id.split("::").next().unwrap_or_default();
        let is_own = module == self.context.spec.module.name.as_str();
        if !present.is_empty() {
            let lacking = releases - present;
            let message = format!("`{id}` does not exist in {}", catalog.describe(lacking));
            let finding = self.finding(at, Rule::ResourceNotInEveryRelease, message);
            let finding = if disabled.is_empty() {
                finding.reason(
                    "Magento drops an unknown resource in silence: the call it should allow is refused",
                )
            } else {
                finding.reason(format!(
                    "Magento has it switched off in {}, which is as good as unknown: it is dropped in silence",
                    catalog.describe(disabled)
                ))
            };
            return Some(finding.help(format!(
                "narrow the target to {}, or set `resource-not-in-every-release = \"warn\"` in [rules]",
                catalog.describe(present)
            )));
        }
        if !disabled.is_empty() {
            return Some(
                self.finding(at, Rule::DisabledResource, format!("`{id}` is switched off in {}", catalog.describe(disabled)))
                    .reason("Magento cuts disabled resources out before it looks anything up: it is dropped in silence")
                    .help("remove it: it cannot be granted"),
            );
        }
        if is_own {
            return Some(
                self.finding(at, Rule::UnknownResource, format!("`{id}` is not among the module's own resources"))
                    .reason("a resource named after this module exists only if an [[acl]] table declares it")
                    .help(self.did_you_mean(id).unwrap_or_else(|| {
                        format!("declare it: [[acl]] id = \"{id}\", title = \"…\", parent = \"Magento_Backend::admin\"")
                    })),
            );
        }
        if catalog.knows_module(module) {
            Some(self.unknown(at, id))
        } else {
            Some(self.unverifiable(at, id, module))
        }
    }

    fn unknown(&self, at: usize, id: &str) -> Diagnostic {
        let releases = self.context.catalog.describe(self.scope.target.releases);
        let ever = self.context.catalog.ever(id);
        let finding = self
            .finding(at, Rule::UnknownResource, format!("`{id}` does not exist in {releases}"))
            .reason(if ever.is_empty() {
                "Magento drops an unknown resource in silence: the call it should allow is refused".to_owned()
            } else {
                format!(
                    "it was there in {}; Magento drops it in silence",
                    self.context.catalog.describe(ever)
                )
            });
        let renamed = renamed(id).filter(|new| self.scope.acl.present(new) == self.scope.target.releases);
        let finding = match renamed {
            Some(new) => finding.fix(self.entry_span(at), format!("\"{new}\"")),
            None => finding,
        };
        match self.did_you_mean(id) {
            Some(help) => finding.help(help),
            None => finding.help("remove it"),
        }
    }

    fn did_you_mean(&self, id: &str) -> Option<String> {
        did_you_mean(&self.context.catalog.suggest(id, &self.scope.acl))
    }

    fn unverifiable(&self, at: usize, id: &str, module: &str) -> Diagnostic {
        let mut finding = self
            .finding(at, Rule::UnverifiableResource, format!("the catalog does not know the module of `{id}`"))
            .reason(format!(
                "it has what Magento Open Source ships; if the shop has {module} without this resource, it is dropped in silence"
            ))
            .help(format!("compare it with etc/acl.xml of {module}, spelling included"));
        if self.context.is_of_commerce(module) {
            finding.level = Level::Note;
        }
        finding
    }

    fn nothing(&self, at: usize, entry: &ResourceEntry, pattern: Pattern<'_>, effect: &Effect) -> Diagnostic {
        let catalog = self.context.catalog;
        let finding = self.finding(at, Rule::PatternMatchesNothing, format!("`{entry}` fits no resource"));
        if let Some((id, releases)) = effect.fits_sometimes.first() {
            return finding
                .reason(format!(
                    "it fits none that every release of the target has; `{id}`, for example, is in {} only",
                    catalog.describe(*releases)
                ))
                .help("narrow the target, or name the resources");
        }
        if !catalog.knows_module(pattern.module())
            && pattern.module() != self.context.spec.module.name.as_str()
        {
            return finding
                .reason(format!("the catalog does not know the module {}", pattern.module()))
                .help("name the resources: what a pattern fits is worked out from the catalog");
        }
        match pattern {
            Pattern::Subtree(id) if self.scope.acl.is_root(id) => {
                finding.help("write \"Magento_Backend::admin/**\": everything hangs below that root")
            }
            Pattern::Subtree(id) | Pattern::Glob(id) | Pattern::Exact(id) => {
                let help = self.did_you_mean(&id.replace(['*', '?'], ""));
                finding.help(help.unwrap_or_else(|| "remove it".to_owned()))
            }
        }
    }

    fn narrowed(&self, at: usize, entry: &ResourceEntry, effect: &Effect) -> Option<Diagnostic> {
        let (id, releases) = effect.fits_sometimes.first()?;
        let count = effect.fits_sometimes.len();
        let which = if count == 1 { "one resource".to_owned() } else { format!("{count} resources") };
        Some(
            self.finding(
                at,
                Rule::PatternNarrowed,
                format!("`{entry}` leaves {which} out that only some releases have"),
            )
            .reason(format!(
                "a pattern stands for what every release of the target has; `{id}` is in {} only",
                self.context.catalog.describe(*releases)
            ))
            .help(format!("narrow the target if it needs {}", if count == 1 { "it" } else { "them" })),
        )
    }

    fn duplicates(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (at, (entry, effect)) in
            self.integration.resources.iter().zip(&self.selection.effects).enumerate()
        {
            if entry.excludes() || effect.changed > 0 || effect.fits.is_empty() {
                seen.insert(entry.as_str(), at);
                continue;
            }
            let by = seen.get(entry.as_str()).copied().or_else(|| self.selected_by(at, effect));
            let Some(by) = by else { continue };
            let other = &self.integration.resources[by];
            let message = if other == entry {
                format!("`{entry}` is listed twice")
            } else {
                format!("`{entry}` is already selected by `{other}`")
            };
            findings.push(
                self.finding(at, Rule::DuplicateResource, message)
                    .related(self.entry_span(by), "selected here")
                    .help("remove one of the two"),
            );
        }
        findings
    }

    /// The entry before `at` that selects everything that the one at `at` fits.
    fn selected_by(&self, at: usize, effect: &Effect) -> Option<usize> {
        let entries = self.integration.resources.iter().zip(&self.selection.effects).take(at);
        let fits = |other: &Effect| effect.fits.iter().all(|id| other.fits.contains(id));
        entries.enumerate().find(|(_, (entry, other))| !entry.excludes() && fits(other)).map(|(at, _)| at)
    }
}
