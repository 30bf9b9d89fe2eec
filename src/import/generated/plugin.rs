//! Plugin that magespec generates for integrations: the keys of a spec that etc/di.xml lists as its arguments.

use serde_json::{Value, json};

use crate::{
    import::outline::Outline,
    parsers::{
        SpannedText,
        xml::{Element, XmlDocument},
    },
    spec::{Pointer, pointer},
};

/// File of the class.
pub(super) const FILE: &str = "Plugin/ProcessIntegrations.php";

/// Adds `keep_credentials`, `renamed_from` and `[retired]` of a plugin to an outline.
pub(super) fn add(outline: &mut Outline, di: &XmlDocument, namespace: &str) {
    let class = format!(r"{namespace}\Plugin\ProcessIntegrations");
    let is_it = |element: &&Element| {
        element.attribute("name").is_some_and(|name| name.value.trim_start_matches('\\') == class)
    };
    let types = di.root.named("type").filter(is_it);
    for argument in types.flat_map(|it| it.named("arguments")).flat_map(|it| it.named("argument")) {
        match argument.attribute("name").map(|name| name.value.as_str()) {
            Some("integrations") => argument.named("item").for_each(|item| integration(outline, item)),
            Some("retired") => {
                let names = names(argument);
                outline.put(&pointer!["retired"], None, argument.name.span.clone(), json!({}));
                put_names(outline, &pointer!["retired", "integrations"], argument, &names);
            }
            _ => {}
        }
    }
}

fn integration(outline: &mut Outline, item: &Element) {
    let Some(name) = part(item, "name").map(Element::text) else { return };
    let declared = outline.json["integration"].as_array().into_iter().flatten();
    let Some(at) = declared.into_iter().position(|it| it["name"] == name.value.as_str()) else { return };
    if let Some(former) = part(item, "former") {
        let route = pointer!["integration", at, "renamed_from"];
        match names(former).as_slice() {
            [only] => outline.put_text(&route, only),
            names => put_names(outline, &route, former, names),
        }
    }
    if let Some(keep) = part(item, "keep").map(Element::text) {
        let value = if keep.value == "always" { json!(true) } else { json!(keep.value) };
        outline.put(&pointer!["integration", at, "keep_credentials"], None, keep.span, value);
    }
}

fn part<'a>(item: &'a Element, name: &str) -> Option<&'a Element> {
    item.named("item").find(|part| part.attribute("name").is_some_and(|it| it.value == name))
}

/// Names in the numbered items of a list.
fn names(list: &Element) -> Vec<SpannedText> {
    list.named("item").map(Element::text).collect()
}

fn put_names(outline: &mut Outline, route: &Pointer, list: &Element, names: &[SpannedText]) {
    outline.put(route, None, list.name.span.clone(), Value::Array(Vec::new()));
    for (at, name) in names.iter().enumerate() {
        outline.put_text(&route.key(at), name);
    }
}
