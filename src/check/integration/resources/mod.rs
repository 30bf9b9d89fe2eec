//! `resources` of an integration.

mod duplicates;
mod permissions;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::{
    catalog::renamed,
    check::Context,
    diag::{Diagnostic, Level, Rule, did_you_mean},
    names::{Pattern, ResourceEntry},
    resolve::{EntryEffect, Resolved, Selection},
    spec::{Integration, pointer},
};

pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, (integration, selection)) in
        context.spec.integration.iter().zip(&resolved.selections).enumerate()
    {
        let listed = ListedResources::new(context, resolved, integration, selection, at);
        for (at, (entry, effect)) in integration.resources.iter().zip(&selection.effects).enumerate() {
            findings.extend(listed.entry(at, entry, effect));
        }
        findings.extend(listed.duplicates());
        findings.extend(listed.together());
    }
    findings
}

/// The resources of one integration.
pub(super) struct ListedResources<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) resolved: &'a Resolved,
    pub(super) integration: &'a Integration,
    pub(super) selection: &'a Selection,
    /// The integration's place in the spec.
    pub(super) at: usize,
    /// Of each resource the first selected one below it in every release, where Magento adds ancestors.
    below: HashMap<&'a str, &'a str>,
    /// Of each resource the first call that needs it.
    calls: HashMap<&'a str, usize>,
    /// Of each resource the first entry that fits it.
    entries: HashMap<&'a str, usize>,
}

/// The first selected resource that has each ancestor above it in every release; none for the legacy pair, which
/// gets no ancestors.
fn below<'a>(resolved: &'a Resolved, selection: &'a Selection) -> HashMap<&'a str, &'a str> {
    let mut below = HashMap::new();
    if resolved.is_legacy {
        return below;
    }
    for id in &selection.ids {
        let mut releases = resolved.acl.distinct();
        let mut always = releases.next().map(|first| resolved.acl.ancestors(id, first)).unwrap_or_default();
        for release in releases {
            let ancestors: HashSet<&str> = resolved.acl.ancestors(id, release).into_iter().collect();
            always.retain(|ancestor| ancestors.contains(ancestor));
        }
        for ancestor in always.into_iter().filter(|ancestor| ancestor != id) {
            below.entry(ancestor).or_insert(id.as_str());
        }
    }
    below
}

impl<'a> ListedResources<'a> {
    fn new(
        context: &'a Context<'a>,
        resolved: &'a Resolved,
        integration: &'a Integration,
        selection: &'a Selection,
        at: usize,
    ) -> Self {
        let mut calls = HashMap::new();
        for (at, call) in selection.calls.iter().enumerate() {
            call.ids().into_iter().for_each(|id| {
                calls.entry(id).or_insert(at);
            });
        }
        let mut entries = HashMap::new();
        for (at, effect) in selection.effects.iter().enumerate() {
            effect.fits.iter().for_each(|id| {
                entries.entry(id.as_str()).or_insert(at);
            });
        }
        let below = below(resolved, selection);
        Self { context, resolved, integration, selection, at, below, calls, entries }
    }
}

