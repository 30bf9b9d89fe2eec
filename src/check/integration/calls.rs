//! Rules on the `calls` of an integration.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashMap},
    ops::Range,
    sync::Arc,
};

use crate::{
    catalog::{Access, AclTable, Login, ReleaseId, ReleaseSet, RouteNeed, behaviour},
    check::Context,
    diag::{Diagnostic, Help, Rule},
    names::{Call, Mode},
    resolve::{self, Resolved, ResolvedCall, Selection},
    spec::{Spans, pointer},
};

pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let later = Later::new(context, resolved);
    let mut findings = Vec::new();
    for (at, (integration, selection)) in
        context.spec.integration.iter().zip(&resolved.selections).enumerate()
    {
        let mut first_of: HashMap<&str, usize> = HashMap::new();
        let requested = selection.ids.iter().map(String::as_str).collect();
        for (place, (entry, called)) in integration.calls.iter().zip(&selection.calls).enumerate() {
            let span = context.call_span(at, place);
            let made = CheckedCall {
                context,
                resolved,
                selection,
                requested: &requested,
                call: entry.call(),
                called,
                span,
            };
            findings.extend(made.findings(&later));
            let first = *first_of.entry(&called.name).or_insert(place);
            if first < place {
                findings.push(made.duplicate(context.call_span(at, first)));
            }
        }
    }
    findings
}

impl Context<'_> {
    /// Place of a call in the spec.
    pub(in crate::check) fn call_span(&self, integration: usize, call: usize) -> Option<Range<usize>> {
        span(self.spans, integration, call)
    }
}

/// Place of a call in a spec.
pub(in crate::check) fn span(spans: &Spans, integration: usize, call: usize) -> Option<Range<usize>> {
    let route = pointer!["integration", integration, "calls", call];
    spans.value(&route.key("route")).or_else(|| spans.value(&route))
}

/// Releases outside the target that a shop in the target may be upgraded to.
struct Later {
    releases: ReleaseSet,
    /// ACL in those releases, built only when needed.
    acl: OnceCell<Arc<AclTable>>,
}

impl Later {
    fn new(context: &Context<'_>, resolved: &Resolved) -> Self {
        let target = resolved.target.releases;
        let all = context.catalog.all();
        let releases = all.iter().filter(|&id| Some(id) > target.first() && !target.contains(id)).collect();
        Self { releases, acl: OnceCell::new() }
    }
}

/// Call of an integration with everything needed to check it.
pub(super) struct CheckedCall<'a> {
    pub(super) context: &'a Context<'a>,
    resolved: &'a Resolved,
    pub(super) selection: &'a Selection,
    requested: &'a BTreeSet<&'a str>,
    pub(super) call: &'a Call,
    pub(super) called: &'a ResolvedCall,
    span: Option<Range<usize>>,
}

