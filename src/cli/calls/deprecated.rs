//! Deprecated routes of a spec, and who still calls them.

use std::io::{self, Write};

use super::counts;
use crate::{
    names::Route,
    spec::{Spec, api::Deprecation},
    traffic::{Callers, Tally},
};

/// Deprecated route with its callers in the logs.
pub(super) struct DeprecatedRoute<'s> {
    pub(super) route: &'s Route,
    pub(super) deprecation: &'s Deprecation,
    pub(super) replaced_by: Option<&'s Route>,
    pub(super) callers: &'s Callers,
}

/// Deprecated routes of a spec.
pub(super) fn routes(spec: &Spec) -> impl Iterator<Item = (&Route, &Deprecation, Option<&Route>)> {
    let methods = spec.service.iter().flat_map(|service| &service.method);
    methods.filter_map(|it| Some((&it.route, it.deprecated.as_ref()?, it.replaced_by.as_ref())))
}

/// Deprecated routes with what was seen of them, those with callers first.
pub(super) fn seen<'s>(spec: &'s Spec, tally: &'s Tally<'_>) -> Vec<DeprecatedRoute<'s>> {
    let all = routes(spec).filter_map(|(route, deprecation, replaced_by)| {
        let callers = tally.callers.get(route.as_str().trim_end_matches('/'))?;
        Some(DeprecatedRoute { route, deprecation, replaced_by, callers })
    });
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|it| !it.is_called());
    all
}

impl DeprecatedRoute<'_> {
    pub(super) fn is_called(&self) -> bool {
        self.callers.requests + self.callers.logged > 0
    }

    /// Returns true if it has this name, as in webapi.xml.
    pub(super) fn is_route(&self, name: &str) -> bool {
        self.route.as_str().trim_end_matches('/') == name.trim_end_matches('/')
    }

    pub(super) fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let Callers { requests, agents, logged, named } = self.callers;
        let instead = self.replaced_by.map(|route| format!(", replaced by {route}")).unwrap_or_default();
        write!(out, "  \"{}\" # until {}{instead}: ", self.route, self.deprecation.until())?;
        if !self.is_called() {
            return writeln!(out, "no request");
        }
        let mut counts = Vec::new();
        if *requests > 0 {
            counts.push(format!("{} in access logs", counts::count(*requests, "request")));
        }
        if *logged > 0 {
            counts.push(format!("{} logged by the module", counts::count(*logged, "call")));
        }
        writeln!(out, "{}", counts.join(", "))?;
        let rows = named.sorted().into_iter().map(|(name, count)| (name.to_owned(), count));
        let of_agents = agents.sorted().into_iter();
        let of_agents = of_agents.map(|(agent, count)| (format!("user agent {agent}"), count));
        for (who, count) in rows.chain(of_agents) {
            writeln!(out, "{count:>9}  {who}")?;
        }
        let others = named.others + agents.others;
        if others > 0 { writeln!(out, "{others:>9}  others") } else { Ok(()) }
    }
}
