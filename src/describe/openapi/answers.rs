//! Error responses of Magento.

use serde_json::{Map, Value, json};

/// Statuses with their own response: `framework/Webapi/ErrorProcessor.php` has no others for exceptions thrown by a
/// service.
const ANSWERS: [(&str, &str, &str); 4] = [
    (
        "400",
        "BadRequest",
        "A parameter is missing or has the wrong type, or the service rejected the request",
    ),
    ("401", "Unauthorized", "The credentials are invalid or do not permit this call"),
    ("404", "NotFound", "The requested entity does not exist"),
    ("default", "Failed", "The shop failed to process the request, or the method is not implemented yet"),
];

/// Returns the error responses of a call.
pub(super) fn of_call(
    needs_permission: bool,
    has_path_parameters: bool,
) -> impl Iterator<Item = (String, Value)> {
    let is_given = move |status: &str| match status {
        "401" => needs_permission,
        "404" => has_path_parameters,
        _ => true,
    };
    let given = ANSWERS.into_iter().filter(move |(status, ..)| is_given(status));
    given.map(|(status, name, _)| {
        (status.to_owned(), json!({ "$ref": format!("#/components/responses/{name}") }))
    })
}

pub(super) fn components() -> Value {
    let answer = |(_, name, description): (&str, &str, &str)| {
        let schema = |name| json!({ "$ref": format!("#/components/schemas/{name}") });
        let schema =
            if name == "Failed" { json!({ "anyOf": [schema(ERROR), schema(FATAL)] }) } else { schema(ERROR) };
        let content = json!({ "application/json": { "schema": schema } });
        (name.to_owned(), json!({ "description": description, "content": content }))
    };
    Value::Object(ANSWERS.into_iter().map(answer).collect::<Map<_, _>>())
}

/// Names of the error schemas.
const ERROR: &str = "Magento.Error";
const FATAL: &str = "Magento.FatalError";

pub(super) fn schemas() -> [(String, Value); 2] {
    [(ERROR.to_owned(), error()), (FATAL.to_owned(), fatal())]
}

/// Schema of an error, as in `framework/Webapi/Rest/Response.php`.
fn error() -> Value {
    let parameters = || {
        json!({
            "description": "Values for the placeholders of the message: by name, %fieldName, or by position, %1",
            "type": ["object", "array"],
        })
    };
    json!({
        "type": "object",
        "required": ["message"],
        "properties": {
            "message": { "description": "Error message with placeholders", "type": "string" },
            "parameters": parameters(),
            "code": { "description": "Code of the exception, if any", "type": "integer" },
            "errors": {
                "description": "Further errors",
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["message"],
                    "properties": { "message": { "type": "string" }, "parameters": parameters() },
                },
            },
            "trace": { "description": "Stack trace, in developer mode only", "type": ["string", "array", "null"] },
        },
    })
}

/// Schema of a fatal PHP error, as in `framework/Webapi/ErrorProcessor.php`.
fn fatal() -> Value {
    let error = json!({
        "type": "object",
        "required": ["code", "message"],
        "properties": {
            "code": { "description": "HTTP status", "type": "integer" },
            "message": { "type": "string" },
            "trace": { "description": "Stack trace, in developer mode only", "type": "string" },
        },
    });
    let list = json!({ "type": "array", "items": error });
    let messages = json!({ "type": "object", "required": ["error"], "properties": { "error": list } });
    json!({ "type": "object", "required": ["messages"], "properties": { "messages": messages } })
}
