//! Changes as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::ModuleChanges;
use crate::plan::Notice;

/// Changes that callers of routes, receivers of webhooks and others need to know of.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonChanges<'a> {
    /// Earlier state, as given in `--from`; `the files on disk` without it.
    from: &'a str,
    /// Modules of the specs.
    modules: Vec<ChangedModule<'a>>,
}

/// Module with its changes.
#[derive(Serialize, JsonSchema)]
struct ChangedModule<'a> {
    /// Name of the module.
    module: &'a str,
    /// True if a change breaks something.
    breaking: bool,
    /// Changes, those that break something first.
    changes: Vec<JsonNotice<'a>>,
}

/// Change of a promise to others.
#[derive(Serialize, JsonSchema)]
struct JsonNotice<'a> {
    /// True if what worked before no longer does.
    breaking: bool,
    /// Kind of the subject.
    #[schemars(extend("enum" = ["integration", "route", "data", "webhooks", "topic", "setting", "table"]))]
    kind: &'static str,
    /// Code of the change, such as `route-gone`, `route-deprecated` or `permissions-lost`.
    code: &'static str,
    /// Subject: an integration, a route, an interface, the path of all webhooks, a topic, the path of a setting or a table.
    subject: &'a str,
    /// Predicate of the subject.
    message: &'a str,
}

pub(super) fn document<'a>(all: &'a [ModuleChanges<'_>], from: &'a str) -> JsonChanges<'a> {
    let modules = all.iter().map(|changes| ChangedModule {
        module: changes.module.as_str(),
        breaking: changes.notices.iter().any(|notice| notice.is_breaking),
        changes: changes.notices.iter().map(notice).collect(),
    });
    JsonChanges { from, modules: modules.collect() }
}

fn notice(notice: &Notice) -> JsonNotice<'_> {
    JsonNotice {
        breaking: notice.is_breaking,
        kind: notice.kind,
        code: notice.code,
        subject: &notice.subject,
        message: &notice.message,
    }
}
