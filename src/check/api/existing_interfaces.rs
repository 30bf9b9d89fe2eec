//! Rules on interfaces and classes that the user maintains and that routes of the spec call.

use crate::{
    diag::{Diagnostic, Rule, nearest},
    emit,
    model::{Method, Module},
    names::{ParameterName, snake},
    parsers::php::{self, PhpClass},
    spec::{Pointer, Spans, Spec, api, pointer},
    tree::{Tree, TreePath},
};

/// Compares the routes of each service that the user maintains with its interface on disk.
pub(in crate::check) fn check(
    spec: &Spec,
    spans: &Spans,
    module: &Module,
    tree: &Tree,
    on_disk: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, service) in module.api.services.iter().enumerate() {
        let Some(path) = emit::class_file(module, &service.interface) else { continue };
        if service.is_generated && !tree.is_released(&path) {
            continue;
        }
        let route = pointer!["service", at];
        // A file that is not there may be elsewhere.
        let Some(bytes) = on_disk(&path) else { continue };
        let Some(class) = php::class(&String::from_utf8_lossy(&bytes)) else { continue };
        for (place, method) in service.methods.iter().enumerate() {
            let route = route.key("method").key(place);
            findings.extend(missing(module, &path, &class, method, spans, &route));
            let declared = spec.service.get(at).and_then(|service| service.method.get(place));
            findings.extend(declared.into_iter().flat_map(|it| untaken(&path, &class, it, spans, &route)));
        }
    }
    findings
}

/// Reports a method that the interface lacks.
fn missing(
    module: &Module,
    path: &TreePath,
    class: &PhpClass,
    method: &Method,
    spans: &Spans,
    route: &Pointer,
) -> Option<Diagnostic> {
    let may_inherit = class.inherits || !class.parents.is_empty();
    if may_inherit || class.method(method.name.as_str()).is_some() {
        return None;
    }
    let message =
        format!("{path} has no method `{}`, which `{} {}` calls", method.name, method.verb, method.path);
    let names = class.methods.iter().map(|it| it.name.as_str());
    let near = nearest(method.name.as_str(), names).map(|near| format!("did you mean `{near}`? If not, "));
    Some(
        Diagnostic::new(Rule::MethodMissing, message)
            .at(spans.value(&route.key("name")))
            .reason("Magento calls the method by this name and fails; the file is yours, so magespec does not add it")
.help(format!("{}{}", near.unwrap_or_default(), to_paste(&emit::declared_method(module, method)?))),
    )
}

/// Code to paste, on one line: the signature, and the tags of the doc block.
fn to_paste(declared: &str) -> String {
    let lines = declared.lines().map(str::trim);
    let tags: Vec<String> =
        lines.clone().filter_map(|line| line.strip_prefix("* @")).map(|tag| format!("`@{tag}`")).collect();
    let signature: Vec<&str> = lines.filter(|line| !line.starts_with(['*', '/'])).collect();
    format!("add `{}` with the doc block {}", signature.join(" "), tags.join(", "))
}

/// Reports parameters of a path that the method of the user does not take
/// (docs/magento/web-api.md#path-parameters).
fn untaken(
    path: &TreePath,
    class: &PhpClass,
    method: &api::Method,
    spans: &Spans,
    route: &Pointer,
) -> Vec<Diagnostic> {
    let Some(php) = class.method(method.name.as_str()) else { return Vec::new() };
    let is_taken = |name: &str| php.declared.iter().any(|it| it.name == name || snake(&it.name) == name);
    let untaken = method.route.parameters().filter(|name| method.takes(name).is_some() && !is_taken(name));
    let finding = |name: &str| {
        Diagnostic::new(
            Rule::RouteParameter,
            format!("nothing takes `:{name}` of the path: `{}` in {path} has no `${name}`", method.name),
        )
        .at(spans.value(&route.key("route")))
        .reason("Magento assigns the parameters of a path by name")
        .help(match ParameterName::new(name) {
            Ok(name) => format!("rename it, add `${name}` to the method, or write path_only = [\"{name}\"]"),
            Err(_) => "rename it".to_owned(),
        })
    };
    untaken.map(finding).collect()
}
