//! Summary of the log lines for people.

use std::io::{self, Write};

use crate::{
    cli::calls::{Seen, counts, logins::Logins},
    diag::plural,
    traffic::{LONGEST_LINE, Uncounted},
};

/// Maximum number of rows in a list; JSON has them all.
const ROWS: usize = 20;

/// Writes the summary.
pub(super) fn print(out: &mut dyn Write, seen: &Seen<'_>) -> io::Result<()> {
    let tally = &seen.tally;
    let requests = counts::count(tally.requests, "request");
    let lines = counts::count(tally.lines, "line");
    let logged: u64 = tally.callers.values().map(|callers| callers.logged).sum();
    let of_apis = tally.requests + tally.soap + tally.graphql;
    let others = tally.lines.saturating_sub(of_apis + logged + tally.broken + tally.too_long);
    let others =
        if others > 0 { format!(", {}", counts::count(others, "other line")) } else { String::new() };
    writeln!(out, "{lines} of {}: {requests} to the REST API{others}", plural(seen.logs.len(), "log"))?;
    if logged > 0 {
        writeln!(out, "{} logged by the module", counts::count(logged, "call"))?;
    }
    if tally.requests == 0 && logged == 0 {
        writeln!(out, "no line looks like a REST call: expected a path with /rest/, or `METHOD /V1/…`")?;
    }
    for (requests, api, path) in [(tally.soap, "SOAP", "/soap/"), (tally.graphql, "GraphQL", "/graphql")] {
        if requests > 0 {
            let requests = counts::count(requests, "request");
            writeln!(out, "{requests} to {api} ({path}), which `calls` does not cover")?;
        }
    }
    let uncounted = uncounted(seen);
    if !uncounted.is_empty() {
        writeln!(out, "skipped: {uncounted}")?;
    }
    if tally.requests > 0
        && Uncounted::ALL.map(|reason| tally.uncounted(reason)).iter().sum::<u64>() == tally.requests
    {
        list(out, "skipped user agents:", &tally.other_agents.sorted(), tally.other_agents.others)?;
    }
    let agents = tally.agents.sorted();
    if agents.len() > 1 {
        list(out, "user agents of these requests (--agent selects):", &agents, tally.agents.others)?;
    }
    let logins = Logins::of(&seen.calls);
    let customers = seen.calls.iter().filter(|call| call.is_for_customers());
    let customers: Vec<_> = customers.map(|call| (call.called.name.as_str(), call.answers.all)).collect();
    list(out, "customer-only routes (never open to integrations):", &customers, 0)?;
    for (user, calls) in [("an administrator", &logins.administrator), ("a customer", &logins.customer)] {
        let requests: u64 = calls.iter().map(|call| call.answers.all).sum();
        if requests > 0 {
            let calls: Vec<&str> = calls.iter().map(|call| call.called.name.as_str()).collect();
            writeln!(
                out,
                "{} to {} logged in as {user}: the calls that follow use that user's permissions, not an integration's",
                counts::count(requests, "request"),
                calls.join(" and "),
            )?;
        }
    }
    list(out, "no matching route:", &unanswered(seen), tally.unknown.others)?;
    let refused: u64 = seen.calls.iter().map(|call| call.answers.refused).sum();
    if refused > 0 {
        let refused = counts::count(refused, "request");
        writeln!(
            out,
            "refused with 401 or 403: {refused}; a permission may be missing, or the token may be invalid"
        )?;
    }
    if let Some(first) = &tally.first_broken {
        writeln!(out, "{}", counts::unreadable(tally.broken, first))?;
    }
    if tally.too_long > 0 {
        let lines = counts::count(tally.too_long, "line");
        writeln!(out, "skipped: {lines} longer than {LONGEST_LINE} bytes")?;
    }
    Ok(())
}

/// Lists the requests without a matching route, most frequent first: routes that are not in the catalog, or only in other
/// releases.
pub(super) fn unanswered<'s>(seen: &'s Seen<'_>) -> Vec<(&'s str, u64)> {
    let elsewhere = seen.calls.iter().filter(|call| !call.is_answered());
    let mut all: Vec<_> = elsewhere.map(|call| (call.called.name.as_str(), call.answers.all)).collect();
    all.extend(seen.tally.unknown.sorted());
    all.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    all
}

fn uncounted(seen: &Seen<'_>) -> String {
    let words = |reason| match reason {
        Uncounted::OtherAgent => "from other user agents",
        Uncounted::NoAgent => "without a user agent (only the combined format and JSON have it)",
        Uncounted::OtherTime => "outside of the time range",
        Uncounted::NoTime => "without a readable time",
        Uncounted::NoCall => "with OPTIONS or HEAD",
    };
    let counts = Uncounted::ALL.map(|reason| (seen.tally.uncounted(reason), words(reason)));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

fn list(out: &mut dyn Write, head: &str, rows: &[(&str, u64)], others: u64) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "{head}")?;
    for (what, count) in rows.iter().take(ROWS) {
        writeln!(out, "{count:>9}  {what}")?;
    }
    let more: u64 = rows.iter().skip(ROWS).map(|(_, count)| count).sum::<u64>() + others;
    if more > 0 {
        writeln!(out, "{more:>9}  others; use --format json to list more")?;
    }
    Ok(())
}
