//! Calls and resources that a new spec grants.

use camino::Utf8PathBuf;

use crate::{
    catalog::{Catalog, Constraint},
    cli::{
        arguments::within,
        calls::{array, logs::find_logs, observe},
    },
    diag::Failure,
    names::{AclId, Call},
    traffic::{Filter, Keys, Tally},
};

/// Calls and resources, as lines of their lists.
pub(super) struct Grants {
    /// Lines with a call each, a comma and perhaps a comment.
    pub(super) calls: Vec<String>,
    pub(super) resources: Vec<AclId>,
}

impl Grants {
    /// Takes the given calls, and adds those in the logs of requests by the agents.
    pub(super) fn of(
        calls: Vec<Call>,
        resources: Vec<AclId>,
        (logs, agents): (&[Utf8PathBuf], Vec<String>),
        catalog: &Catalog,
        target: &Constraint,
    ) -> Result<Self, Failure> {
        let mut lines: Vec<String> = calls.iter().map(|call| format!("{},", quoted(call.as_str()))).collect();
        if !logs.is_empty() {
            let releases = within(catalog, target)?;
            let keys = Keys::default();
            let filter = Filter { agents, since: None, until: None };
            let seen = observe(&find_logs(logs)?, Tally::new(catalog, filter, &keys))?;
            let seen = seen.observed(catalog, releases);
            let is_new = |line: &String| !lines.iter().any(|given| line.starts_with(given.as_str()));
            let found: Vec<String> = array::lines(&seen, catalog, Some(releases)).filter(is_new).collect();
            lines.extend(found);
        }
        Ok(Self { calls: lines, resources })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty() && self.resources.is_empty()
    }
}

/// Text as a TOML string.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
