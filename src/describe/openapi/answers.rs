//! What Magento answers when it does not do what was asked.

use serde_json::{Map, Value, json};

/// The statuses that each have an answer of their own: `framework/Webapi/ErrorProcessor.php` has no more of exceptions
/// that a service throws.
const ANSWERS: [(&str, &str, &str); 4] = [
    ("400", "BadRequest", "Something is missing, is of the wrong type, or is refused by the service"),
    ("401", "Unauthorized", "The credentials are wrong, or do not permit this call"),
    ("404", "NotFound", "There is nothing of that name"),
    ("default", "Failed", "The shop could not do it, or the method is not written yet"),
];

/// The answers of a call beside that of success.
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

/// What the schemas of errors are called.
const ERROR: &str = "Magento.Error";
const FATAL: &str = "Magento.FatalError";

pub(super) fn schemas() -> [(String, Value); 2] {
    [(ERROR.to_owned(), error()), (FATAL.to_owned(), fatal())]
}

/// An error as `framework/Webapi/Rest/Response.php` writes it.
fn error() -> Value {
    let parameters = || {
        json!({
            "description": "What stands for the placeholders of the message: by name, %fieldName, or by place, %1",
            "type": ["object", "array"],
        })
    };
    json!({
        "type": "object",
        "required": ["message"],
        "properties": {
            "message": { "description": "What went wrong, with placeholders", "type": "string" },
            "parameters": parameters(),
            "code": { "description": "A code of the exception, if it has one", "type": "integer" },
            "errors": {
                "description": "What else went wrong",
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["message"],
                    "properties": { "message": { "type": "string" }, "parameters": parameters() },
                },
            },
            "trace": { "description": "Where it went wrong; in developer mode only", "type": ["string", "array", "null"] },
        },
    })
}

/// An error that PHP could not go on after, as `framework/Webapi/ErrorProcessor.php` writes it.
fn fatal() -> Value {
    let error = json!({
        "type": "object",
        "required": ["code", "message"],
        "properties": {
            "code": { "description": "The HTTP status", "type": "integer" },
            "message": { "type": "string" },
            "trace": { "description": "Where it went wrong; in developer mode only", "type": "string" },
        },
    });
    let list = json!({ "type": "array", "items": error });
    let messages = json!({ "type": "object", "required": ["error"], "properties": { "error": list } });
    json!({ "type": "object", "required": ["messages"], "properties": { "messages": messages } })
}
