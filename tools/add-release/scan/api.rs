//! Data interfaces with their fields, and the services behind REST routes.

use std::collections::{BTreeMap, BTreeSet};

use magespec::{diag::Failure, names::snake, parsers::php::PhpMethod};

use super::blocks::{Blocks, short, short_of};
use crate::{
    php::{ClassFile, Classes, Parameter, methods, parameters, returned},
    root::Root,
    tables::{Columns, ScannedBlock, Tables},
};

/// Route, `GET /V1/orders/:id`, with the service class and the method that it names. Of several with the same route the last
/// one counts.
type Calls = Vec<(String, (String, String))>;

/// Tables `types` and `services`.
pub(super) struct Api {
    pub(super) types: Vec<ScannedBlock>,
    pub(super) services: Vec<ScannedBlock>,
}

impl Api {
    /// Reads the services of all webapi.xml, and the data interfaces.
    ///
    /// # Errors
    /// Fails if a webapi.xml cannot be parsed.
    pub(super) fn read(root: &Root, classes: &Classes, tables: &Tables) -> Result<Self, Failure> {
        let calls = calls(root)?;
        let direct = direct(&calls, classes);
        let types = types(root, classes, &direct, &used_before(tables));
        Ok(Self { types, services: services(&calls, classes) })
    }
}

/// Classes that a route of some release takes or returns.
fn used_before(tables: &Tables) -> BTreeSet<String> {
    let blocks = tables.sheet("types").into_iter().flat_map(|sheet| &sheet.blocks);
    let used = blocks.filter(|block| block.id.0.last().is_some_and(|used| used == "yes"));
    used.map(|block| block.id.first().to_owned()).collect()
}

/// Routes of Magento's own modules with what they call.
fn calls(root: &Root) -> Result<Calls, Failure> {
    let mut calls = Calls::new();
    for file in root.files("webapi.xml")? {
        for route in file.root.named("route").filter(|_| Root::is_own(file.module)) {
            let value = |name: &str| route.attribute(name).map(|text| text.value.trim().to_owned());
            let (Some(url), Some(method)) = (value("url"), value("method")) else { continue };
            let Some(service) = route.named("service").next() else { continue };
            let part = |name: &str| service.attribute(name).map(|text| text.value.trim().to_owned());
            if let (Some(class), Some(called)) = (part("class"), part("method")) {
                let class = class.trim_start_matches('\\').to_owned();
                calls.push((format!("{method} /{}", url.trim_matches('/')), (class, called)));
            }
        }
    }
    Ok(calls)
}

/// Blocks of `services.tsv`: all methods of each class that a route names, and its routes.
fn services(calls: &Calls, classes: &Classes) -> Vec<ScannedBlock> {
    let mut blocks = Blocks::default();
    let named: BTreeSet<&String> = calls.iter().map(|(_, (class, _))| class).collect();
    for class in named {
        let lineage = classes.lineage(class);
        for (file, method) in methods(&lineage) {
            if method.name.starts_with("__") {
                continue;
            }
            let parameter = |it: Parameter| {
                let default = it.default.map(|default| format!(" = {default}")).unwrap_or_default();
                format!("{} ${}{default}", it.php_type, it.name)
            };
            let parameters: Vec<String> = parameters(file, method).into_iter().map(parameter).collect();
            let [parameters, returned] =
                [parameters.join(";"), returned(file, method)].map(|types| short_of(class, &types));
            blocks.below([&short(class)], [&method.name, &parameters, &returned]);
        }
    }
    let last: BTreeMap<&String, &(String, String)> =
        calls.iter().map(|(route, call)| (route, call)).collect();
    for (route, (class, method)) in last {
        if classes.get(class).is_some() {
            blocks.below([&short(class)], [&format!("@{route}"), method]);
        }
    }
    blocks.finish()
}

/// Classes that routes take or return.
fn direct(calls: &Calls, classes: &Classes) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, (class, called)) in calls {
        let lineage = classes.lineage(class);
        for (file, method) in methods(&lineage) {
            if method.name.eq_ignore_ascii_case(called) {
                let taken = parameters(file, method).into_iter().map(|it| it.php_type);
                found.extend(taken.chain([returned(file, method)]).flat_map(|types| names(&types, classes)));
            }
        }
    }
    found
}

/// Magento's classes in a type.
fn names(types: &str, classes: &Classes) -> Vec<String> {
    let names = types.split('|').map(|name| name.trim_end_matches("[]"));
    names.filter(|name| classes.get(name).is_some()).map(str::to_owned).collect()
}

/// The classes with those of their fields.
fn reached(direct: &BTreeSet<String>, classes: &Classes) -> BTreeSet<String> {
    let (mut found, mut open) = (BTreeSet::new(), direct.iter().cloned().collect::<Vec<_>>());
    while let Some(name) = open.pop() {
        if found.insert(name.clone()) {
            open.extend(fields(&name, classes).iter().flat_map(|(_, types)| names(types, classes)));
        }
    }
    found
}

/// Fields of a class, with their types.
fn fields(class: &str, classes: &Classes) -> Vec<(String, String)> {
    let lineage = classes.lineage(class);
    let field = |(file, method): (&ClassFile, &PhpMethod)| {
        let name = ["get", "is", "has"].iter().find_map(|verb| method.name.strip_prefix(verb))?;
        let is_getter = method.declared.is_empty() && name.starts_with(|c: char| c.is_ascii_uppercase());
        is_getter.then(|| (snake(name), returned(file, method)))
    };
    methods(&lineage).into_iter().filter_map(field).collect()
}

/// Blocks of `types.tsv`: the interfaces of `Api\Data`, and what routes take or return, directly or in a field. Those that a
/// route of any release names are marked.
fn types(
    root: &Root,
    classes: &Classes,
    direct: &BTreeSet<String>,
    used_before: &BTreeSet<String>,
) -> Vec<ScannedBlock> {
    let reached = reached(direct, classes);
    let mut blocks = Blocks::default();
    for name in root.data_classes().union(&reached) {
        let Some(file) = classes.get(name).filter(|it| it.class.is_interface || reached.contains(name))
        else {
            continue;
        };
        let kind = if file.class.is_interface { "interface" } else { "class" };
        let is_used = direct.contains(name) || used_before.contains(&short(name));
        let block = blocks.owner([&short(name), kind, if is_used { "yes" } else { "no" }]);
        for (field, php_type) in fields(name, classes) {
            block.below.insert(Columns::of([&field, &short_of(name, &php_type)]));
        }
    }
    blocks.finish()
}

/// Blocks of `extension_attributes.tsv`, of Magento's own modules.
///
/// # Errors
/// Fails if an extension_attributes.xml cannot be parsed.
pub(super) fn extension_attributes(root: &Root) -> Result<Vec<ScannedBlock>, Failure> {
    let mut blocks = Blocks::default();
    for file in root.files("extension_attributes.xml")? {
        for extended in file.root.named("extension_attributes").filter(|_| Root::is_own(file.module)) {
            let Some(interface) = extended.attribute("for").map(|text| text.value.trim_start_matches('\\'))
            else {
                continue;
            };
            for attribute in extended.named("attribute") {
                let value = |name: &str| attribute.attribute(name).map(|text| text.value.clone());
                if let (Some(code), Some(php_type)) = (value("code"), value("type")) {
                    let php_type = short_of(interface, php_type.trim_start_matches('\\'));
                    blocks.below([&short(interface)], [&code, &php_type, &short(file.module)]);
                }
            }
        }
    }
    Ok(blocks.finish())
}
