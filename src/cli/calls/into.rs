//! Addition of missing calls to a spec.

use std::{collections::BTreeSet, io};

use camino::Utf8Path;

use super::{Seen, against::Against, array};
use crate::{
    cli::output::{stdout, waiting},
    diag::{Failure, plural},
    spec,
    write::edit,
};

/// Calls that a spec lacks.
pub(super) struct Addition {
    integration: String,
    /// Names of the calls to add.
    pub(super) added: Vec<String>,
    /// Names of those to add as comments: always refused, or not in all releases of the target.
    pub(super) commented: Vec<String>,
    text: String,
}

impl Addition {
    /// Finds the missing calls. `text` is the text of the spec.
    ///
    /// # Errors
    /// Several integrations and none selected.
    pub(super) fn of(seen: &Seen<'_>, against: &Against, text: &str) -> Result<Self, Failure> {
        let at = against.one()?;
        let (integration, selection) = against.integration(at);
        let known: BTreeSet<&str> =
            selection.iter().flat_map(|it| &it.calls).map(|it| it.name.as_str()).collect();
        let (mut added, mut commented, mut lines) = (Vec::new(), Vec::new(), Vec::new());
        for (call, line) in array::entries(&seen.calls, seen.catalog, seen.target) {
            let name = &call.called.name;
            if known.contains(name.as_str()) {
                continue;
            }
            let is_commented = line.starts_with('#') || array::is_lacking(call, seen.target);
            if !is_commented {
                added.push(name.clone());
                lines.push(line);
            } else if !text.contains(&format!("# \"{name}\"")) {
                commented.push(name.clone());
                lines.push(if line.starts_with('#') { line } else { format!("# {line}") });
            }
        }
        let text = if lines.is_empty() {
            text.to_owned()
        } else {
            spec::add_calls(text, against.spans(), at, &lines)
        };
        Ok(Self { integration, added, commented, text })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.commented.is_empty()
    }

    /// Writes the spec.
    pub(super) fn write(&self, path: &Utf8Path) -> Result<(), Failure> {
        if self.is_empty() { Ok(()) } else { Ok(edit(path, &self.text, waiting)?) }
    }

    /// Prints the new lines and what happened.
    pub(super) fn print(&self, path: &Utf8Path, before: &str, is_dry_run: bool) -> io::Result<()> {
        let mut out = stdout();
        if self.is_empty() {
            return out.line(format_args!("nothing to add: `{}` in {path} has all calls", self.integration));
        }
        let old: BTreeSet<&str> = before.lines().collect();
        for line in self.text.lines().filter(|line| !old.contains(line)) {
            out.line(format_args!("+ {line}"))?;
        }
        let verb = if is_dry_run { "would add" } else { "added" };
        let mut parts = Vec::new();
        if !self.added.is_empty() {
            parts.push(plural(self.added.len(), "call"));
        }
        if !self.commented.is_empty() {
            let count = plural(self.commented.len(), "call");
            parts.push(format!(
                "{count} as comments, which were refused or are not in all releases of the target"
            ));
        }
        out.line(format_args!("{verb} to `{}` in {path}: {}", self.integration, parts.join(" and ")))?;
        if is_dry_run { Ok(()) } else { out.line(format_args!("next: magespec check {path}")) }
    }
}
