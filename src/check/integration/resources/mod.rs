//! Rules on the `resources` of an integration.

mod ancestors;
mod company_role;
mod duplicates;
mod permissions;
mod roots;

use std::{collections::HashMap, ops::Range};

use self::ancestors::below;
use crate::{
    catalog::{Catalog, renamed},
    check::{Context, references::undeclared},
    diag::{Diagnostic, Help, Level, Rule},
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

/// Resources of one integration, with the reasons why each is requested.
pub(super) struct ListedResources<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) resolved: &'a Resolved,
    pub(super) integration: &'a Integration,
    pub(super) selection: &'a Selection,
    /// Index of the integration in the spec.
    pub(super) at: usize,
    /// First selected resource below each ancestor in every release, if Magento adds ancestors.
    below: HashMap<&'a str, &'a str>,
    /// First call that needs each resource.
    calls: HashMap<&'a str, usize>,
    /// First entry that matches each resource.
    entries: HashMap<&'a str, usize>,
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

    /// Place of an entry in the spec.
    pub(super) fn entry_span(&self, at: usize) -> Option<Range<usize>> {
        self.context.spans.value(&pointer!["integration", self.at, "resources", at])
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
                of(format!("`{id}` is still granted, for `{call}`"))
                    .reason("an exclusion applies to the entries before it; permissions that a call needs are always granted")
                    .help("remove the exclusion or the call"),
            );
        }
        if let Pattern::Exact(id) = entry.pattern()
            && self.resolved.acl.is_root(id)
            && effect.changed == 0
        {
            return Some(
                of(format!("`{entry}` excludes nothing"))
                    .reason("no entry selects the root: Magento adds it to every integration with a resource")
                    .help(Help::new("remove it").removal()),
            );
        }
        if effect.changed == 0 {
            let meant = match entry.pattern() {
                Pattern::Exact(id) if self.resolved.acl.present(id).is_empty() => self.did_you_mean(id),
                _ => None,
            };
            let help = Help::new("put it after the entry it should exclude from, or remove it").removal();
            return Some(
                of(format!("`{entry}` excludes nothing"))
                    .reason(
                        "an exclusion applies to the entries before it, and none of them selects this resource",
                    )
                    .help(meant.unwrap_or(help)),
            );
        }
        let (id, child) = effect.fits.iter().find_map(|id| Some((id, self.below(id)?)))?;
        Some(
            of(format!("`{id}` is still granted, with `{child}`"))
                .reason("Magento adds all ancestors of a resource")
                .help(format!("exclude everything below it too: \"!{id}/**\"")),
        )
    }

    /// Selected resource below `ancestor` in every release, if Magento adds ancestors.
    pub(super) fn below(&self, ancestor: &str) -> Option<&str> {
        self.below.get(ancestor).copied()
    }

    /// Call that needs the resource.
    pub(super) fn call_for(&self, id: &str) -> Option<&str> {
        self.calls.get(id).map(|&at| self.selection.calls[at].name.as_str())
    }

    /// Entry that selects the resource.
    pub(super) fn entry_for(&self, id: &str) -> Option<usize> {
        self.entries.get(id).copied()
    }

    /// Place in the spec that requests the resource.
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
        if self.resolved.grants_everything(self.selection) {
            return None;
        }
        if acl.is_root(id) {
            return Some(self.root(at, id));
        }
        let present = acl.present(id);
        if present.is_empty() && Catalog::is_of_company_role(id) {
            return Some(self.of_company_role(at, id));
        }
        let disabled = acl.disabled(id);
        let module = id.split("::").next().unwrap_or_default();
        let is_own = module == self.context.spec.module.name.as_str();
        if present == releases {
            // The parent of an own resource is checked with its table.
            let own = || if is_own { None } else { self.out_of_reach(at, id) };
            return self.not_looked_up(at, id).or_else(own);
        }
        if is_own && !disabled.is_empty() {
            // The disabled parent has its own finding.
            return None;
        }
        if !present.is_empty() {
            let lacking = releases - present;
            let message = format!("`{id}` does not exist in {}", catalog.describe(lacking));
            let finding = self.finding(at, Rule::ResourceNotInEveryRelease, message);
            let finding = if disabled.is_empty() {
                finding.reason(
                    "Magento silently drops unknown resources, so the call it should allow is refused",
                )
            } else {
                finding.reason(format!(
                    "Magento has it disabled in {} and silently drops it there",
                    catalog.describe(disabled)
                ))
            };
            return Some(finding.help(self.context.narrow(present, Rule::ResourceNotInEveryRelease)));
        }
        if !disabled.is_empty() {
            return Some(
                self.finding(at, Rule::DisabledResource, format!("`{id}` is disabled in {}", catalog.describe(disabled)))
                    .reason("Magento removes disabled resources before it looks up permissions, so it silently drops this one")
                    .help(Help::new("remove it: a disabled resource cannot be granted").removal()),
            );
        }
        if is_own {
            let finding =
                self.finding(at, Rule::UnknownResource, format!("`{id}` is not declared by this module"));
            let finding = finding.reason(if self.context.is_sketch {
                "a resource named after this module exists only if its etc/acl.xml declares it"
            } else {
                "a resource named after this module exists only if an [[acl]] table declares it"
            });
            return Some(match self.did_you_mean(id) {
                Some(help) => finding.help(help),
                None => undeclared(self.context, finding, id),
            });
        }
        if catalog.knows_module(module) {
            Some(self.unknown(at, id))
        } else {
            Some(self.unverifiable(at, id, module))
        }
    }

    /// Reports a resource below a third root of the shop (docs/magento/resolving-permissions.md#own-nodes). In the
    /// legacy pair any name works.
    fn out_of_reach(&self, at: usize, id: &str) -> Option<Diagnostic> {
        let releases = self.resolved.target.releases;
        let takes_any = self.resolved.is_legacy;
        (self.resolved.acl.grantable(id).is_empty() && !takes_any).then(|| {
            let message =
                format!("`{id}` cannot be granted in {}", self.context.catalog.describe(releases));
            self.finding(at, Rule::UnknownResource, message)
                .reason("Magento looks up resources below Magento_Backend::admin and silently drops this one, which is elsewhere")
                .help(Help::new("remove it, or move it below Magento_Backend::admin in its acl.xml").removal())
        })
    }

    /// Reports a third root that keeps Magento from finding any resource.
    fn not_looked_up(&self, at: usize, id: &str) -> Option<Diagnostic> {
        let releases = self.resolved.target.releases;
        let release = releases.first().filter(|_| !self.resolved.is_legacy)?;
        let roots = self.resolved.acl.blocking_roots(release);
        let root = roots.first()?;
        let shop = self.context.catalog.describe(releases);
        Some(
            self.finding(at, Rule::UnknownResource, format!("Magento does not find `{id}` in {shop}"))
                .reason(format!(
                    "Magento looks up resources below the second root by sortOrder; because of {root} that is not Magento_Backend::admin, and no integration is granted anything"
                ))
                .help(format!("fix the shop: move {root} below Magento_Backend::admin, or change its sortOrder")),
        )
    }

    fn unknown(&self, at: usize, id: &str) -> Diagnostic {
        let releases = self.context.catalog.describe(self.resolved.target.releases);
        let catalog = self.context.catalog;
        let suggested = self.context.suggestions.make(|| catalog.suggest(id, &self.resolved.acl));
        // Each looks through the whole ACL.
        let ever = suggested.as_ref().map(|_| catalog.ever(id)).unwrap_or_default();
        let in_other_case = || suggested.as_ref().and_then(|_| self.in_other_case(id));
        let finding = self
            .finding(at, Rule::UnknownResource, format!("`{id}` does not exist in {releases}"))
            .reason(if ever.is_empty() {
                "Magento silently drops unknown resources, so the call it should allow is refused".to_owned()
            } else {
                format!(
                    "it exists in {}; Magento silently drops it in other releases",
                    catalog.describe(ever)
                )
            });
        let is_everywhere = |new: &&str| self.resolved.acl.present(new) == self.resolved.target.releases;
        let certain = renamed(id).filter(is_everywhere).or_else(|| in_other_case().filter(is_everywhere));
        let finding = match certain {
            Some(new) => finding.fix(self.entry_span(at), format!("\"{new}\"")),
            None => finding,
        };
        let meant = Help::did_you_mean(suggested.as_deref().unwrap_or_default());
        finding.help(meant.unwrap_or_else(|| Help::new("remove it").removal()))
    }

    /// The only resource whose id differs just in case.
    fn in_other_case(&self, id: &str) -> Option<&str> {
        let mut spelt_so = self.resolved.acl.ids().filter(|other| other.eq_ignore_ascii_case(id));
        let first = spelt_so.next()?;
        spelt_so.next().is_none().then_some(first)
    }

    fn in_similar_module(&self, id: &str) -> Option<&str> {
        let suggest = || self.context.catalog.in_similar_module(id, &self.resolved.acl);
        self.context.suggestions.make(suggest).flatten()
    }

    fn did_you_mean(&self, id: &str) -> Option<Help> {
        let suggest = || self.context.catalog.suggest(id, &self.resolved.acl);
        Help::did_you_mean(&self.context.suggestions.make(suggest)?)
    }

    fn unverifiable(&self, at: usize, id: &str, module: &str) -> Diagnostic {
        if self.context.catalog.is_of_shops() {
            let unread = self.context.catalog.unread().find(|(_, unread)| *unread == module);
            let shop = unread.map(|(name, _)| name).filter(|name| !name.is_empty()).unwrap_or("this shop");
            let message = format!("the resources of {module} in {shop} are unknown, including `{id}`");
            return self
                .finding(at, Rule::UnverifiableResource, message)
                .reason(format!(
                    "its etc/acl.xml could not be read; if {module} lacks the resource, Magento silently drops it"
                ))
                .help("fix the file: `magespec catalog --magento ROOT` shows the error");
        }
        let mut finding = self
            .finding(at, Rule::UnverifiableResource, format!("the catalog does not know the module of `{id}`"))
            .reason(format!(
                "it covers the modules of Magento Open Source; if the shop's {module} lacks this resource, Magento silently drops it"
            ))
            .help(match self.in_similar_module(id) {
                Some(near) => Help::meaning(near),
                None => Help::new(format!("compare its spelling with etc/acl.xml of {module}")),
            });
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
        let finding = self.finding(at, Rule::PatternMatchesNothing, format!("`{entry}` matches no resource"));
        if let Some((id, releases)) = effect.fits_sometimes.first() {
            return finding
                .reason(format!(
                    "it matches nothing that exists in {}; `{id}`, for example, is only in {}",
                    self.context.everywhere(),
                    catalog.describe(*releases)
                ))
                .help(Help::new("name the resources").joined(", or ", self.context.narrow_to(*releases)));
        }
        if !catalog.knows_module(pattern.module())
            && pattern.module() != self.context.spec.module.name.as_str()
        {
            return finding
                .reason(format!(
                    "patterns are resolved with the catalog, which does not know the module {}",
                    pattern.module()
                ))
                .help("list the resources one by one");
        }
        let finding = finding.reason(format!(
            "patterns are resolved with the catalog, which has no match in {}",
            catalog.describe(self.resolved.target.releases)
        ));
        match pattern {
            Pattern::Subtree(id) if self.resolved.acl.is_root(id) => finding.help(
                Help::write("Magento_Backend::admin/**")
                    .joined(": ", "all resources are below that root".into()),
            ),
            Pattern::Subtree(id) | Pattern::Glob(id) | Pattern::Exact(id) => {
                let help = self.did_you_mean(&id.replace(['*', '?'], ""));
                finding.help(help.unwrap_or_else(|| Help::new("remove it").removal()))
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
                format!("`{entry}` omits {which} that only some {} have", self.context.them()),
            )
            .reason(format!(
                "a pattern selects only what exists in {}; `{id}` is only in {}",
                self.context.everywhere(),
                self.context.catalog.describe(*releases)
            ))
            .help(
                Help::new(format!("if the integration needs {}", if count == 1 { "it" } else { "them" }))
                    .joined(", ", self.context.narrow_to(*releases)),
            ),
        )
    }
}
