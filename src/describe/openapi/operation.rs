//! A route as an OpenAPI operation.

use serde_json::{Map, Value, json};

use super::{answers, deprecation, search, security};
use crate::{
    model::Deprecation,
    names::{Mode, path_parameters},
};

/// A route and its description.
#[derive(Debug)]
pub(super) struct Operation {
    /// Operation id, used as a name by code generators.
    pub(super) id: String,
    /// Tag that groups operations.
    pub(super) tag: String,
    /// Summary in one line; may be empty.
    pub(super) summary: String,
    /// Sentence on the parts that are not known; may be empty.
    pub(super) gaps: String,
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub(super) verb: String,
    /// `/V1/orders/:id`, or below `/async`.
    pub(super) path: String,
    /// Execution mode.
    pub(super) mode: Mode,
    /// Permissions as in webapi.xml: ACL resources, `anonymous` or `self`.
    pub(super) needs: Vec<String>,
    /// Announced end of the route.
    pub(super) deprecation: Option<Deprecation>,
    /// Arguments and return value, if known.
    pub(super) shape: Option<OperationShape>,
}

/// Arguments and return value of a route.
#[derive(Debug)]
pub(super) struct OperationShape {
    /// Arguments in the order of the method.
    pub(super) arguments: Vec<Argument>,
    /// Schema of the return value.
    pub(super) answer: Value,
}

/// An argument of a route.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) kind: ArgumentKind,
    pub(super) is_required: bool,
}

/// Type of an argument.
#[derive(Debug)]
pub(super) enum ArgumentKind {
    /// Search criteria, in the query.
    Search,
    /// Value with this schema.
    Value(Value),
}

impl Operation {
    /// Renders the operation below a path with these parameter names.
    pub(super) fn value(&self, names: &[&str]) -> Value {
        let mut operation = Map::new();
        operation.insert("operationId".to_owned(), json!(self.id));
        operation.insert("tags".to_owned(), json!([self.tag]));
        if !self.summary.is_empty() {
            operation.insert("summary".to_owned(), json!(self.summary));
        }
        if !self.gaps.is_empty() {
            operation.insert("description".to_owned(), json!(self.gaps));
        }
        if let Some(deprecation) = &self.deprecation {
            operation.insert("deprecated".to_owned(), json!(true));
            operation.insert("description".to_owned(), json!(deprecation::in_words(deprecation)));
        }
        operation.insert("security".to_owned(), security::of_route(&self.needs));
        let parameters = self.parameters(names);
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if let Some(body) = self.body() {
            operation.insert("requestBody".to_owned(), body);
        }
        operation.insert("responses".to_owned(), self.responses());
        Value::Object(operation)
    }

    fn arguments(&self) -> impl Iterator<Item = &Argument> {
        self.shape.iter().flat_map(|shape| &shape.arguments)
    }

    /// Returns true if an argument is in the path.
    fn is_in_path(&self, argument: &Argument) -> bool {
        path_parameters(&self.path).any(|name| is_same(name, &argument.name))
    }

    /// Returns true if the remaining arguments are in the body instead of the query
    /// (`framework/Webapi/Rest/Request.php`: `getRequestData`). A bulk call always has the list of its operations there
    /// (docs/magento/web-api.md#bulk-body).
    fn has_body(&self) -> bool {
        self.mode == Mode::Bulk || matches!(self.verb.as_str(), "POST" | "PUT")
    }

    fn parameters(&self, names: &[&str]) -> Vec<Value> {
        let of_path = path_parameters(&self.path).zip(names).map(|(own, name)| {
            let argument = self.arguments().find(|argument| is_same(own, &argument.name));
            let schema = match argument.map(|argument| &argument.kind) {
                Some(ArgumentKind::Value(schema)) => schema.clone(),
                _ => json!({ "type": "string" }),
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        });
        let searches = self.arguments().any(|argument| matches!(argument.kind, ArgumentKind::Search));
        let of_search = searches.then(search::parameters).into_iter().flatten();
        let others = if self.has_body() { Vec::new() } else { self.others() };
        let of_query = others.into_iter().map(|(argument, schema)| in_query(argument, schema));
        of_path.chain(of_search).chain(of_query).collect()
    }

    /// Arguments that are neither in the path nor search criteria.
    fn others(&self) -> Vec<(&Argument, &Value)> {
        let mut others = Vec::new();
        for argument in self.arguments().filter(|argument| !self.is_in_path(argument)) {
            if let ArgumentKind::Value(schema) = &argument.kind {
                others.push((argument, schema));
            }
        }
        others
    }

    fn body(&self) -> Option<Value> {
        if !self.has_body() {
            return None;
        }
        let others = self.others();
        if others.is_empty() && self.shape.is_some() {
            return None;
        }
        let properties: Map<String, Value> =
            others.iter().map(|(argument, schema)| (argument.name.clone(), (*schema).clone())).collect();
        let required: Vec<&str> = others
            .iter()
            .filter(|(argument, _)| argument.is_required)
            .map(|(argument, _)| argument.name.as_str())
            .collect();
        let is_required = !required.is_empty();
        let schema = object(properties, &required);
        let schema =
            if self.mode == Mode::Bulk { json!({ "type": "array", "items": schema }) } else { schema };
        Some(json!({ "required": is_required, "content": { "application/json": { "schema": schema } } }))
    }

    fn responses(&self) -> Value {
        let anything = json!({});
        let answer = self.shape.as_ref().map_or(&anything, |shape| &shape.answer);
        let content = json!({ "application/json": { "schema": answer } });
        let (status, description) = match self.mode {
            Mode::Direct => ("200", "Success"),
            Mode::Async | Mode::Bulk => ("202", "Accepted and queued"),
        };
        let mut done = json!({ "description": description, "content": content });
        if let Some(deprecation) = &self.deprecation {
            done["headers"] =
                deprecation::headers(deprecation, deprecation.successor(&self.verb, &self.path));
        }
        let needs_permission = self.needs.iter().any(|need| need != "anonymous");
        let others = answers::of_call(needs_permission, path_parameters(&self.path).next().is_some());
        Value::Object([(status.to_owned(), done)].into_iter().chain(others).collect())
    }
}

/// Builds the schema of an object.
pub(super) fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("properties".to_owned(), Value::Object(properties));
    Value::Object(schema)
}

/// Builds a query parameter. PHP reads `ids[]=1&ids[]=2` as a list, `filter[field]=sku` as an object.
fn in_query(argument: &Argument, schema: &Value) -> Value {
    let is_list = schema["type"] == "array";
    let name = if is_list { format!("{}[]", argument.name) } else { argument.name.clone() };
    let mut parameter =
        json!({ "name": name, "in": "query", "required": argument.is_required, "schema": schema });
    if let Some(parameter) = parameter.as_object_mut().filter(|_| schema.get("$ref").is_some()) {
        parameter.insert("style".to_owned(), json!("deepObject"));
    }
    parameter
}

/// Returns true if both names mean the same parameter: `cart_id` and `cartId` do.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    plain(one) == plain(other)
}
