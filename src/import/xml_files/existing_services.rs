//! Import of `etc/webapi.xml` for interfaces and classes that no spec generates: they stay, and their types are named in
//! full.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Entry, Names, Unsupported, needed, parameter_default, webapi};
use crate::{
    check::existing_module::ParameterType,
    module::PhpFile,
    names::{ClassName, HandlerClass, TypeName, path_parameters, snake},
    parsers::{
        SpannedText,
        php::{PhpClass, PhpMethod},
        xml::Element,
    },
    spec::pointer,
};

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let mut services: Vec<ExistingService<'_>> = Vec::new();
    for route in root.named("route") {
        let (class, method) = webapi::service(route)?;
        let full = class.value.trim_start_matches('\\');
        let said = read_route(route, names, class, method)?;
        match services.iter_mut().find(|it| it.class == full) {
            Some(service) => service.methods.push(Value::Object(said)),
            None => {
                services.push(ExistingService { class: full, at: class, methods: vec![Value::Object(said)] })
            }
        }
    }
    let mut taken = BTreeSet::new();
    Ok(services.into_iter().map(|service| service.entry(names, &mut taken)).collect())
}

struct ExistingService<'a> {
    /// Full name of the interface or class.
    class: &'a str,
    at: &'a SpannedText,
    methods: Vec<Value>,
}

impl ExistingService<'_> {
    /// Table of the spec, under a name that no other service has.
    fn entry(self, names: &Names<'_>, taken: &mut BTreeSet<String>) -> Entry {
        let at = &self.at.span;
        let short = self.class.rsplit('\\').next().unwrap_or_default();
        let short = short.strip_suffix("Interface").unwrap_or(short);
        let short = if ClassName::new(short).is_ok() { short } else { "Service" };
        let numbered = (2..).map(|number| format!("{short}{number}"));
        let mut free = std::iter::once(short.to_owned()).chain(numbered);
        let name = free.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default();
        let own = names.own(self.class, "\\");
        let own = own.filter(|own| HandlerClass::new(*own).is_ok_and(|it| !it.is_full()));
        let mut entry = Entry::item("service", at);
        entry.put(pointer!["name"], name, at);
        entry.put(pointer!["interface"], own.map_or_else(|| format!("\\{}", self.class), str::to_owned), at);
        entry.put(pointer!["method"], Value::Array(self.methods), at);
        entry
    }
}

fn read_route(
    route: &Element,
    names: &Names<'_>,
    class: &SpannedText,
    method: &SpannedText,
) -> Result<Map<String, Value>, Unsupported> {
    let path = needed(route, "url")?.trimmed();
    let mut said = webapi::route(route, &method.value)?;
    if let Some((file, php)) = find(names, class, method)? {
        types(&mut said, path, &file.class, php);
    }
    webapi::further_keys(&mut said, route)?;
    webapi::deprecated(&mut said, &webapi::ends(names));
    Ok(said)
}

/// Method that a route calls; none if another module may have it.
fn find<'a>(
    names: &Names<'a>,
    class: &SpannedText,
    method: &SpannedText,
) -> Result<Option<(&'a PhpFile, &'a PhpMethod)>, Unsupported> {
    let full = class.value.trim_start_matches('\\');
    if names.files.lacks_class(full) {
        let what = format!("a route calls `{full}`, but this module has no such class");
        return Err(Unsupported::fault(what, &class.span));
    }
    let (mut open, mut seen, mut is_known) = (vec![full.to_owned()], BTreeSet::new(), true);
    while let Some(class) = open.pop() {
        let file = names.files.class_file(&class).filter(|_| seen.insert(class.clone()));
        let Some(file) = file else {
            is_known &= seen.contains(&class);
            continue;
        };
        if let Some(found) = file.class.method(&method.value) {
            return Ok(Some((file, found)));
        }
        is_known &= file.class.is_interface || !file.class.inherits;
        if file.class.is_interface {
            open.extend(file.class.parents.iter().map(|parent| file.class.full_name(parent)));
        }
    }
    if is_known {
        let what = format!("a route calls `{full}::{}`, but the class has no such method", method.value);
        return Err(Unsupported::fault(what, &method.span));
    }
    Ok(None)
}

