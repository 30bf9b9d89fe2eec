//! Schemas of arguments and return values.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{answers, operation::object};
use crate::{
    catalog::{self, Catalog, DataType, ReleaseId},
    model::{Data, Module, PhpBase, PhpType},
};

/// Description of a field that holds an object and may be null (docs/magento/web-api.md#null-object).
const NULL_IS_EMPTY: &str = "Null in a request arrives as an empty object: omit the field instead.";

/// Schemas by name, created on first use.
pub(super) struct Schemas<'a> {
    module: &'a Module,
    catalog: &'a Catalog,
    /// Newest release of the target.
    release: Option<ReleaseId>,
    made: BTreeMap<String, Value>,
}

/// A class with a schema.
enum SchemaClass<'a> {
    /// A data object of the module.
    Own(&'a Data),
    /// Search results of a data object.
    Page(&'a Data),
    /// A data interface of Magento.
    Core(&'a DataType),
}

impl<'a> Schemas<'a> {
    pub(super) fn new(module: &'a Module, catalog: &'a Catalog) -> Self {
        let newest = catalog.releases().iter().rev().find(|it| it.version <= module.platform.newest);
        let release = newest.map(|release| release.id);
        Self { module, catalog, release, made: answers::schemas().into() }
    }

    /// Returns all schemas used, by name.
    pub(super) fn into_value(self) -> Value {
        Value::Object(self.made.into_iter().collect())
    }

    /// Schema of a method's return value: void is an empty list (`framework/Webapi/ServiceOutputProcessor.php`).
    pub(super) fn answer(&mut self, returns: Option<&PhpType>) -> Value {
        let Some(kind) = returns else { return nothing() };
        let schema = self.own(kind);
        if kind.is_nullable { json!({ "anyOf": [schema, nothing()] }) } else { schema }
    }

    /// Schema of the return value of a Magento method.
    pub(super) fn core_answer(&mut self, returns: &catalog::DocType) -> Value {
        match returns.as_str() {
            "" | "void" | "null" => nothing(),
            _ if returns.is_nullable() => json!({ "anyOf": [self.core(returns), nothing()] }),
            _ => self.core(returns),
        }
    }

    /// Schema of a module's type. Nullable fields are left out when null, so their schema has no null.
    pub(super) fn own(&mut self, kind: &PhpType) -> Value {
        let schema = match &kind.base {
            PhpBase::Scalar(name) => plain(name),
            PhpBase::Class(name) => self.class(name),
        };
        if kind.is_list { list(schema) } else { schema }
    }

    /// Schema of a Magento type, without null.
    pub(super) fn core(&mut self, kind: &catalog::DocType) -> Value {
        let mut schemas: Vec<Value> = kind.names().map(|name| self.named(name)).collect();
        match schemas.len() {
            1 => schemas.remove(0),
            0 => json!({}),
            _ => json!({ "anyOf": schemas }),
        }
    }

    fn named(&mut self, name: &str) -> Value {
        match name.strip_suffix("[]") {
            Some(item) => list(self.named(item)),
            None if name.contains('\\') => self.class(name),
            None => plain(name),
        }
    }

    /// Reference to the schema of a class; accepts anything if the class is unknown.
    pub(super) fn class(&mut self, name: &str) -> Value {
        let Some(class) = self.find(name) else { return unknown(name) };
        let key = class.key();
        if !self.made.contains_key(&key) {
            // A class may contain itself.
            self.made.insert(key.clone(), Value::Null);
            let schema = self.schema(&class);
            self.made.insert(key.clone(), schema);
        }
        json!({ "$ref": format!("#/components/schemas/{key}") })
    }

    fn find(&self, name: &str) -> Option<SchemaClass<'a>> {
        let own = name.strip_prefix(&format!(r"{}\Api\Data\", self.module.name.namespace()));
        if let Some(short) = own.and_then(|own| own.strip_suffix("Interface")) {
            let data = &self.module.api.data;
            let page =
                || data.iter().find(|it| it.page.is_some() && short == format!("{}SearchResults", it.name));
            let own = data.iter().find(|it| it.name.as_str() == short).map(SchemaClass::Own);
            return own.or_else(|| page().map(SchemaClass::Page));
        }
        let types = self.catalog.types();
        let newest = self.release.and_then(|release| types.at(name, release));
        newest.or_else(|| types.find(name).last()).map(SchemaClass::Core)
    }

    fn schema(&mut self, class: &SchemaClass<'a>) -> Value {
        match class {
            SchemaClass::Own(data) => {
                let mut properties = Map::new();
                for field in &data.fields {
                    let schema = self.own(&field.kind);
                    let is_optional = field.kind.is_optional_object();
                    let schema = if is_optional { described(NULL_IS_EMPTY, schema) } else { schema };
                    properties.insert(field.name.clone(), schema);
                }
                let always = data.fields.iter().filter(|field| !field.kind.is_nullable);
                let required: Vec<&str> = always.map(|field| field.name.as_str()).collect();
                described(&data.description, object(properties, &required))
            }
            SchemaClass::Page(data) => {
                let item =
                    self.class(&format!(r"{}\Api\Data\{}Interface", self.module.name.namespace(), data.name));
                let criteria = self.class(r"Magento\Framework\Api\SearchCriteriaInterface");
                let properties = [
                    ("items".to_owned(), list(item)),
                    ("search_criteria".to_owned(), criteria),
                    ("total_count".to_owned(), plain("int")),
                ];
                let required = ["items", "search_criteria", "total_count"];
                let page = data.page.as_deref().unwrap_or_default();
                described(page, object(properties.into_iter().collect(), &required))
            }
            // Fields that Magento's doc blocks do not declare nullable may still be missing, so nothing is required.
            SchemaClass::Core(data_type) => {
                let mut properties = Map::new();
                for field in self.fields(data_type) {
                    properties.insert(field.name.to_owned(), self.core(&field.php_type));
                }
                described(&data_type.class, object(properties, &[]))
            }
        }
    }

    /// Fields of a type in the release, or else in the newest release that has it.
    fn fields<'t>(&self, data_type: &'t DataType) -> impl Iterator<Item = &'t catalog::DataField> + use<'t> {
        let is_there = |release: &ReleaseId| data_type.releases.contains(*release);
        let release = self.release.filter(is_there).or_else(|| data_type.releases.last());
        let has = move |field: &&catalog::DataField| release.is_some_and(|it| field.releases.contains(it));
        data_type.fields.iter().filter(has)
    }
}

impl SchemaClass<'_> {
    /// Name of the schema. Those of the module contain no dot, all others do.
    fn key(&self) -> String {
        match self {
            Self::Own(data) => data.name.to_string(),
            Self::Page(data) => format!("{}SearchResults", data.name),
            Self::Core(data_type) => data_type.class.replace('\\', "."),
        }
    }
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn nothing() -> Value {
    json!({ "type": "array", "maxItems": 0 })
}

fn described(description: &str, schema: Value) -> Value {
    let mut described = Map::new();
    described.insert("description".to_owned(), json!(description));
    described.extend(schema.as_object().cloned().unwrap_or_default());
    Value::Object(described)
}

/// Schema of a built-in type.
fn plain(name: &str) -> Value {
    match name {
        "string" => json!({ "type": "string" }),
        "int" | "integer" => json!({ "type": "integer" }),
        "float" | "double" => json!({ "type": "number" }),
        "bool" | "boolean" | "false" | "true" => json!({ "type": "boolean" }),
        "array" => json!({ "type": ["array", "object"] }),
        "object" => json!({ "type": "object" }),
        _ => json!({}),
    }
}

/// Schema of an unknown class. Extension attributes come from other modules; without any they are an empty list in
/// JSON.
fn unknown(class: &str) -> Value {
    if class.ends_with("ExtensionInterface") {
        json!({ "description": "Attributes added by other modules", "type": ["object", "array"] })
    } else {
        json!({ "description": class })
    }
}
