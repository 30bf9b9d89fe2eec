//! Import of `etc/webapi.xml`, with the interfaces that it names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Entry, Names, Unsupported, needed, parameter_default};
use crate::{
    module::{AnnouncedEnd, announced_ends},
    names::{DocLine, path_parameters, snake},
    parsers::{
        SpannedText,
        php::{PhpClass, PhpMethod},
        xml::{Element, XmlNode},
    },
    spec::pointer,
};

pub(super) const HELP: &str = "[[service]] supports routes that call an existing method, and keeps its interface, its class and etc/di.xml yours";

/// Parameter type of a search.
const SEARCH_CRITERIA: &str = r"Magento\Framework\Api\SearchCriteriaInterface";

/// Suffix of search results interfaces.
const PAGE: &str = "SearchResults";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let mut entries = Vec::new();
    let mut reader = WebapiReader { names, ends: ends(names), services: Vec::new(), data: Vec::new() };
    for route in root.named("route") {
        reader.route(route)?;
    }
    let mut data = Vec::new();
    // Fields may need more data.
    while let Some(&ImportedData { ref name, interface, at }) = reader.data.get(data.len()) {
        let mut entry = Entry::item("data", &at.span);
        entry.put(pointer!["name"], name.as_str(), &at.span);
        if let Some(text) = description(&interface.description, &format!("Fields of the {name} data object"))
        {
            entry.put(pointer!["description"], text, &at.span);
        }
        entry.put(pointer!["fields"], Value::Object(reader.fields(interface, at)?), &at.span);
        data.push(entry);
    }
    for ImportedService { name, interface, mut methods } in reader.services {
        // In the order of the interface, as it would be written.
        methods.sort_by_key(|method| interface.methods.iter().position(|it| method["name"] == it.name));
        let mut entry = Entry::item("service", &root.name.span);
        entry.put(pointer!["name"], name.as_str(), &root.name.span);
        if let Some(text) =
            description(&interface.description, &format!("REST methods of the {name} service"))
        {
            entry.put(pointer!["description"], text, &root.name.span);
        }
        entry.put(pointer!["method"], Value::Array(methods), &root.name.span);
        entries.push(entry);
    }
    entries.append(&mut data);
    Ok(entries)
}

/// Class and method that a route calls.
pub(super) fn service(route: &Element) -> Result<(&SpannedText, &SpannedText), Unsupported> {
    let service = route.named("service").next();
    let service =
        service.ok_or_else(|| Unsupported::fault("a <route> has no <service>", &route.name.span))?;
    Ok((needed(service, "class")?, needed(service, "method")?))
}

