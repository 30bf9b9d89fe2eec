//! `resources` of an integration.

mod duplicates;

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Context, Scope};
use crate::{
    catalog::{Effect, ReleaseId, ReleaseSet, Selection, behaviour, renamed},
    diag::{Diagnostic, Level, Rule},
    names::{Pattern, ResourceEntry},
    spec::{Edition, Integration, Setting},
};

pub(super) fn check(context: &Context<'_>, scope: &Scope) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, (integration, selection)) in context.spec.integration.iter().zip(&scope.selections).enumerate() {
        let route = format!("/integration/{at}/resources");
        let below = below(context, scope, selection);
        let listed = Listed { context, scope, integration, selection, route, below };
        for (at, (entry, effect)) in integration.resources.iter().zip(&selection.effects).enumerate() {
            findings.extend(listed.entry(at, entry, effect));
        }
        findings.extend(listed.duplicates());
        findings.extend(listed.implied());
        findings.extend(listed.broad());
        findings.extend(listed.moves());
    }
    findings
}

/// The resources of one integration.
struct Listed<'a> {
    context: &'a Context<'a>,
    scope: &'a Scope,
    integration: &'a Integration,
    selection: &'a Selection,
    route: String,
    /// Of each resource the first selected one below it, where Magento adds ancestors.
    below: HashMap<&'a str, &'a str>,
}

/// The first selected resource that has each ancestor above it in every release; none for legacy releases, which add
/// no ancestors.
fn below<'a>(context: &Context<'_>, scope: &'a Scope, selection: &'a Selection) -> HashMap<&'a str, &'a str> {
    let mut below = HashMap::new();
    if !context.catalog.those(scope.target.releases, behaviour::is_legacy).is_empty() {
        return below;
    }
    for id in &selection.ids {
        let mut releases = scope.acl.distinct();
        let mut always = releases.next().map(|first| scope.acl.ancestors(id, first)).unwrap_or_default();
        for release in releases {
            let ancestors: HashSet<&str> = scope.acl.ancestors(id, release).into_iter().collect();
            always.retain(|ancestor| ancestors.contains(ancestor));
        }
        for ancestor in always.into_iter().filter(|ancestor| ancestor != id) {
            below.entry(ancestor).or_insert(id.as_str());
        }
    }
    below
}

