//! Calls as the `calls` array of a spec.

use std::io::{self, Write};

use crate::{
    catalog::ReleaseSet,
    cli::calls::{Seen, counts},
    traffic::Observed,
};

/// Writes `calls = […]`. Calls that were always refused are commented out, so that pasting the array does not grant
/// anything new by accident.
pub(super) fn print(out: &mut dyn Write, seen: &Seen<'_>) -> io::Result<()> {
    let mut calls =
        seen.calls.iter().filter(|call| call.is_answered() && !call.is_for_customers()).peekable();
    if calls.peek().is_none() {
        return writeln!(out, "calls = []");
    }
    writeln!(out, "calls = [")?;
    for call in calls {
        let hash = if call.answers.are_refusals() { "# " } else { "" };
        let name = &call.called.name;
        writeln!(out, "  {hash}\"{name}\", # {}{}", counts::answers(call.answers), notes(call, seen))?;
    }
    writeln!(out, "]")
}

fn notes(call: &Observed, seen: &Seen<'_>) -> String {
    let mut notes = String::new();
    if call.called.is_free() {
        notes += "; needs no permission";
    }
    let lacking = seen.target.unwrap_or_default() - call.called.releases();
    if lacking != ReleaseSet::default() {
        notes += &format!("; not in {}", seen.catalog.describe(lacking));
    }
    notes
}