/// Keys that each route of a method has.
pub(super) fn route(element: &Element, method: &str) -> Result<Map<String, Value>, Unsupported> {
    let call = format!("{} {}", needed(element, "method")?.value, needed(element, "url")?.value);
    let resources = element.named("resources").flat_map(|it| it.named("resource"));
    let acl = resources.map(|it| Ok(json!(needed(it, "ref")?.value))).collect::<Result<Vec<_>, _>>()?;
    if acl.is_empty() {
        return Err(Unsupported::fault(format!("`{call}` has no <resource>"), &element.name.span));
    }
    let acl = if let [one] = acl.as_slice() { one.clone() } else { Value::Array(acl) };
    let keys = [("name", json!(method)), ("route", json!(call)), ("acl", acl)];
    Ok(keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Adds the keys that few routes have.
pub(super) fn further_keys(said: &mut Map<String, Value>, route: &Element) -> Result<(), Unsupported> {
    if route.attribute("secure").is_some_and(|it| is_true(&it.value)) {
        said.insert("secure".to_owned(), json!(true));
    }
    if let Some(name) = route.attribute("soapOperation") {
        said.insert("soap_operation".to_owned(), json!(name.value));
    }
    let Some(data) = route.named("data").next() else { return Ok(()) };
    if let Some(limit) = data.attribute("input-array-size-limit") {
        let number = limit.value.trim().parse::<u32>();
        let what = || format!("input-array-size-limit=\"{}\" is not a whole number", limit.value);
        let number = number.map_err(|_| Unsupported::fault(what(), &limit.span))?;
        said.insert("input_array_size_limit".to_owned(), json!(number));
    }
    let mut set = Map::new();
    for parameter in data.named("parameter") {
        let mut value = json!({ "value": parameter.text().trimmed() });
        if parameter.attribute("force").is_some_and(|it| is_true(&it.value)) {
            value["force"] = json!(true);
        }
        set.insert(needed(parameter, "name")?.value.clone(), value);
    }
    if !set.is_empty() {
        said.insert("data".to_owned(), Value::Object(set));
    }
    Ok(())
}

/// Announced ends of routes.
pub(super) fn ends(names: &Names<'_>) -> BTreeMap<String, AnnouncedEnd> {
    let wiring = names.files.beside.get("etc/webapi_rest/di.xml");
    wiring.map(|document| announced_ends(&document.root)).unwrap_or_default()
}

/// Adds the announced end of a route.
pub(super) fn deprecated(said: &mut Map<String, Value>, ends: &BTreeMap<String, AnnouncedEnd>) {
    let call = said.get("route").and_then(Value::as_str);
    let Some(end) = call.and_then(|call| ends.get(call.trim_end_matches('/'))) else { return };
    let deprecated = match &end.since {
        Some(since) => json!({ "since": since, "until": end.until }),
        None => json!(end.until),
    };
    said.insert("deprecated".to_owned(), deprecated);
    if let Some(route) = &end.replaced_by {
        said.insert("replaced_by".to_owned(), json!(route));
    }
}

/// Returns true for what Magento takes for true: all but nothing and `0` (docs/magento/web-api.md#route-data).
fn is_true(value: &str) -> bool {
    !matches!(value.trim(), "" | "0")
}

/// Normalizes the file: `secure` and `force` are true or missing. `false`, which is true to Magento, stays.
pub(super) fn normal(element: &Element) -> Element {
    let mut normal = element.clone();
    normal
        .attributes
        .retain(|it| !matches!(it.name.as_str(), "secure" | "force") || is_true(&it.value.value));
    for attribute in normal.attributes.iter_mut().filter(|it| matches!(it.name.as_str(), "secure" | "force"))
    {
        if attribute.value.value.trim() == "1" {
            attribute.value.value = "true".to_owned();
        }
    }
    // An empty element sets nothing.
    normal.children.retain(|node| match node {
        XmlNode::Element(it) => {
            it.name.value != "data" || !it.attributes.is_empty() || it.elements().next().is_some()
        }
        _ => true,
    });
    for node in &mut normal.children {
        if let XmlNode::Element(child) = node {
            *child = self::normal(child);
        }
    }
    normal
}

struct WebapiReader<'a> {
    names: &'a Names<'a>,
    /// Announced ends of routes.
    ends: BTreeMap<String, AnnouncedEnd>,
    services: Vec<ImportedService<'a>>,
    data: Vec<ImportedData<'a>>,
}

struct ImportedService<'a> {
    name: String,
    interface: &'a PhpClass,
    methods: Vec<Value>,
}

struct ImportedData<'a> {
    name: String,
    interface: &'a PhpClass,
    /// Method in the XML that led here.
    at: &'a SpannedText,
}

/// Context of a type name in a doc block: its interface, and the part of the XML that led to it.
struct DocBlockContext<'a> {
    class: &'a PhpClass,
    at: &'a SpannedText,
}