impl ListedResources<'_> {
    pub(super) fn finding(&self, at: usize, rule: Rule, message: String) -> Diagnostic {
        Diagnostic::new(rule, message).at(self.entry_span(at))
    }

    /// Where an entry is written.
    pub(super) fn entry_span(&self, at: usize) -> Option<Range<usize>> {
        self.context.spans.value(pointer!["integration", self.at, "resources", at])
    }

    fn entry(&self, at: usize, entry: &ResourceEntry, effect: &EntryEffect) -> Option<Diagnostic> {
        if entry.excludes() {
            return self.exclusion(at, entry, effect);
        }
        match entry.pattern() {
            Pattern::Exact(id) => self.exact(at, id),
            pattern if effect.fits.is_empty() => Some(self.nothing(at, entry, pattern, effect)),
            _ => self.narrowed(at, entry, effect),
        }
    }

    fn exclusion(&self, at: usize, entry: &ResourceEntry, effect: &EntryEffect) -> Option<Diagnostic> {
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
    pub(super) fn below(&self, ancestor: &str) -> Option<&str> {
        self.below.get(ancestor).copied()
    }

    /// The call that needs the resource.
    pub(super) fn call_for(&self, id: &str) -> Option<&str> {
        self.calls.get(id).map(|&at| self.selection.calls[at].name.as_str())
    }

    /// The entry that selects the resource.
    pub(super) fn entry_for(&self, id: &str) -> Option<usize> {
        self.entries.get(id).copied()
    }

    /// Where it is written why the resource is requested.
    pub(super) fn span_for(&self, id: &str) -> Option<Range<usize>> {
        match self.entry_for(id) {
            Some(entry) => self.entry_span(entry),
            None => self.context.call_span(self.at, *self.calls.get(id)?),
        }
    }

    fn exact(&self, at: usize, id: &str) -> Option<Diagnostic> {
        let acl = &self.resolved.acl;
        let releases = self.resolved.target.releases;
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
        let module = id.split("::").next().unwrap_or_default();
        let is_own = module == self.context.spec.module.name.as_str();
        if present == releases {
            // Where an own one hangs is told at its table.
            let own = || if is_own { None } else { self.out_of_reach(at, id) };
            return self.not_looked_up(at, id).or_else(own);
        }
        if is_own && !disabled.is_empty() {
            // Its parent is switched off, which is told at the parent.
            return None;
        }
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
            return Some(finding.help(self.context.narrow(present, Rule::ResourceNotInEveryRelease)));
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

    /// A resource below another root than Magento's, in a shop that has one
    /// (docs/magento/resolving-permissions.md#own-nodes). The legacy pair's names are taken as they are.
    fn out_of_reach(&self, at: usize, id: &str) -> Option<Diagnostic> {
        let releases = self.resolved.target.releases;
        let takes_any = self.resolved.is_legacy;
        (self.resolved.acl.grantable(id).is_empty() && !takes_any).then(|| {
            let message =
                format!("`{id}` cannot be granted in {}", self.context.catalog.describe(releases));
            self.finding(at, Rule::UnknownResource, message)
                .reason("Magento looks resources up below Magento_Backend::admin, which this one is not: it is dropped in silence")
                .help("remove it, or have its acl.xml put it below Magento_Backend::admin")
        })
    }

    /// Where another root than Magento's two is in the way: nothing is found, although it is there.
    fn not_looked_up(&self, at: usize, id: &str) -> Option<Diagnostic> {
        let releases = self.resolved.target.releases;
        let release = releases.first().filter(|_| !self.resolved.is_legacy)?;
        let roots = self.resolved.acl.in_the_way(release);
        let root = roots.first()?;
        let shop = self.context.catalog.describe(releases);
        Some(
            self.finding(at, Rule::UnknownResource, format!("`{id}` is not found in {shop}"))
                .reason(format!(
                    "Magento looks resources up below the second root by sortOrder; with {root} that is not Magento_Backend::admin, and no integration is granted anything"
                ))
                .help(format!("mend the shop: hang {root} below Magento_Backend::admin, or change its sortOrder")),
        )
    }

    fn unknown(&self, at: usize, id: &str) -> Diagnostic {
        let releases = self.context.catalog.describe(self.resolved.target.releases);
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
        let is_everywhere = |new: &&str| self.resolved.acl.present(new) == self.resolved.target.releases;
        let certain =
            renamed(id).filter(is_everywhere).or_else(|| self.in_other_case(id).filter(is_everywhere));
        let finding = match certain {
            Some(new) => finding.fix(self.entry_span(at), format!("\"{new}\"")),
            None => finding,
        };
        match self.did_you_mean(id) {
            Some(help) => finding.help(help),
            None => finding.help("remove it"),
        }
    }

    /// The only resource that is spelt so but for capitals.
    fn in_other_case(&self, id: &str) -> Option<&str> {
        let mut spelt_so = self.resolved.acl.ids().filter(|other| other.eq_ignore_ascii_case(id));
        let first = spelt_so.next()?;
        spelt_so.next().is_none().then_some(first)
    }

    fn did_you_mean(&self, id: &str) -> Option<String> {
        did_you_mean(&self.context.catalog.suggest(id, &self.resolved.acl))
    }

    fn unverifiable(&self, at: usize, id: &str, module: &str) -> Diagnostic {
        if self.context.catalog.shop().is_some() {
            let message = format!("what {module} has in this shop is not known, `{id}` for one");
            return self
                .finding(at, Rule::UnverifiableResource, message)
                .reason(format!(
                    "its etc/acl.xml could not be read; if {module} does not have the resource, it is dropped in silence"
                ))
                .help("mend the file: `magespec catalog --magento ROOT` says what is wrong with it");
        }
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

    fn nothing(
        &self,
        at: usize,
        entry: &ResourceEntry,
        pattern: Pattern<'_>,
        effect: &EntryEffect,
    ) -> Diagnostic {
        let catalog = self.context.catalog;
        let finding = self.finding(at, Rule::PatternMatchesNothing, format!("`{entry}` fits no resource"));
        if let Some((id, releases)) = effect.fits_sometimes.first() {
            return finding
                .reason(format!(
                    "it fits none that every release of the target has; `{id}`, for example, is in {} only",
                    catalog.describe(*releases)
                ))
                .help(format!("name the resources, or {}", self.context.narrow_to(*releases)));
        }
        if !catalog.knows_module(pattern.module())
            && pattern.module() != self.context.spec.module.name.as_str()
        {
            return finding
                .reason(format!(
                    "the catalog does not know the module {}: what a pattern fits is worked out from it",
                    pattern.module()
                ))
                .help("name the resources one by one");
        }
        let finding = finding.reason(format!(
            "a pattern stands for what the catalog has, and in {} it has nothing like it",
            catalog.describe(self.resolved.target.releases)
        ));
        match pattern {
            Pattern::Subtree(id) if self.resolved.acl.is_root(id) => {
                finding.help("write \"Magento_Backend::admin/**\": everything hangs below that root")
            }
            Pattern::Subtree(id) | Pattern::Glob(id) | Pattern::Exact(id) => {
                let help = self.did_you_mean(&id.replace(['*', '?'], ""));
                finding.help(help.unwrap_or_else(|| "remove it".to_owned()))
            }
        }
    }

    fn narrowed(&self, at: usize, entry: &ResourceEntry, effect: &EntryEffect) -> Option<Diagnostic> {
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
            .help(format!(
                "if it needs {}, {}",
                if count == 1 { "it" } else { "them" },
                self.context.narrow_to(*releases)
            )),
        )
    }
}
