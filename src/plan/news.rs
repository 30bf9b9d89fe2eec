//! Changes of a module that break nothing, but that others must know of.

use std::collections::BTreeSet;

use crate::{
    model::{Rename, Renames},
    module::{AnnouncedEnd, Promises, RoutePromise, route_access},
};

/// Change that others must know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// True if what worked before no longer does.
    pub is_breaking: bool,
    /// Kind of its subject: `integration`, `route`, `data`, `topic`, `webhooks`, `setting` or `table`.
    pub kind: &'static str,
    /// Stable name for programs.
    pub code: &'static str,
    /// Subject: an integration, a route, an interface, a topic, a path or a table.
    pub subject: String,
    /// Predicate of the subject, without a full stop.
    pub message: String,
}

impl Notice {
    /// Sign in front of it.
    #[must_use]
    pub fn symbol(&self) -> &'static str {
        match self.code {
            code if code.ends_with("-gone") || code.ends_with("-removed") => "-",
            code if code.ends_with("-added") => "+",
            _ => "~",
        }
    }
}

/// Lists what is new or announced, and what went as announced: everything besides the breaking changes.
pub(super) fn news(before: &Promises, after: &Promises, renames: &Renames, moved: &[Rename]) -> Vec<Notice> {
    let notice = |kind, code, subject: String, message: String| Notice {
        is_breaking: false,
        kind,
        code,
        subject,
        message,
    };
    let mut all = Vec::new();
    for (route, was) in before.routes.iter().filter(|(route, _)| after.route(route).is_none()) {
        // Others are breaking changes.
        if let Some(end) = was.deprecation.as_ref().filter(|end| end.is_over()) {
            let message = format!("was removed, as announced for {}", end.until);
            all.push(notice("route", "route-removed", route.to_string(), message));
        }
    }
    for (route, is) in &after.routes {
        let said: Vec<(&str, String)> = match before.route(route) {
            None => vec![("route-added", added(is))],
            Some((name, was)) => {
                let relaxed = was.changes(name, is, route, renames).harmless;
                let relaxed = (!relaxed.is_empty()).then(|| ("route-relaxed", relaxed.join("; ")));
                let end = deprecation(was.deprecation.as_ref(), is.deprecation.as_ref());
                end.into_iter().chain(relaxed).collect()
            }
        };
        all.extend(said.into_iter().map(|(code, message)| notice("route", code, route.to_string(), message)));
    }
    for (data, changes) in before.data_changes(after) {
        if !changes.harmless.is_empty() {
            all.push(notice(
                "data",
                "data-extended",
                data,
                format!("changed: {}", changes.harmless.join("; ")),
            ));
        }
    }
    for (topic, is) in &after.topics {
        let changes = before.topics.get(topic).map(|was| was.changes(is).harmless).unwrap_or_default();
        if !changes.is_empty() {
            let message = format!("changed: {}", changes.join("; "));
            all.push(notice("topic", "topic-extended", topic.clone(), message));
        }
    }
    let renamed: BTreeSet<&String> = renames.topics.values().collect();
    let is_new = |topic: &String| !before.topics.contains_key(topic) && !renamed.contains(topic);
    for (topic, promise) in after.topics.iter().filter(|(topic, _)| is_new(topic)) {
        let fields: Vec<String> =
            promise.fields.iter().map(|(path, field)| format!("{path} ({})", field.kind)).collect();
        all.push(notice(
            "topic",
            "topic-added",
            topic.clone(),
            format!("is new, with {}", fields.join(", ")),
        ));
    }
    all.extend(moved.iter().map(|Rename { former, present }| {
        let message = format!("is now {present}: setup:upgrade moves what was saved");
        notice("setting", "setting-renamed", former.clone(), message)
    }));
    all
}

/// Says what a new route needs, takes and returns.
fn added(is: &RoutePromise) -> String {
    let needs = is.access.iter().map(|id| route_access(id)).collect::<Vec<_>>().join(" and ");
    let method = is.method.as_ref().map(|method| format!(", {method}"));
    let ends = is.deprecation.as_ref().map(|end| format!("; it may be removed from {} on", end.until));
    format!("is new: it needs {needs}{}{}", method.unwrap_or_default(), ends.unwrap_or_default())
}

fn deprecation(was: Option<&AnnouncedEnd>, is: Option<&AnnouncedEnd>) -> Option<(&'static str, String)> {
    let instead = |end: &AnnouncedEnd| match &end.replaced_by {
        Some(route) => format!("; call {route} instead"),
        None => String::new(),
    };
    match (was, is) {
        (None, Some(end)) => Some((
            "route-deprecated",
            format!("is deprecated and may be removed from {} on{}", end.until, instead(end)),
        )),
        (Some(_), None) => Some(("route-kept", "is no longer deprecated".to_owned())),
        // An earlier day is a breaking change.
        (Some(was), Some(is)) if is.until > was.until => Some((
            "route-postponed",
            format!("may be removed from {} on, not from {}{}", is.until, was.until, instead(is)),
        )),
        (Some(was), Some(is)) if is.replaced_by != was.replaced_by => Some(match &is.replaced_by {
            Some(route) => {
                ("route-replaced", format!("may be removed from {} on; call {route} instead", is.until))
            }
            None => (
                "route-deprecated",
                format!("no longer names a replacement; it may be removed from {} on", is.until),
            ),
        }),
        (Some(was), Some(is)) if is.since != was.since => {
            let said = match &is.since {
                Some(since) => {
                    format!("is deprecated since {since}, and may be removed from {} on", is.until)
                }
                None => format!(
                    "no longer says since when it is deprecated; it may be removed from {} on",
                    is.until
                ),
            };
            Some(("route-deprecated", said))
        }
        _ => None,
    }
}
