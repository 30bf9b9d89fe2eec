//! Calls and totals as JSON.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::calls::{
        Seen, against::CallComparison, deprecated::DeprecatedRoute, into::Addition, logins::Logins,
        summary::unanswered,
    },
    traffic::{Observed, Uncounted},
};

/// REST calls in access logs.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonCalls<'a> {
    /// Lines of all logs.
    lines: u64,
    /// Lines with `/rest` that cannot be read.
    broken: u64,
    /// The first of them; null if there is none.
    first_broken: Option<BrokenLine<'a>>,
    /// Lines that are too long to be read.
    too_long: u64,
    /// Requests to the REST API, including those left out.
    requests: u64,
    /// Requests to the SOAP API.
    soap: u64,
    /// Requests to the GraphQL API.
    graphql: u64,
    /// Requests that were left out, by reason.
    left_out: LeftOut,
    /// User agents whose requests were left out, most frequent first.
    other_agents: Vec<AgentCount<'a>>,
    /// Calls that an integration can make, by path.
    calls: Vec<JsonCall<'a>>,
    /// Calls to routes for customers only.
    for_customers: Vec<JsonCall<'a>>,
    /// Calls that log in a user, whose permissions hold for what follows.
    logins: JsonLogins<'a>,
    /// Requests without a route in the releases, most frequent first.
    unanswered: Vec<RequestCount<'a>>,
    /// Number of further requests without a route, which are only counted.
    unanswered_others: u64,
    /// Calls added to the spec of `--into`; null without it.
    added: Option<AddedCalls<'a>>,
    /// Comparison with the spec of `--check`; null without it.
    check: Option<CallCheck<'a>>,
}

/// Calls added to a spec.
#[derive(Serialize, JsonSchema)]
struct AddedCalls<'a> {
    /// Calls added as entries.
    calls: &'a [String],
    /// Calls added as comments: always refused, or not in all releases of the target.
    comments: &'a [String],
}

/// Line of a log.
#[derive(Serialize, JsonSchema)]
struct BrokenLine<'a> {
    /// Path of the log.
    log: &'a str,
    /// Number of the line, from 1.
    line: u64,
}

/// Numbers of requests that were left out.
#[derive(Serialize, JsonSchema)]
struct LeftOut {
    /// From another user agent than that of `--agent`.
    other_agent: u64,
    /// Without a user agent.
    no_agent: u64,
    /// Before `--since` or after `--until`.
    other_time: u64,
    /// Without a readable time.
    no_time: u64,
    /// With the method OPTIONS or HEAD.
    options_or_head: u64,
}

/// User agent with its number of requests.
#[derive(Serialize, JsonSchema)]
struct AgentCount<'a> {
    /// The user agent.
    agent: &'a str,
    /// Number of its requests.
    requests: u64,
}

/// Request with its number.
#[derive(Serialize, JsonSchema)]
struct RequestCount<'a> {
    /// Method and path, values masked.
    request: &'a str,
    /// Number of such requests.
    requests: u64,
}

/// Calls that log in a user.
#[derive(Serialize, JsonSchema)]
struct JsonLogins<'a> {
    /// As an administrator.
    administrator: Vec<JsonCall<'a>>,
    /// As a customer.
    customer: Vec<JsonCall<'a>>,
}

/// Observed call.
#[derive(Serialize, JsonSchema)]
struct JsonCall<'a> {
    /// The call, as in `calls` of a spec.
    call: &'a str,
    /// Number of requests.
    requests: u64,
    /// Requests answered with 401 or 403.
    refused: u64,
    /// Requests answered with 404.
    not_found: u64,
    /// Requests that failed otherwise.
    failed: u64,
    /// Resources that it needs.
    needs: BTreeSet<&'a str>,
}

/// Comparison of calls with a spec.
#[derive(Serialize, JsonSchema)]
struct CallCheck<'a> {
    /// Calls that the spec does not permit.
    not_permitted: Vec<ForbiddenCall<'a>>,
    /// Calls of the spec that no log has.
    never_called: &'a [&'a str],
    /// Deprecated routes of the module, those with callers first.
    deprecated: Vec<JsonDeprecated<'a>>,
}

