//! Notices for the other side: what callers of routes, receivers of webhooks and others must know of a change.

use std::collections::BTreeMap;

use super::{Action, Break, Cause, ModulePlan, Notice, Planned, render::bracketed};
use crate::{catalog::ReleaseSet, diag::plural, module::RouteName};

/// Kinds in the order of the notices.
const KINDS: [&str; 7] = ["integration", "route", "data", "webhooks", "topic", "setting", "table"];

/// Greatest number of names that a notice lists.
const MOST_NAMES: usize = 10;

/// Lists what others must know of the change, what breaks first.
#[must_use]
pub fn notices(plan: &ModulePlan<'_>) -> Vec<Notice> {
    let mut all: Vec<Notice> =
        plan.integrations().flat_map(|planned| of_integration(plan, planned)).collect();
    // Console commands are for those who run the shop.
    let breaks = plan.breaks.iter().filter(|it| !matches!(it, Break::CommandsGone { .. }));
    all.extend(breaks.map(of_break));
    all.extend(plan.news.iter().cloned());
    all.sort_by_key(|it| (!it.is_breaking, KINDS.iter().position(|kind| *kind == it.kind)));
    all
}

fn of_break(broken: &Break) -> Notice {
    Notice {
        is_breaking: true,
        kind: broken.kind(),
        code: broken.code(),
        subject: broken.subject(),
        message: broken.message(),
    }
}

/// Notices on what an integration may do, and on its credentials.
fn of_integration(plan: &ModulePlan<'_>, planned: &Planned) -> Vec<Notice> {
    let notice = |is_breaking, code, message: String| Notice {
        is_breaking,
        kind: "integration",
        code,
        subject: planned.name.clone(),
        message,
    };
    match planned.action() {
        Action::Create => {
            let permissions = plural(planned.permissions.gained.len(), "permission");
            let routes = plural(planned.routes.gained.len(), "route");
            let message = format!(
                "is new, with {permissions} for {routes}: it has no credentials until someone activates it"
            );
            return vec![notice(false, "integration-added", message)];
        }
        Action::Orphan => {
            let message = "is no longer declared: its credentials work until someone removes it".to_owned();
            return vec![notice(false, "integration-removed", message)];
        }
        Action::Delete => {
            let message = "is deleted: its key, secret and tokens stop working".to_owned();
            return vec![notice(planned.is_retired(), "credentials-lost", message)];
        }
        _ => {}
    }
    let mut all = Vec::new();
    for reason in &planned.reasons {
        if let Cause::Renamed { from, .. } = &reason.cause {
            let message = format!("was named {from}{}", bracketed(plan, reason.releases));
            all.push(notice(false, "integration-renamed", message));
        }
    }
    let is_caused = planned.reasons.iter().any(|reason| reason.cause != Cause::AlwaysResets);
    if let Some(releases) = planned.actions.get(&Action::Reset).filter(|_| is_caused) {
        let when = bracketed(plan, *releases);
        let message = format!(
            "loses its key, secret and tokens{when}: enter new ones once it has been activated again"
        );
        all.push(notice(true, "credentials-lost", message));
    }
    let routes = |all: &BTreeMap<RouteName, ReleaseSet>| {
        names(all.iter().map(|(route, releases)| format!("{route}{}", bracketed(plan, *releases))))
    };
    let ids = |all: &BTreeMap<String, ReleaseSet>| {
        names(all.iter().map(|(id, releases)| format!("{id}{}", bracketed(plan, *releases))))
    };
    if !planned.permissions.lost.is_empty() {
        let lost = &planned.routes.lost;
        let calls = if lost.is_empty() {
            String::new()
        } else {
            format!(", and can no longer call {}", routes(lost))
        };
        let message = format!("loses {}{calls}", ids(&planned.permissions.lost));
        all.push(notice(!lost.is_empty(), "permissions-lost", message));
    }
    if !planned.permissions.gained.is_empty() {
        let gained = &planned.routes.gained;
        let calls =
            if gained.is_empty() { String::new() } else { format!(", and can now call {}", routes(gained)) };
        let message = format!("gains {}{calls}", ids(&planned.permissions.gained));
        all.push(notice(false, "permissions-gained", message));
    }
    all
}

fn names(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.collect();
    let shown = all.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
