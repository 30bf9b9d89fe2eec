//! Logs against what a spec permits.

use std::io::{self, Write};

use camino::Utf8Path;

use super::{Seen, words};
use crate::{
    catalog::{Catalog, ReleaseSet, Selection},
    check::{Scope, check},
    cli::{
        Outcome,
        common::{plural, print, read},
        fail,
    },
    diag::{Diagnostic, Level, Report, did_you_mean, nearest, render::Format},
    names::IntegrationName,
    spec::load,
    traffic::{Allowed, Comparison, NotPermitted},
};

/// A spec to compare with.
pub(super) struct Against {
    scope: Scope,
    /// The place of the integration that is asked for; none for all.
    only: Option<usize>,
}

/// Why there is nothing to compare with.
pub(super) enum Refusal {
    /// The spec has errors.
    Findings(Report),
    /// It has no such integration.
    Message(String),
}

impl Refusal {
    pub(super) fn tell(self) -> io::Result<Outcome> {
        match self {
            Self::Findings(report) => print(&mut anstream::stderr(), Format::Human, &[report]),
            Self::Message(message) => fail(message),
        }
    }
}

impl Against {
    /// Reads a spec.
    pub(super) fn read(
        path: &Utf8Path,
        only: Option<&IntegrationName>,
        catalog: &Catalog,
    ) -> Result<Self, Refusal> {
        let source = read(path).map_err(Refusal::Findings)?;
        let loaded = load(&source);
        let checked = check(&loaded, catalog);
        let mut findings = checked.findings;
        let is_error = |finding: &Diagnostic| finding.level == Level::Error;
        let (Some(spec), Some(scope), false) = (&loaded.spec, checked.scope, findings.iter().any(is_error))
        else {
            findings.retain(is_error);
            return Err(Refusal::Findings(Report::new(source, findings)));
        };
        let only = match only {
            None => None,
            Some(name) => {
                let names = spec.integration.iter().map(|integration| integration.name.as_str());
                let place = names.clone().position(|known| known == name.as_str());
                Some(place.ok_or_else(|| {
                    let near = did_you_mean(nearest(name.as_str(), names.clone()).as_slice());
                    let all = || format!("it has \"{}\"", names.collect::<Vec<_>>().join("\", \""));
                    let help = near.unwrap_or_else(all);
                    Refusal::Message(format!("{path} has no integration `{name}`; {help}"))
                })?)
            }
        };
        Ok(Self { scope, only })
    }

    /// The releases of its target.
    pub(super) fn releases(&self) -> ReleaseSet {
        self.scope.target.releases
    }

    pub(super) fn compare<'s>(&'s self, seen: &'s Seen<'_>) -> Compared<'s> {
        let all = &self.scope.selections;
        let selections: Vec<&Selection> =
            self.only.map_or_else(|| all.iter().collect(), |at| all.get(at).into_iter().collect());
        let allowed = Allowed { selections, acl: &self.scope.acl };
        Compared(Comparison::of(seen.catalog, &seen.calls, &allowed))
    }
}

/// How logs and spec differ.
pub(super) struct Compared<'s>(pub(super) Comparison<'s>);

impl Compared<'_> {
    /// Whether a call was seen that is not permitted.
    pub(super) fn has_not_permitted(&self) -> bool {
        !self.0.not_permitted.is_empty()
    }

    pub(super) fn print(&self, out: &mut dyn Write, catalog: &Catalog) -> io::Result<()> {
        let Comparison { not_permitted, never_called } = &self.0;
        if not_permitted.is_empty() {
            writeln!(out, "every call is permitted")?;
        } else {
            writeln!(out, "called but not permitted: {}", plural(not_permitted.len(), "call"))?;
            for call in not_permitted {
                let observed = call.observed;
                let (name, answers) = (&observed.called.name, words::answers(observed.answers));
                writeln!(out, "  \"{name}\" # {answers}; needs {}", needs(call, catalog))?;
            }
        }
        if !never_called.is_empty() {
            writeln!(out, "permitted but never called: {}", plural(never_called.len(), "call"))?;
            never_called.iter().try_for_each(|name| writeln!(out, "  \"{name}\""))?;
        }
        Ok(())
    }
}

/// What a call needs where it is not permitted, and in which releases if that is not all.
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
