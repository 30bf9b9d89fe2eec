//! Calls and totals as JSON.

use serde_json::{Value, json};

use crate::{
    cli::calls::{Seen, against::CallComparison, logins::Logins, summary::unanswered},
    diag::render::json_document,
    traffic::{Observed, Uncounted},
};

pub(super) fn document(seen: &Seen<'_>, compared: Option<&CallComparison<'_>>) -> Value {
    let tally = &seen.tally;
    let (for_customers, calls): (Vec<&Observed>, _) =
        seen.calls.iter().filter(|call| call.is_answered()).partition(|call| call.is_for_customers());
    let counted = |rows: Vec<(&str, u64)>, name: &str| -> Vec<Value> {
        rows.into_iter().map(|(what, count)| json!({ name: what, "requests": count })).collect()
    };
    let first_broken = tally.first_broken.as_ref().map(|(log, line)| json!({ "log": log, "line": line }));
    let left_out = json!({
        "other_agent": tally.uncounted(Uncounted::OtherAgent),
        "no_agent": tally.uncounted(Uncounted::NoAgent),
        "other_time": tally.uncounted(Uncounted::OtherTime),
        "no_time": tally.uncounted(Uncounted::NoTime),
    });
    let logins = Logins::of(&seen.calls);
    let all = |calls: Vec<&Observed>| -> Vec<Value> { calls.into_iter().map(call).collect() };
    let logins = json!({ "administrator": all(logins.administrator), "customer": all(logins.customer) });
    json_document([
        ("lines", tally.lines.into()),
        ("broken", tally.broken.into()),
        ("first_broken", json!(first_broken)),
        ("too_long", tally.too_long.into()),
        ("requests", tally.requests.into()),
        ("left_out", left_out),
        ("other_agents", counted(tally.other_agents.sorted(), "agent").into()),
        ("calls", all(calls).into()),
        ("for_customers", all(for_customers).into()),
        ("logins", logins),
        ("unanswered", counted(unanswered(seen), "request").into()),
        ("unanswered_others", tally.unknown.others.into()),
        ("check", compared.map(|compared| check(seen, compared)).into()),
    ])
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

fn check(seen: &Seen<'_>, compared: &CallComparison<'_>) -> Value {
    let not_permitted = compared.0.not_permitted.iter().map(|it| {
        let mut call = call(it.observed);
        call["releases"] = seen.catalog.describe(it.releases).into();
        call
    });
    json!({ "not_permitted": not_permitted.collect::<Vec<_>>(), "never_called": compared.0.never_called })
}
