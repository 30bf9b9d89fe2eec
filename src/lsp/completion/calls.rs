//! REST calls.

use lsp_types::CompletionItemKind;
use serde_json::Value;

use super::{own::KnownValues, proposal::Proposal};
use crate::{
    catalog::{Access, Route},
    names::{Mode, ModuleName, PackageName, camel},
    spec::Pointer,
};

/// Words that people use for a method.
const VERBS: [(&str, &str); 4] = [
    ("GET", "get read list search"),
    ("POST", "create add send"),
    ("PUT", "update change set"),
    ("DELETE", "delete remove"),
];

/// Calls of integrations that routes of the target and of the module answer. Those that are put into a queue are proposed if
/// that is typed.
pub(super) fn of_integrations(known: &KnownValues<'_>, typed: &str) -> Vec<Proposal> {
    let is_for_customers = |access: &Access| *access == Access::Customer;
    let own = known.own.methods().filter(|method| method.get("acl").is_none_or(|acl| acl != "self"));
    let modes: &[Mode] =
        if typed.contains("async") || typed.contains("bulk") { &Mode::ALL } else { &[Mode::Direct] };
    all(known, own, modes, |access| !is_for_customers(access) && is_grantable(known, access))
}

/// Returns true if an integration can be granted what a route needs. What the ACL of Adobe Commerce has is not known.
fn is_grantable(known: &KnownValues<'_>, access: &Access) -> bool {
    let acl = known.catalog.shipped_acl(known.draft.releases);
    let is_open = known.draft.json.pointer("/target/edition").is_some();
    is_open || access.ids().all(|id| !known.there(acl.grantable(id)).is_empty())
}

/// Routes that may replace the route of the method at a route.
pub(super) fn replacements(known: &KnownValues<'_>, route: &Pointer) -> Vec<Proposal> {
    let method = route.parent().and_then(|method| known.draft.json.pointer(&method));
    let replaced = method.and_then(|method| method.get("route")?.as_str());
    let own = known.own.methods().filter(|method| method.get("route").and_then(Value::as_str) != replaced);
    let mut all = all(known, own, &[Mode::Direct], |_| true);
    all.retain(|it| it.releases.is_none_or(|there| (known.draft.releases - there).is_empty()));
    all
}

fn all<'o>(
    known: &KnownValues<'_>,
    own: impl Iterator<Item = &'o Value>,
    modes: &[Mode],
    is_fit: impl Fn(&Access) -> bool,
) -> Vec<Proposal> {
    let own = own.filter_map(own_route);
    let routes = known.catalog.routes().iter();
    let routes = routes.flat_map(|route| modes.iter().filter_map(|mode| call(known, route, *mode, &is_fit)));
    own.chain(routes).collect()
}

/// Route of the module, behind others if it is deprecated.
fn own_route(method: &Value) -> Option<Proposal> {
    let route = method.get("route")?.as_str().filter(|route| !route.is_empty())?;
    let deprecated = method.get("deprecated");
    let until = deprecated.and_then(|it| it.as_str().or_else(|| it.get("until")?.as_str()));
    let until = until.map(|until| format!("; deprecated, ends {until}"));
    let instead = method.get("replaced_by").and_then(Value::as_str).filter(|_| deprecated.is_some());
    let instead = instead.map(|instead| format!("; replaced by {instead}"));
    let detail = format!("route of this module{}{}", until.unwrap_or_default(), instead.unwrap_or_default());
    Some(Proposal {
        weight: route.matches('/').count(),
        is_deprecated: deprecated.is_some(),
        is_last: deprecated.is_some(),
        ..Proposal::new(CompletionItemKind::METHOD, route, detail)
    })
}

fn call(
    known: &KnownValues<'_>,
    route: &Route,
    mode: Mode,
    is_fit: impl Fn(&Access) -> bool,
) -> Option<Proposal> {
    if mode != Mode::Direct && route.method == "GET" {
        return None;
    }
    let there = known.there(route.releases());
    let access = route.access(there.last()?).filter(|access| is_fit(access))?;
    let since = route.releases().first().filter(|first| Some(*first) != known.catalog.all().first());
    let since = since.map(|first| format!("; since {}", known.catalog.release(first).version));
    let last = known.catalog.ends_at(route.releases());
    let gone = last.map(|last| format!("; gone after {}", known.catalog.release(last).version));
    let verbs = VERBS.iter().find(|(method, _)| *method == route.method).map_or("", |(_, verbs)| *verbs);
    let text = mode.spelled(&route.method, &route.path);
    let detail = format!("needs {access}{}{}", since.unwrap_or_default(), gone.unwrap_or_default());
    let weight = route.path.matches('/').count();
    let proposal = Proposal::new(CompletionItemKind::METHOD, text, detail).titled(verbs).in_releases(there);
    Some(Proposal { weight, is_deprecated: last.is_some(), ..proposal })
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

/// Parameters in the path of the method that a route leads to, without those that one of its keys has already.
pub(super) fn parameters(known: &KnownValues<'_>, route: &Pointer, without: &str) -> Vec<Proposal> {
    let others = known.own.method_names(route, without);
    let is_free = |name: &&str| others.iter().all(|other| camel(other) != camel(name));
    let names = known.own.path_parameters(route).into_iter().filter(is_free);
    names.map(|name| Proposal::new(CompletionItemKind::VARIABLE, name, "in the path")).collect()
}

/// Parameters that can have a default, each with a place for it.
pub(super) fn defaults(known: &KnownValues<'_>, route: &Pointer) -> Vec<Proposal> {
    let parameters = known.own.optional_parameters(route).into_iter().filter_map(|(name, kind)| {
        let base = kind.trim_end_matches('?');
        let value = match base {
            "bool" => "${1|true,false|}",
            "int" => "${1:0}",
            "float" => "${1:0.0}",
            "string" => "\"$1\"",
            _ if base == "array" || base.ends_with("[]") => "[$1]",
            _ => return None,
        };
        let proposal = Proposal::new(CompletionItemKind::VARIABLE, name, format!("in the body: {kind}"));
        Some(proposal.with_snippet(format!("{name} = {value}")))
    });
    parameters.collect()
}

/// Parameters that a route can set, each with a place for the value.
pub(super) fn set(known: &KnownValues<'_>, route: &Pointer) -> Vec<Proposal> {
    let names = known.own.names_of_tables(route).into_iter();
    let set = |name: String| {
        let snippet = format!("{name} = {{ value = \"${{1:{}}}\" }}", REPLACED[0]);
        Proposal::new(CompletionItemKind::VARIABLE, name, "parameter of this method").with_snippet(snippet)
    };
    names.map(set).collect()
}

/// Values that Magento replaces by those of the caller (docs/magento/web-api.md#route-data).
pub(super) const REPLACED: [&str; 2] = ["%customer_id%", "%cart_id%"];