impl CheckedCall<'_> {
    pub(super) fn finding(&self, rule: Rule, message: String) -> Diagnostic {
        Diagnostic::new(rule, message).at(self.span.clone())
    }

    fn findings(&self, later: &Later) -> Vec<Diagnostic> {
        if self.called.needs.is_empty() {
            return vec![self.unknown()];
        }
        let mut findings: Vec<Diagnostic> =
            [self.not_in_every_release(), self.for_customers(), self.unpublished()]
                .into_iter()
                .flatten()
                .chain(self.called.needs.iter().filter_map(|need| self.ungrantable(need)))
                .collect();
        if findings.iter().all(|finding| finding.rule == Rule::RouteNotInEveryRelease) {
            findings.extend([self.free(), self.differs(), self.moves_at(later)].into_iter().flatten());
        }
        findings
    }

    fn unknown(&self) -> Diagnostic {
        let catalog = self.context.catalog;
        let releases = self.resolved.target.releases;
        let message = format!("no route matches `{}` in {}", self.call, catalog.describe(releases));
        let finding = self.finding(Rule::UnknownRoute, message);
        let ever = ResolvedCall::of(catalog, None, self.call, catalog.all());
        let edition = self.other_edition();
        let finding = if let Some(reason) = self.not_queued() {
            finding.reason(reason)
        } else if self.names_no_parameters() {
            finding.reason("parameters of a bulk call belong in its body; its path has a name for each, such as `bySku` for `:sku`")
        } else if !ever.needs.is_empty() {
            finding.reason(format!("it exists in {}", catalog.describe(ever.releases())))
        } else if let Some((reason, help)) = edition {
            return finding.reason(reason).help(help);
        } else {
            let others = catalog.with_other_methods(self.call, releases);
            finding.reason(match others.as_slice() {
                [] => "Magento returns 404 regardless of the integration's permissions".to_owned(),
                others => format!("this path exists for `{}`", others.join("` and `")),
            })
        };
        let suggest = || catalog.suggest_calls(&self.resolved.own_routes, self.call, releases);
        let nearest = self.context.suggestions.make(suggest).unwrap_or_default();
        finding.help(Help::did_you_mean(&nearest).unwrap_or_else(|| {
            "compare its spelling with etc/webapi.xml of the module that declares it".into()
        }))
    }

    /// Reason why a release of the target does not queue the call.
    fn not_queued(&self) -> Option<&'static str> {
        let releases = self.resolved.target.releases;
        match self.call.mode() {
            Mode::Direct => None,
            _ if self.call.method() == "GET" => Some("/async accepts only calls that write"),
            _ if self.context.catalog.those(releases, behaviour::queues_calls) == releases => None,
            _ => Some("Magento accepts /async calls from 2.3.0 on"),
        }
    }

    /// Returns true for a bulk call whose direct form would be answered.
    fn names_no_parameters(&self) -> bool {
        let (catalog, releases) = (self.context.catalog, self.resolved.target.releases);
        let own = &self.resolved.own_routes;
        let answered = |call: Call| !ResolvedCall::of(catalog, Some(own), &call, releases).needs.is_empty();
        self.call.mode() == Mode::Bulk && self.call.direct().is_some_and(answered)
    }

    fn not_in_every_release(&self) -> Option<Diagnostic> {
        let catalog = self.context.catalog;
        let there = self.called.releases();
        let lacking = self.resolved.target.releases - there;
        (!lacking.is_empty()).then(|| {
            let message = format!("no route matches `{}` in {}", self.called.name, catalog.describe(lacking));
            let older_commerce =
                self.commerce_route().is_some() && catalog.with_commerce_routes(lacking).is_empty();
            let reason = self.not_queued().unwrap_or(if older_commerce {
                "the catalog knows the routes of Adobe Commerce from 2.4.6 on"
            } else {
                "Magento returns 404 there regardless of the integration's permissions"
            });
            self.finding(Rule::RouteNotInEveryRelease, message)
                .reason(reason)
                .help(self.context.narrow(there, Rule::RouteNotInEveryRelease))
        })
    }

    fn for_customers(&self) -> Option<Diagnostic> {
        let need = self.called.needs.iter().find(|need| need.access == Access::Customer)?;
        let message = format!("only a logged-in customer can call `{}`", self.called.name);
        let finding = self
            .finding(Rule::SelfRoute, message)
            .reason("the route is about the caller's own data (`self` in webapi.xml): integrations are refused regardless of their permissions");
        Some(match self.context.catalog.counterpart(&self.resolved.own_routes, self.call, need.releases) {
            Some(counterpart) => finding.help(Help::new(format!("call \"{counterpart}\"")).text(counterpart)),
            None => finding
                .help(Help::new("remove it: no route with the same path is open to integrations").removal()),
        })
    }

    /// Releases of the set in which Magento does not grant the resource. The root cannot be requested, but comes with
    /// every other resource.
    fn refused(&self, id: &str, releases: ReleaseSet) -> ReleaseSet {
        let (acl, catalog) = (&self.resolved.acl, self.context.catalog);
        let is_granted =
            |release: &ReleaseId| catalog.granted(&self.selection.ids, acl, *release).contains(id);
        (releases - acl.grantable(id)).iter().filter(|release| !is_granted(release)).collect()
    }

    fn ungrantable(&self, need: &RouteNeed) -> Option<Diagnostic> {
        let (acl, catalog) = (&self.resolved.acl, self.context.catalog);
        let mut refused = need.access.ids().map(|id| (id, self.refused(id, need.releases)));
        let (id, releases) = refused.find(|(_, releases)| !releases.is_empty())?;
        if acl.present(id).is_empty() && self.is_own() {
            // Reported where the route declares its access.
            return None;
        }
        if self.context.is_of_commerce(id.split("::").next().unwrap_or_default()) {
            // Adobe documents the permission, and the catalog has no ACL of Adobe Commerce.
            return None;
        }
        let message = format!(
            "`{}` needs {id}, which cannot be granted in {}",
            self.called.name,
            catalog.describe(releases)
        );
        let finding = self.finding(Rule::UngrantableRoute, message);
        let finding = if acl.is_root(id) {
            finding.reason(
                "it is a root of the ACL tree: it comes with any other resource and cannot be requested by itself",
            )
        } else if releases.iter().any(|release| acl.present(id).contains(release)) {
            finding.reason("Magento looks up resources below Magento_Backend::admin as long as that is the second root, and it is not found there")
        } else if acl.disabled(id).is_empty() {
            finding
                .reason("no acl.xml defines it there: only administrators with access to all resources can make the call")
        } else {
            finding.reason("Magento has it disabled there")
        };
        let elsewhere = self.called.releases() - releases;
        let removal = Help::new("remove the call").removal();
        Some(finding.help(match elsewhere.is_empty() {
            true => removal,
            false => removal.joined(", or ", self.context.narrow_to(elsewhere)),
        }))
    }

    /// Returns true if a route of this module answers the call.
    fn is_own(&self) -> bool {
        let name = self.called.name.split_once(' ');
        let releases = self.resolved.target.releases;
        name.is_some_and(|(method, path)| self.resolved.own_routes.like(method, path, releases).is_some())
    }

    fn free(&self) -> Option<Diagnostic> {
        self.called.is_free().then(|| {
            let finding =
                self.finding(Rule::AnonymousRoute, format!("`{}` needs no permission", self.called.name));
            match Login::of(&self.called.name) {
                None => finding
                    .reason("anyone who can reach the shop can call it (`anonymous` in webapi.xml)")
                    .help(Help::new("remove it, or keep it to document what the integration does").removal()),
                Some(login) => {
                    let user = match login {
                        Login::Administrator => "an administrator",
                        Login::Customer => "a customer",
                    };
                    finding
                        .reason(format!("it returns a token of {user}: calls with it have the permissions of that user, not of the integration"))
                        .help(Help::new("use the integration's own token, and remove the call").removal())
                }
            }
        })
    }

    fn differs(&self) -> Option<Diagnostic> {
        let quoted = |access: &Access| match access {
            Access::Granted(ids) => {
                format!("`{}`", ids.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("` and `"))
            }
            other => other.to_string(),
        };
        let needs = &self.called.needs;
        (needs.len() > 1).then(|| {
            let parts: Vec<ReleaseSet> = needs.iter().map(|need| need.releases).collect();
            let when = self.context.catalog.when(&parts).into_iter();
            let when: Vec<String> = needs
                .iter()
                .zip(when)
                .map(|(need, when)| format!("{} {}", quoted(&need.access), when.replace(" and ", ", ")))
                .collect();
            let message = format!("`{}` needs {}", self.called.name, when.join("; "));
            self.finding(Rule::RoutePermissionsDiffer, message)
                .reason(
                    "all these permissions are requested in every release; Magento ignores those that a release lacks",
                )
                .help("narrow the target if the integration must not get permissions that only some of its releases need")
        })
    }

    /// Returns true if the unchanged permissions still suffice in a later release.
    fn stays_open(&self, access: &Access, later: &Later, release: ReleaseId) -> bool {
        access.is_open_to(self.requested) || {
            let acl = later
                .acl
                .get_or_init(|| resolve::acl(self.context.spec, self.context.catalog, later.releases));
            access.is_open_to(&self.context.catalog.granted(&self.selection.ids, acl, release))
        }
    }

    fn moves_at(&self, later: &Later) -> Option<Diagnostic> {
        let catalog = self.context.catalog;
        let called = ResolvedCall::of(catalog, Some(&self.resolved.own_routes), self.call, later.releases);
        let is_open = |release| called.access(release).is_some_and(|it| self.stays_open(it, later, release));
        let answered = self.called.releases();
        let mut upgrades = later.releases.iter().filter(|&release| Some(release) > answered.first());
        let closed = upgrades.find(|&release| !is_open(release))?;
        let last = answered.iter().take_while(|&release| release < closed).last()?;
        let [from, to] = [last, closed].map(|release| self.context.catalog.release(release).version);
        let message =
            format!("`{}` stops working when the shop is upgraded from {from} to {to}", self.called.name);
        let finding = self.finding(Rule::RouteMovesAt, message);
        Some(match called.access(closed) {
            Some(access) => finding
                .reason(format!("it needs {access} there, which this target does not request"))
                .help(format!(
                    "add {to} to the target before that upgrade; changing the permissions resets the integration"
                )),
            None => finding
                .reason("no route matches it there")
                .help("switch to another call before that upgrade"),
        })
    }

    fn duplicate(&self, first: Option<Range<usize>>) -> Diagnostic {
        self.finding(Rule::DuplicateCall, format!("`{}` is listed twice", self.called.name))
            .related(first, "first here")
            .reason("its permissions are requested once")
            .help(Help::new("remove one of them").removal())
    }
}