impl Listed<'_> {
    fn finding(&self, at: usize, rule: Rule, message: String) -> Diagnostic {
        Diagnostic::new(rule, message).at(self.context.spans.value(&format!("{}/{at}", self.route)))
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
        if effect.changed == 0 {
            return Some(
                of(format!("`{entry}` takes nothing out"))
                    .reason(
                        "an exclusion works on the entries before it, and none of them selects what it names",
                    )
                    .help("move it behind the pattern it narrows, or remove it"),
            );
        }
        let (id, child) = effect.fits.iter().find_map(|id| Some((id, self.below.get(id.as_str())?)))?;
        Some(
            of(format!("`{id}` is granted all the same, with `{child}`"))
                .reason("Magento adds all ancestors of a resource")
                .help(format!("take out what is below it too: \"!{id}/**\"")),
        )
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
            return Some(finding.help(self.narrow(present, Rule::ResourceNotInEveryRelease)));
        }
        if !disabled.is_empty() && is_own {
            // Its parent is switched off, which is told at the parent.
            return None;
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
        let is_everywhere = |new: &&str| self.scope.acl.present(new) == self.scope.target.releases;
        let certain =
            renamed(id).filter(is_everywhere).or_else(|| self.in_other_case(id).filter(is_everywhere));
        let finding = match certain {
            Some(new) => {
                let span = self.context.spans.value(&format!("{}/{at}", self.route));
                finding.fix(span, format!("\"{new}\""))
            }
            None => finding,
        };
        match self.did_you_mean(id) {
            Some(help) => finding.help(help),
            None => finding.help("remove it"),
        }
    }

    /// The only resource that is spelt so but for capitals.
    fn in_other_case(&self, id: &str) -> Option<&str> {
        let mut spelt_so = self.scope.acl.ids().filter(|other| other.eq_ignore_ascii_case(id));
        let first = spelt_so.next()?;
        spelt_so.next().is_none().then_some(first)
    }

    /// The ways out where only these releases have what is asked for.
    fn narrow(&self, releases: ReleaseSet, rule: Rule) -> String {
        let narrow =
            format!("narrow the target: magento = \"{}\"", self.context.catalog.constraint(releases));
        let is_relaxed =
            self.context.spec.rules.setting(rule).is_some_and(|setting| setting != Setting::Deny);
        if is_relaxed { narrow } else { format!("{narrow}, or set `{rule} = \"warn\"` in [rules]") }
    }

    fn did_you_mean(&self, id: &str) -> Option<String> {
        let nearest = self.context.catalog.suggest(id, &self.scope.acl);
        let (last, others) = nearest.split_last()?;
        let others: Vec<String> = others.iter().map(|id| format!("\"{id}\"")).collect();
        Some(if others.is_empty() {
            format!("did you mean \"{last}\"?")
        } else {
            format!("did you mean {} or \"{last}\"?", others.join(", "))
        })
    }

    fn unverifiable(&self, at: usize, id: &str, module: &str) -> Diagnostic {
        let mut finding = self
            .finding(at, Rule::UnverifiableResource, format!("the catalog does not know the module of `{id}`"))
            .reason(format!(
                "it has what Magento Open Source ships; if the shop has {module} without this resource, it is dropped in silence"
            ))
            .help(format!("compare it with etc/acl.xml of {module}, spelling included"));
        if self.context.spec.target.edition == Edition::Commerce && module.starts_with("Magento_") {
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
                .help(format!(
                    "name the resources, or narrow the target: magento = \"{}\"",
                    catalog.constraint(*releases)
                ));
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
            catalog.describe(self.scope.target.releases)
        ));
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
            .help(format!(
                "if it needs {}, narrow the target: magento = \"{}\"",
                if count == 1 { "it" } else { "them" },
                self.context.catalog.constraint(*releases)
            )),
        )
    }

    /// Exact entries that are ancestors of other selected resources: Magento adds those by itself.
    fn implied(&self) -> Vec<Diagnostic> {
        let exact = |entry: &ResourceEntry| match entry.pattern() {
            Pattern::Exact(id) if !entry.excludes() && !self.scope.acl.is_root(id) => Some(id.to_owned()),
            _ => None,
        };
        let entries = self.integration.resources.iter().enumerate();
        let implied = entries.filter_map(|(at, entry)| {
            let id = exact(entry).filter(|id| self.selection.ids.contains(id))?;
            let child = self.below.get(id.as_str())?;
            Some(
                self.finding(at, Rule::ImpliedResource, format!("`{id}` is granted anyway, with `{child}`"))
                    .reason("Magento adds all ancestors of a resource")
                    .help("it may be left out"),
            )
        });
        implied.collect()
    }

    fn broad(&self) -> Option<Diagnostic> {
        let newest = self.scope.target.releases.last()?;
        let everything = self.scope.acl.select(Pattern::Subtree("Magento_Backend::admin"));
        let everything = everything.iter().filter(|(_, releases)| releases.contains(newest)).count();
        let granted = self.resolved(newest);
        let granted = granted.iter().filter(|id| !self.scope.acl.is_root(id)).count();
        (granted * 2 > everything).then(|| {
            let name = &self.integration.name;
            Diagnostic::new(
                Rule::BroadGrant,
                format!("`{name}` is allowed {granted} of the {everything} resources there are"),
            )
            .at(self.context.spans.key(&self.route))
            .reason("whoever gets hold of its token can do all of it")
            .help("list what its calls need")
        })
    }

    /// What Magento makes of the selection in a release: with all ancestors (FACTS §5).
    fn resolved(&self, release: ReleaseId) -> BTreeSet<&str> {
        let found = self.selection.ids.iter().filter(|id| self.scope.acl.grantable(id).contains(release));
        self.scope.acl.with_ancestors(found.map(String::as_str), release)
    }

    /// Upgrades inside the target that change what the unchanged selection resolves to, because an ancestor moved.
    fn moves(&self) -> Vec<Diagnostic> {
        let acl = &self.scope.acl;
        let releases: Vec<ReleaseId> = self.scope.target.releases.iter().collect();
        let mut findings = Vec::new();
        for pair in releases.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if acl.is_same(from, to) || self.resolved(from) == self.resolved(to) {
                continue;
            }
            let moved = self.selection.ids.iter().find(|id| {
                let in_both = acl.grantable(id).contains(from) && acl.grantable(id).contains(to);
                in_both && acl.ancestors(id, from) != acl.ancestors(id, to)
            });
            let Some(id) = moved else { continue };
            let at =
                self.selection.effects.iter().position(|effect| effect.fits.contains(id)).unwrap_or_default();
            let version = |release| self.context.catalog.release(release).version;
            let path = |release| {
                let mut path = acl.ancestors(id, release);
                path.reverse();
                path.join(" > ")
            };
            findings.push(
                self.finding(
                    at,
                    Rule::ResourceMoves,
                    format!("upgrading Magento from {} to {} resets `{}`", version(from), version(to), self.integration.name),
                )
                .reason(format!(
                    "`{id}` moves from {} to {}: its ancestors are granted too, so the permissions differ and \
                     setup:upgrade makes the integration anew",
                    path(from),
                    path(to)
                ))
                .help("plan for re-authorising it at that upgrade"),
            );
        }
        findings
    }
}
