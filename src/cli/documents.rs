//! JSON Schemas of the documents that commands print.

use schemars::{JsonSchema, Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::{Value, json};

use super::{
    access::JsonAccess,
    acl::{JsonAcl, JsonAclChanges},
    build::JsonBuild,
    calls::JsonCalls,
    catalog::JsonCatalogs,
    changes::JsonChanges,
    credentials::JsonCredentials,
    explain::JsonRules,
    import::JsonImports,
    mock::{JsonActivation, JsonContract, JsonTrial},
    output::JsonError,
    routes::{JsonGrantedRoutes, JsonRouteChanges, JsonRoutes},
    why::JsonWhy,
};
use crate::{
    diag::render::{JSON_VERSION, JsonReport},
    diff::render::JsonDiff,
    magento::render::JsonStatus,
    plan::render::{JsonPlan, JsonPlanned, matrix::JsonUpgrades},
};

/// JSON Schema of the documents of one command.
#[derive(Debug)]
pub struct DocumentSchema {
    /// Name of the schema's file in `schema/output`, without its ending.
    pub name: &'static str,
    /// Command line whose documents it describes, without `--format json`.
    pub command: &'static str,
    /// JSON Schema, draft 2020-12.
    pub schema: Value,
}

/// Returns the JSON Schema of each document that a command prints with `--format json`.
#[must_use]
pub fn document_schemas() -> Vec<DocumentSchema> {
    vec![
        of::<JsonAccess<'_>>("access", "access"),
        of::<JsonAcl<'_>>("acl", "acl"),
        of::<JsonAclChanges<'_>>("acl-changed", "acl --changed"),
        of::<JsonBuild>("build", "build"),
        of::<JsonCalls<'_>>("calls", "calls"),
        of::<JsonCatalogs<'_>>("catalog-diff", "catalog --diff"),
        of::<JsonChanges<'_>>("changes", "changes"),
        of::<JsonReport<'_>>("check", "check"),
        of::<JsonCredentials<'_>>("credentials", "credentials"),
        of::<JsonDiff<'_>>("diff", "diff"),
        of::<JsonRules>("explain", "explain"),
        of::<JsonImports<'_>>("import", "import"),
        of::<JsonContract<'_>>("mock", "mock"),
        of::<JsonActivation<'_>>("mock-activate", "mock activate"),
        of::<JsonTrial<'_>>("mock-send", "mock send"),
        of::<JsonPlan<'_, JsonPlanned<'_>>>("plan", "plan"),
        of::<JsonUpgrades<'_>>("plan-upgrade", "plan --upgrade"),
        of::<JsonRoutes>("routes", "routes"),
        of::<JsonRouteChanges>("routes-changed", "routes --changed"),
        of::<JsonGrantedRoutes<'_>>("routes-granted-by", "routes --granted-by"),
        of::<JsonStatus<'_>>("status", "status"),
        of::<JsonWhy>("why", "why"),
    ]
}

fn of<D: JsonSchema>(name: &'static str, command: &'static str) -> DocumentSchema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut generator = settings.with_transform(RecursiveTransform(closed)).into_generator();
    let error = generator.subschema_for::<JsonError>();
    let mut schema = generator.into_root_schema_for::<D>().to_value();
    complete(&mut schema, &error, command);
    DocumentSchema { name, command, schema }
}

/// Adds the version and the error. A document with an error may lack everything but these two.
fn complete(schema: &mut Value, error: &Schema, command: &str) {
    schema["title"] = json!(format!("magespec {command} --format json, version {JSON_VERSION}"));
    let mut properties = serde_json::Map::new();
    properties.insert(
        "version".to_owned(),
        json!({
            "description": "Version of the document; another number means that a key changed or went away.",
            "const": JSON_VERSION,
        }),
    );
    let mut error = error.clone();
    error.insert(
        "description".to_owned(),
        json!(
            "First error of the run; there exactly if the exit status is 1, other keys may then be missing."
        ),
    );
    properties.insert("error".to_owned(), error.to_value());
    if let Some(Value::Object(own)) = schema.get("properties") {
        let own = own.iter().filter(|(key, _)| *key != "version");
        properties.extend(own.map(|(key, value)| (key.clone(), value.clone())));
    }
    schema["properties"] = Value::Object(properties);
    let required = schema["required"].take();
    schema["required"] = json!(["version"]);
    schema["if"] = json!({ "required": ["error"] });
    schema["else"] = json!({ "required": required });
}

/// Refuses keys that are not described.
fn closed(schema: &mut Schema) {
    if schema.get("properties").is_some() {
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
}
