//! All of it in one document with a versioned shape.

use serde_json::{Value, json};

use super::{Seen, against::Compared, summary::unanswered};
use crate::traffic::{LeftOut, Observed};

/// The version of the document's shape; raised when something in it changes or goes, not when something is added.
const VERSION: u32 = 1;

pub(super) fn document(seen: &Seen<'_>, compared: Option<&Compared<'_>>) -> Value {
    let tally = &seen.tally;
    let (for_customers, calls): (Vec<&Observed>, _) =
        seen.calls.iter().filter(|call| call.is_answered()).partition(|call| call.is_for_customers());
    let counted = |rows: Vec<(&str, u64)>, name: &str| -> Vec<Value> {
        rows.into_iter().map(|(what, count)| json!({ name: what, "requests": count })).collect()
    };
    let first_broken = tally.first_broken.as_ref().map(|(log, line)| json!({ "log": log, "line": line }));
    json!({
        "version": VERSION,
        "lines": tally.lines,
        "broken": tally.broken,
        "first_broken": first_broken,
        "too_long": tally.too_long,
        "requests": tally.requests,
        "left_out": {
            "other_agent": tally.left_out(LeftOut::OtherAgent),
            "no_agent": tally.left_out(LeftOut::NoAgent),
            "other_time": tally.left_out(LeftOut::OtherTime),
            "no_time": tally.left_out(LeftOut::NoTime),
        },
        "other_agents": counted(tally.other_agents.sorted(), "agent"),
        "calls": calls.into_iter().map(call).collect::<Vec<_>>(),
        "for_customers": for_customers.into_iter().map(call).collect::<Vec<_>>(),
        "unanswered": counted(unanswered(seen), "request"),
        "unanswered_others": tally.unknown.others,
        "check": compared.map(|compared| check(seen, compared)),
    })
}

fn call(observed: &Observed) -> Value {
    let answers = observed.answers;
    json!({
        "call": observed.called.name,
        "requests": answers.all,
        "refused": answers.refused,
        "not_found": answers.not_found,
        "failed": answers.failed,
        "needs": observed.called.ids(),
    })
}

fn check(seen: &Seen<'_>, compared: &Compared<'_>) -> Value {
    let not_permitted = compared.0.not_permitted.iter().map(|it| {
        let mut call = call(it.observed);
        call["releases"] = seen.catalog.describe(it.releases).into();
        call
    });
    json!({ "not_permitted": not_permitted.collect::<Vec<_>>(), "never_called": compared.0.never_called })
}