/// Deprecated route and who still calls it.
#[derive(Serialize, JsonSchema)]
struct JsonDeprecated<'a> {
    /// The route, as in the spec.
    route: &'a str,
    /// Day from which it may be removed.
    until: &'a str,
    /// Route to call instead; null if none is given.
    replaced_by: Option<&'a str>,
    /// Requests in access logs.
    requests: u64,
    /// Their user agents, most frequent first.
    agents: Vec<AgentCount<'a>>,
    /// Calls in the log of the module.
    logged: u64,
    /// Callers that it names, most frequent first.
    callers: Vec<CallerCount<'a>>,
}

/// Caller with its number of calls.
#[derive(Serialize, JsonSchema)]
struct CallerCount<'a> {
    /// The caller: `integration "Acme ERP"`, `an administrator`, `a customer` or `a guest`.
    caller: &'a str,
    /// Number of its calls.
    calls: u64,
}

/// Call that a spec does not permit.
#[derive(Serialize, JsonSchema)]
struct ForbiddenCall<'a> {
    #[serde(flatten)]
    call: JsonCall<'a>,
    /// Releases in which it is not permitted.
    releases: String,
}

pub(super) fn document<'a>(
    seen: &'a Seen<'a>,
    compared: Option<&'a CallComparison<'a>>,
    addition: Option<&'a Addition>,
) -> JsonCalls<'a> {
    let tally = &seen.tally;
    let (for_customers, calls): (Vec<&Observed>, _) =
        seen.calls.iter().filter(|call| call.is_answered()).partition(|call| call.is_for_customers());
    let all = |calls: Vec<&'a Observed>| calls.into_iter().map(call).collect();
    let logins = Logins::of(&seen.calls);
    let agents = tally.other_agents.sorted().into_iter();
    let unanswered = unanswered(seen).into_iter();
    JsonCalls {
        lines: tally.lines,
        broken: tally.broken,
        first_broken: tally.first_broken.as_ref().map(|(log, line)| BrokenLine { log, line: *line }),
        too_long: tally.too_long,
        requests: tally.requests,
        soap: tally.soap,
        graphql: tally.graphql,
        left_out: LeftOut {
            other_agent: tally.uncounted(Uncounted::OtherAgent),
            no_agent: tally.uncounted(Uncounted::NoAgent),
            other_time: tally.uncounted(Uncounted::OtherTime),
            no_time: tally.uncounted(Uncounted::NoTime),
            options_or_head: tally.uncounted(Uncounted::NoCall),
        },
        other_agents: agents.map(|(agent, requests)| AgentCount { agent, requests }).collect(),
        calls: all(calls),
        for_customers: all(for_customers),
        logins: JsonLogins { administrator: all(logins.administrator), customer: all(logins.customer) },
        unanswered: unanswered.map(|(request, requests)| RequestCount { request, requests }).collect(),
        unanswered_others: tally.unknown.others,
        added: addition.map(|it| AddedCalls { calls: &it.added, comments: &it.commented }),
        check: compared.map(|compared| check(seen, compared)),
    }
}

fn call(observed: &Observed) -> JsonCall<'_> {
    let answers = observed.answers;
    JsonCall {
        call: &observed.called.name,
        requests: answers.all,
        refused: answers.refused,
        not_found: answers.not_found,
        failed: answers.failed,
        needs: observed.called.ids(),
    }
}

fn check<'a>(seen: &'a Seen<'a>, compared: &'a CallComparison<'a>) -> CallCheck<'a> {
    let not_permitted = compared
        .gaps
        .not_permitted
        .iter()
        .map(|it| ForbiddenCall { call: call(it.observed), releases: seen.catalog.describe(it.releases) });
    CallCheck {
        not_permitted: not_permitted.collect(),
        never_called: &compared.gaps.never_called,
        deprecated: compared.deprecated.iter().map(deprecated).collect(),
    }
}

fn deprecated<'a>(it: &'a DeprecatedRoute<'_>) -> JsonDeprecated<'a> {
    let agents = it.callers.agents.sorted().into_iter();
    let named = it.callers.named.sorted().into_iter();
    JsonDeprecated {
        route: it.route.as_str(),
        until: it.deprecation.until().as_str(),
        replaced_by: it.replaced_by.map(|route| route.as_str()),
        requests: it.callers.requests,
        agents: agents.map(|(agent, requests)| AgentCount { agent, requests }).collect(),
        logged: it.callers.logged,
        callers: named.map(|(caller, calls)| CallerCount { caller, calls }).collect(),
    }
}
