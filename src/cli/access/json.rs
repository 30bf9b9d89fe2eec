//! Access as JSON.

use serde_json::{Value, json};

use crate::{cli::access::subject::Subject, diag::render::json_document, resolve::OpenRoute};

/// Renders the document. It includes everything that holds in any release of the target.
pub(super) fn document(subjects: &[Subject<'_>]) -> Value {
    json_document([("integrations", subjects.iter().map(integration).collect())])
}

fn integration(subject: &Subject<'_>) -> Value {
    let route = |it: &OpenRoute<'_>| {
        json!({
            "method": it.route.method,
            "path": it.route.path,
            "needs": it.route.ids(it.releases),
            "asked_for": it.asked_for.is_some(),
        })
    };
    json!({
        "name": subject.integration.name.as_str(),
        "not_verified": subject.catalog.unverified_runs(subject.resolved.target.releases),
        "requested": subject.requested(),
        "derived": subject.derived(),
        "implied": subject.implied(),
        "effective": subject.reach.granted.keys().collect::<Vec<_>>(),
        "unpublished": subject.unpublished().map(|(call, _)| call).collect::<Vec<_>>(),
        "routes": subject.reach.routes.iter().map(route).collect::<Vec<_>>(),
    })
}