impl<'a> WebapiReader<'a> {
    fn route(&mut self, element: &'a Element) -> Result<(), Unsupported> {
        let path = &needed(element, "url")?.value;
        let (class, method) = service(element)?;
        let (name, interface) = self.interface(class)?;
        let Some(php) = interface.method(&method.value) else {
            let what = format!("`{}` does not declare the method `{}`", class.value, method.value);
            return Err(Unsupported::new(what, &method.span));
        };
        let place = DocBlockContext { class: interface, at: method };
        let mut said = route(element, &php.name)?;
        self.types(&mut said, path, php, &place)?;
        further_keys(&mut said, element)?;
        deprecated(&mut said, &self.ends);
        if let Some(text) = description(&php.description, &php.name) {
            said.insert("description".to_owned(), json!(text));
        }
        let at = self.services.iter().position(|it| it.name == name).unwrap_or(self.services.len());
        if at == self.services.len() {
            self.services.push(ImportedService { name, interface, methods: Vec::new() });
        }
        let Some(service) = self.services.get_mut(at) else { return Ok(()) };
        service.methods.push(Value::Object(said));
        Ok(())
    }

    /// Service of an interface, and the interface.
    fn interface(&self, class: &SpannedText) -> Result<(String, &'a PhpClass), Unsupported> {
        let unsupported = |what| Unsupported::new(format!("`{}` is {what}", class.value), &class.span);
        let name = self.names.own(&class.value, r"\Api\").and_then(|it| it.strip_suffix("Interface"));
        let name = name.filter(|name| !name.contains('\\'));
        let name = name.ok_or_else(|| unsupported("not an interface in the module's Api folder"))?;
        let file = format!("Api/{name}Interface.php");
        let interface = self.names.interface(&file);
        Ok((name.to_owned(), interface.ok_or_else(|| unsupported("missing or unreadable"))?))
    }

    /// Parameter and return types of a method.
    fn types(
        &mut self,
        said: &mut Map<String, Value>,
        path: &str,
        method: &PhpMethod,
        place: &DocBlockContext<'a>,
    ) -> Result<(), Unsupported> {
        let (mut parameters, mut body, mut is_search) = (Map::new(), Map::new(), false);
        let mut defaults = Map::new();
        let mut left: BTreeSet<&str> = path_parameters(path).collect();
        for (at, parameter) in method.parameters.iter().enumerate() {
            let Some((kind, name)) = parameter.text.split_once(" $") else {
                let what = format!("the doc block of `{}` has no type for `{}`", method.name, parameter.text);
                return Err(Unsupported::new(what, &place.at.span));
            };
            let kind = self.kind(kind, method, place)?;
            let declared = method.declared.get(at).filter(|it| it.name == name);
            let is_optional = declared.is_some_and(|it| it.is_optional);
            let default = declared.and_then(|it| parameter_default(it.default.as_deref()?));
            let is_null = is_optional && default.is_none() && !kind.ends_with('?');
            let optional = if is_null { "?" } else { "" };
            let in_path = left.iter().find(|it| **it == name || **it == snake(name)).copied();
            if name == "searchCriteria" && kind == SEARCH_CRITERIA {
                is_search = true;
            } else if let Some(spelled) = in_path {
                left.remove(spelled);
                if kind != "string" || spelled != name {
                    parameters.insert(name.to_owned(), json!(kind));
                }
            } else {
                body.insert(name.to_owned(), json!(format!("{kind}{optional}")));
                defaults.extend(default.map(|value| (name.to_owned(), value)));
            }
        }
        if let Some(name) = left.first() {
            let what =
                format!("the doc block of `{}` does not describe the path parameter `{name}`", method.name);
            return Err(Unsupported::new(what, &place.at.span));
        }
        let returns = match method.returned() {
            "void" | "null" => None,
            returns => Some(self.kind(returns, method, place)?),
        };
        // A method that does not return a page of the module's own data is not a search, whatever it takes.
        let page = returns.as_deref().and_then(|it| it.strip_suffix(PAGE)).map(str::to_owned);
        if is_search && page.is_none() {
            body.insert("searchCriteria".to_owned(), json!(SEARCH_CRITERIA));
        }
        for (key, types) in [("parameters", parameters), ("body", body), ("defaults", defaults)] {
            if !types.is_empty() {
                said.insert(key.to_owned(), Value::Object(types));
            }
        }
        match page.filter(|_| is_search) {
            Some(item) => {
                said.insert("returns".to_owned(), json!(item));
                said.insert("search".to_owned(), json!(true));
            }
            None => returns.into_iter().for_each(|kind| {
                said.insert("returns".to_owned(), json!(kind));
            }),
        }
        Ok(())
    }

    /// Converts a type of a doc block to one of a spec. Data of the module is queued for reading.
    fn kind(
        &mut self,
        doc: &str,
        method: &PhpMethod,
        place: &DocBlockContext<'a>,
    ) -> Result<String, Unsupported> {
        let unsupported = || {
            let what = format!(
                "the doc block of `{}` has the type {doc:?}, which a spec cannot express",
                method.name
            );
            Unsupported::new(what, &place.at.span)
        };
        let is_null = |part: &&str| part.eq_ignore_ascii_case("null");
        let parts: Vec<&str> = doc.trim_start_matches('?').split('|').collect();
        let is_nullable = doc.starts_with('?') || parts.iter().any(is_null);
        let rest: Vec<&str> = parts.into_iter().filter(|part| !is_null(part)).collect();
        let [kind] = rest.as_slice() else { return Err(unsupported()) };
        let base = kind.strip_suffix("[]").unwrap_or(kind);
        let ends = [&kind[base.len()..], if is_nullable { "?" } else { "" }].concat();
        let scalar = match base.to_lowercase().as_str() {
            "string" => Some("string"),
            "int" | "integer" => Some("int"),
            "float" | "double" => Some("float"),
            "bool" | "boolean" => Some("bool"),
            "mixed" => Some("mixed"),
            _ => None,
        };
        if let Some(scalar) = scalar {
            return Ok(format!("{scalar}{ends}"));
        }
        let is_class = base.starts_with(|c: char| c == '\\' || c.is_ascii_uppercase());
        let class = Some(place.class.full_name(base)).filter(|_| is_class).ok_or_else(unsupported)?;
        let own = self.names.own(&class, r"\Api\Data\").and_then(|it| it.strip_suffix("Interface"));
        match own.map(str::to_owned) {
            Some(name) if name.contains('\\') => Err(unsupported()),
            Some(name) => {
                self.need(&name, place.at)?;
                Ok(format!("{name}{ends}"))
            }
            None if self.names.own(&class, "\\").is_some() => Err(unsupported()),
            None => Ok(format!("{class}{ends}")),
        }
    }

    /// Queues data of the module, or the items of a page, for reading.
    fn need(&mut self, name: &str, at: &'a SpannedText) -> Result<(), Unsupported> {
        let name = name.strip_suffix(PAGE).unwrap_or(name);
        if self.data.iter().any(|it| it.name == name) {
            return Ok(());
        }
        let file = format!("Api/Data/{name}Interface.php");
        let Some(interface) = self.names.interface(&file) else {
            return Err(Unsupported::new(format!("{file} is missing or unreadable"), &at.span));
        };
        self.data.push(ImportedData { name: name.to_owned(), interface, at });
        Ok(())
    }

    fn fields(
        &mut self,
        interface: &'a PhpClass,
        at: &'a SpannedText,
    ) -> Result<Map<String, Value>, Unsupported> {
        let place = DocBlockContext { class: interface, at };
        let read = interface.fields();
        read.map(|(field, getter)| Ok((field, json!(self.kind(getter.returned(), getter, &place)?))))
            .collect()
    }
}

/// Description, if it is one line and says more than the name.
fn description(text: &str, by_name: &str) -> Option<String> {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    DocLine::new(text).ok().filter(|_| letters(text) != letters(by_name)).map(|line| line.to_string())
}
