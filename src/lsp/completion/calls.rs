//! REST calls.

use lsp_types::CompletionItemKind;

use super::{own::KnownValues, proposal::Proposal};
use crate::{
    catalog::Route,
    names::{Mode, ModuleName, PackageName},
    spec::Pointer,
};

/// Words that people use for a method.
const VERBS: [(&str, &str); 4] = [
    ("GET", "get read list search"),
    ("POST", "create add send"),
    ("PUT", "update change set"),
    ("DELETE", "delete remove"),
];

/// Calls that routes of the target and of the module answer. Those that are put into a queue are proposed if that is typed.
pub(super) fn all(known: &KnownValues<'_>, typed: &str) -> Vec<Proposal> {
    let own = known.own.routes();
    let own = own.map(|route| Proposal {
        weight: route.matches('/').count(),
        ..Proposal::new(CompletionItemKind::METHOD, route, "route of this module")
    });
    let modes: &[Mode] =
        if typed.contains("async") || typed.contains("bulk") { &Mode::ALL } else { &[Mode::Direct] };
    let routes = known.catalog.routes().iter();
    let routes = routes.flat_map(|route| modes.iter().filter_map(|mode| call(known, route, *mode)));
    own.chain(routes).collect()
}

fn call(known: &KnownValues<'_>, route: &Route, mode: Mode) -> Option<Proposal> {
    if mode != Mode::Direct && route.method == "GET" {
        return None;
    }
    let there = known.there(route.releases());
    let access = route.access(there.last()?)?;
    let since = route.releases().first().filter(|first| Some(*first) != known.catalog.all().first());
    let since = since.map(|first| format!("; since {}", known.catalog.release(first).version));
    let verbs = VERBS.iter().find(|(method, _)| *method == route.method).map_or("", |(_, verbs)| *verbs);
    let text = mode.spelled(&route.method, &route.path);
    let detail = format!("needs {access}{}", since.unwrap_or_default());
    let weight = route.path.matches('/').count();
    let proposal = Proposal::new(CompletionItemKind::METHOD, text, detail).titled(verbs).in_releases(there);
    Some(Proposal { weight, ..proposal })
}

/// Beginning of a route of the module.
pub(super) fn new(known: &KnownValues<'_>) -> Vec<Proposal> {
    let Ok(module) = ModuleName::new(known.own.module()) else { return Vec::new() };
    let name = PackageName::from(&module).as_str().replace("/module-", "-");
    let methods = ["GET", "POST", "PUT", "DELETE"];
    let route = |method| {
        Proposal::new(CompletionItemKind::METHOD, format!("{method} /V1/{name}/"), "route of this module")
    };
    methods.map(route).to_vec()
}

/// Parameters in the path of the route of the method that a route leads to.
pub(super) fn parameters(known: &KnownValues<'_>, route: &Pointer) -> Vec<Proposal> {
    let mut method = Some(route.clone());
    while let Some(at) = &method {
        if let Some(path) = known.draft.json.pointer(at).and_then(|it| it.get("route")?.as_str()) {
            let names = path.split('/').filter_map(|step| step.strip_prefix(':'));
            return names
                .map(|name| Proposal::new(CompletionItemKind::VARIABLE, name, "in the path"))
                .collect();
        }
        method = at.parent();
    }
    Vec::new()
}