/// Adds the types of the parameters and of the answer.
fn types(said: &mut Map<String, Value>, path: &str, class: &PhpClass, method: &PhpMethod) {
    let mut of_path: Vec<&str> = path_parameters(path).collect();
    let (mut parameters, mut body, mut defaults) = (Map::new(), Map::new(), Map::new());
    for (at, parameter) in method.declared.iter().enumerate() {
        let kind = type_name(&ParameterType::of(at, method, class));
        let name = parameter.name.as_str();
        match of_path.iter().position(|it| *it == name || *it == snake(name)) {
            Some(place) => {
                let spelled = of_path.remove(place);
                let is_single = ["string", "int", "float", "bool", "mixed"].contains(&kind.as_str());
                let kind = if is_single { kind.as_str() } else { "string" };
                if kind != "string" || spelled != name {
                    parameters.insert(name.to_owned(), json!(kind));
                }
            }
            None => {
                let default = parameter.default.as_deref().and_then(parameter_default);
                let optional = if parameter.is_optional && default.is_none() { "?" } else { "" };
                body.insert(name.to_owned(), json!(format!("{kind}{optional}")));
                defaults.extend(default.map(|value| (name.to_owned(), value)));
            }
        }
    }
    for (key, types) in [("parameters", parameters), ("body", body), ("defaults", defaults)] {
        if !types.is_empty() {
            said.insert(key.to_owned(), Value::Object(types));
        }
    }
    if !of_path.is_empty() {
        said.insert("path_only".to_owned(), json!(of_path));
    }
    if let Some(returns) = returned(class, method) {
        said.insert("returns".to_owned(), json!(returns));
    }
}

/// Type of a parameter in a spec: anything that Magento cannot read is `mixed`.
fn type_name(kind: &ParameterType) -> String {
    match kind {
        ParameterType::Simple(written) => simple(written),
        ParameterType::Object { class, is_list } => {
            valid(format!("{class}{}", if *is_list { "[]" } else { "" }), *is_list)
        }
        ParameterType::BareArray => "array".to_owned(),
        _ => "mixed".to_owned(),
    }
}

/// Scalar by the name that a spec has for it.
fn simple(written: &str) -> String {
    let base = written.trim_end_matches("[]");
    let list = if base.len() < written.len() { "[]" } else { "" };
    let name = match base {
        "str" => "string",
        "integer" => "int",
        "double" => "float",
        "boolean" | "true" | "false" => "bool",
        "anyType" | "UnstructuredArray" => "mixed",
        base => base,
    };
    format!("{name}{list}")
}

/// Type of the answer; none for nothing.
fn returned(class: &PhpClass, method: &PhpMethod) -> Option<String> {
    let types = method.returns.as_ref()?.types();
    let is_nullable = types.iter().any(|it| it.eq_ignore_ascii_case("null"));
    let types: Vec<&str> = types.into_iter().filter(|it| !it.eq_ignore_ascii_case("null")).collect();
    let kind = match types.as_slice() {
        [] | ["void" | ""] => return None,
        [only] => {
            let base = only.trim_end_matches("[]");
            let is_list = base.len() < only.len();
            let is_class = base.contains('\\') || base.starts_with(|c: char| c.is_ascii_uppercase());
            let list = if is_list { "[]" } else { "" };
            match base {
                "self" | "static" | "this" => format!(r"{}\{}{list}", class.namespace, class.name),
                _ if is_class => format!("{}{list}", class.full_name(base)),
                _ => simple(&only.to_lowercase()),
            }
        }
        _ => "mixed".to_owned(),
    };
    let is_list = kind.ends_with("[]");
    let kind = valid(kind, is_list);
    Some(if is_nullable { format!("{kind}?") } else { kind })
}

/// The type, or `mixed` if a spec has no such type.
fn valid(kind: String, is_list: bool) -> String {
    let is_of_spec = TypeName::new(kind.as_str()).is_ok();
    // A word alone is the name of a `[[data]]`.
    let is_data = kind.starts_with(|c: char| c.is_ascii_uppercase()) && !kind.contains('\\');
    match (is_of_spec && !is_data, is_list) {
        (true, _) => kind,
        (false, true) => "mixed[]".to_owned(),
        (false, false) => "mixed".to_owned(),
    }
}
