//! Calls as the `calls` array of a spec.

use std::io::{self, Write};

use crate::{
    catalog::{Catalog, ReleaseSet},
    cli::calls::{Seen, counts},
    traffic::Observed,
};

/// Writes `calls = […]`.
pub(super) fn print(out: &mut dyn Write, seen: &Seen<'_>) -> io::Result<()> {
    let mut lines = lines(&seen.calls, seen.catalog, seen.target).peekable();
    if lines.peek().is_none() {
        return writeln!(out, "calls = []");
    }
    writeln!(out, "calls = [")?;
    for line in lines {
        writeln!(out, "  {line}")?;
    }
    writeln!(out, "]")
}

/// Lines of the array. Calls that were always refused are commented out, so that pasting the array does not grant
/// anything new by accident.
pub(in crate::cli) fn lines<'a>(
    calls: &'a [Observed],
    catalog: &'a Catalog,
    target: Option<ReleaseSet>,
) -> impl Iterator<Item = String> + 'a {
    entries(calls, catalog, target).map(|(_, line)| line)
}

/// Calls with their lines.
pub(super) fn entries<'a>(
    calls: &'a [Observed],
    catalog: &'a Catalog,
    target: Option<ReleaseSet>,
) -> impl Iterator<Item = (&'a Observed, String)> + 'a {
    let calls = calls.iter().filter(|call| call.is_answered() && !call.is_for_customers());
    calls.map(move |call| {
        let hash = if call.answers.are_refusals() { "# " } else { "" };
        let notes = notes(call, catalog, target);
        (call, format!("{hash}\"{}\", # {}{notes}", call.called.name, counts::answers(call.answers)))
    })
}

/// Returns true if a release of the target lacks the call.
pub(super) fn is_lacking(call: &Observed, target: Option<ReleaseSet>) -> bool {
    lacking(call, target) != ReleaseSet::default()
}

fn lacking(call: &Observed, target: Option<ReleaseSet>) -> ReleaseSet {
    target.unwrap_or_default() - call.called.releases()
}

fn notes(call: &Observed, catalog: &Catalog, target: Option<ReleaseSet>) -> String {
    let mut notes = String::new();
    if call.called.is_free() {
        notes += "; needs no permission";
    }
    let lacking = lacking(call, target);
    if lacking != ReleaseSet::default() {
        notes += &format!("; not in {}", catalog.describe(lacking));
    }
    notes
}
