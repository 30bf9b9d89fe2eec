//! Comparison of logs with the permissions of a spec.

use std::io::{self, Write};

use camino::Utf8Path;

use crate::{
    catalog::{Catalog, ReleaseSet, RouteTable},
    cli::calls::{
        Seen, counts,
        deprecated::{self, DeprecatedRoute},
    },
    diag::{Failure, did_you_mean, nearest, plural},
    names::IntegrationName,
    project::ResolvedSpec,
    resolve::Selection,
    spec::Spans,
    traffic::{Allowed, NotPermitted, PermissionGaps},
};

/// Spec to compare with.
pub(super) struct Against {
    spec: ResolvedSpec,
    /// Index of the selected integration; none for all.
    only: Option<usize>,
}

impl Against {
    /// Takes a spec that was read from `path`.
    ///
    /// # Errors
    /// Unknown integration.
    pub(super) fn new(
        scoped: ResolvedSpec,
        only: Option<&IntegrationName>,
        path: &Utf8Path,
    ) -> Result<Self, Failure> {
        let Some(name) = only else { return Ok(Self { spec: scoped, only: None }) };
        let names: Vec<&str> = scoped.spec.integration.iter().map(|it| it.name.as_str()).collect();
        let only = names.iter().position(|known| *known == name.as_str()).ok_or_else(|| {
            let near = did_you_mean(meant(name.as_str(), &names).as_slice());
            let help = near.unwrap_or_else(|| format!("it has \"{}\"", names.join("\", \"")));
            format!("{path} has no integration `{name}`; {help}")
        })?;
        Ok(Self { spec: scoped, only: Some(only) })
    }

    /// Index of the selected integration, or of the only one.
    pub(super) fn one(&self) -> Result<usize, Failure> {
        let names: Vec<&str> = self.spec.spec.integration.iter().map(|it| it.name.as_str()).collect();
        match (self.only, names.len()) {
            (Some(at), _) => Ok(at),
            (None, 1) => Ok(0),
            (None, count) => Err(format!(
                "the spec has {count} integrations; name the one that made the calls: --integration \"{}\"",
                names.join("\" or --integration \"")
            )
            .into()),
        }
    }

    /// Name and permissions of an integration.
    pub(super) fn integration(&self, at: usize) -> (String, Option<&Selection>) {
        let name = self.spec.spec.integration.get(at).map(|it| it.name.to_string());
        (name.unwrap_or_default(), self.spec.resolved.selections.get(at))
    }

    /// Places in the text of the spec.
    pub(super) fn spans(&self) -> &Spans {
        &self.spec.spans
    }

    /// Catalog of its releases.
    pub(super) fn catalog(&self) -> &Catalog {
        self.spec.catalog()
    }

    /// Releases of its target.
    pub(super) fn releases(&self) -> ReleaseSet {
        self.spec.resolved.target.releases
    }

    /// Routes of its module.
    pub(super) fn own_routes(&self) -> &RouteTable {
        &self.spec.resolved.own_routes
    }

    pub(super) fn compare<'s>(&'s self, seen: &'s Seen<'_>) -> CallComparison<'s> {
        let all = &self.spec.resolved.selections;
        let selections: Vec<&Selection> =
            self.only.map_or_else(|| all.iter().collect(), |at| all.get(at).into_iter().collect());
        let allowed = Allowed { selections, acl: &self.spec.resolved.acl };
        let mut gaps = PermissionGaps::of(seen.catalog, &seen.calls, &allowed);
        let deprecated = deprecated::seen(&self.spec.spec, &seen.tally);
        // The module may have logged what the access logs lack.
        let is_called = |name: &str| deprecated.iter().any(|it| it.is_called() && it.is_route(name));
        gaps.never_called.retain(|name| !is_called(name));
        CallComparison { gaps, deprecated }
    }

    /// Deprecated routes of its module, as in webapi.xml.
    pub(super) fn deprecated_routes(&self) -> impl Iterator<Item = String> {
        deprecated::routes(&self.spec.spec).map(|(route, ..)| route.to_string())
    }
}

/// Suggests the name that was probably meant. A single letter weighs much in short names.
fn meant<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let is_one_off = |known: &&str| strsim::osa_distance(&name.to_lowercase(), &known.to_lowercase()) <= 1;
    nearest(name, names.iter().copied()).or_else(|| names.iter().copied().find(is_one_off))
}

/// Differences between logs and spec.
pub(super) struct CallComparison<'s> {
    pub(super) gaps: PermissionGaps<'s>,
    /// Deprecated routes of the module.
    pub(super) deprecated: Vec<DeprecatedRoute<'s>>,
}

impl CallComparison<'_> {
    /// Returns true if the logs have a call that is not permitted.
    pub(super) fn has_not_permitted(&self) -> bool {
        !self.gaps.not_permitted.is_empty()
    }

    pub(super) fn print(&self, out: &mut dyn Write, catalog: &Catalog) -> io::Result<()> {
        let PermissionGaps { not_permitted, never_called } = &self.gaps;
        if not_permitted.is_empty() {
            writeln!(out, "every call is permitted")?;
        } else {
            writeln!(out, "called but not permitted: {}", plural(not_permitted.len(), "call"))?;
            for call in not_permitted {
                let observed = call.observed;
                let (name, answers) = (&observed.called.name, counts::answers(observed.answers));
                writeln!(out, "  \"{name}\" # {answers}; needs {}", needs(call, catalog))?;
            }
        }
        if !never_called.is_empty() {
            writeln!(out, "permitted but never called: {}", plural(never_called.len(), "call"))?;
            never_called.iter().try_for_each(|name| writeln!(out, "  \"{name}\""))?;
        }
        if !self.deprecated.is_empty() {
            writeln!(out, "deprecated: {}", plural(self.deprecated.len(), "route"))?;
            self.deprecated.iter().try_for_each(|route| route.print(out))?;
        }
        Ok(())
    }
}

/// Names the permissions that a call lacks, with the releases if not all.
pub(super) fn needs(call: &NotPermitted<'_>, catalog: &Catalog) -> String {
    let called = &call.observed.called;
    let lacking = called.needs.iter().filter(|need| !(need.releases & call.releases).is_empty());
    let needs = lacking.map(|need| need.access.to_string()).collect::<Vec<_>>().join(" or ");
    if call.releases == called.releases() {
        needs
    } else {
        format!("{needs} in {}", catalog.describe(call.releases))
    }
}
