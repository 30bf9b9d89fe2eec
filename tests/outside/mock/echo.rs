//! The hand-written service of the shops that were recorded, in Rust: what its PHP methods answer.

use std::fmt::Write as _;

use magespec::{
    catalog::Access,
    mock::{
        RefusalDetail, ServedMethod, ServedParameter, ServedRoute, ShopRefusal,
        input::Arguments,
        types::{ClassShape, ShapeField},
    },
    model::RouteValue,
};
use serde_json::{Value, json};

const CLASS: &str = r"Acme\GoldenRoutes\Api\EchoInterface";
const THING: &str = r"Acme\GoldenRoutes\Api\Data\ThingInterface";

/// Routes of `etc/webapi.xml`.
pub(super) fn routes(webapi: &str) -> Vec<ServedRoute> {
    let value = |text: &str, name: &str| {
        let (_, rest) = text.split_once(&format!("{name}=\"")).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let route = |text: &str| {
        let resources: Vec<String> =
            text.split("<resource ").skip(1).map(|text| value(text, "ref")).collect();
        let data = text.split("<parameter ").skip(1).map(|text| RouteValue {
            name: value(text, "name"),
            value: text.split(['>', '<']).nth(1).unwrap_or_default().to_owned(),
            is_forced: value(text, "force") == "true",
        });
        ServedRoute {
            method: value(text, "method"),
            path: value(text, "url"),
            access: match resources.first().map(String::as_str) {
                Some("anonymous") => Access::Anyone,
                Some("self") => Access::Customer,
                _ => Access::Granted(resources.iter().cloned().map(Into::into).collect()),
            },
            resources,
            data: data.collect(),
            service: text.split_once("<service ").map(|(_, text)| method(&value(text, "method"))),
            is_secure: false,
            is_own: true,
        }
    };
    webapi.split("<route ").skip(1).map(route).collect()
}

/// Name, type and default value of a parameter.
type EchoParameter<'a> = (&'a str, &'a str, Option<Value>);

fn method(name: &str) -> ServedMethod {
    let (parameters, returns): (&[EchoParameter<'_>], &str) = match name {
        "thing" => (&[("thing", THING, None)], THING),
        "scalars" => (
            &[
                ("number", "int", None),
                ("text", "string", Some(json!("dflt"))),
                ("flag", "bool", Some(json!(false))),
                ("amount", "float", Some(json!(1.5))),
                ("tags", "string[]", Some(json!([]))),
                ("ids", "int[]", Some(json!([]))),
            ],
            "string",
        ),
        "one" => (&[("id", "int", None)], "string"),
        "kind" => (&[("kind", "string", None)], "mixed"),
        "retInt" => (&[], "int"),
        "retFloat" => (&[], "float"),
        "retBool" => (&[], "bool"),
        "retNull" => (&[], "string|null"),
        "retStrings" => (&[], "string[]"),
        "retThings" => (&[], r"Acme\GoldenRoutes\Api\Data\ThingInterface[]"),
        "retMap" => (&[], "mixed[]"),
        "fail" => (&[("kind", "string", None)], "string"),
        "me" => (&[("customerId", "int", None)], "string"),
        "forced" => (&[("forced", "string", None), ("other", "string", Some(json!("o")))], "string"),
        "search" => (&[("searchCriteria", r"Magento\Framework\Api\SearchCriteriaInterface", None)], "string"),
        _ => (&[], "void"),
    };
    let parameter = |(name, php_type, default): &(&str, &str, Option<Value>)| ServedParameter {
        name: (*name).to_owned(),
        php_type: (*php_type).to_owned(),
        default: default.clone(),
    };
    ServedMethod {
        class: CLASS.to_owned(),
        name: name.to_owned(),
        parameters: parameters.iter().map(parameter).collect(),
        returns: returns.to_owned(),
    }
}

/// Fields of the data object.
pub(super) fn shape() -> ClassShape {
    let fields = [
        ("some_int", "int"),
        ("maybe_int", "int|null"),
        ("some_float", "float|null"),
        ("some_string", "string|null"),
        ("some_bool", "bool|null"),
        ("ready", "bool"),
        ("lid", "bool"),
        ("tags", "string[]|null"),
        ("parts", r"Acme\GoldenRoutes\Api\Data\ThingInterface[]|null"),
        ("anything", "mixed|null"),
        ("s_k_u2_code", "string|null"),
    ];
    let field = |(name, kind): (&str, &str)| ShapeField {
        // Its getter is `hasLid()`, which no setter finds.
        is_settable: name != "lid",
        ..ShapeField::new(name, kind)
    };
    ClassShape { class: THING.to_owned(), fields: fields.map(field).to_vec() }
}

/// Answer of a method.
pub(super) fn answer(
    method: &ServedMethod,
    arguments: &Arguments,
    release: &str,
) -> Option<Result<Value, ShopRefusal>> {
    (method.class == CLASS).then(|| {
        Ok(match method.name.as_str() {
            "thing" => arguments.get("thing").clone(),
            "scalars" | "forced" => {
                Value::String(encoded(&Value::Array(arguments.values().cloned().collect())))
            }
            "one" | "me" => Value::String(encoded(arguments.values().next().unwrap())),
            "kind" => {
                json!({ "x": 1, "kind": arguments.get("kind"), "nested": { "a": null, "b": 1, "c": "1" } })
            }
            "retInt" => json!(7),
            "retFloat" => json!(2),
            "retBool" => json!(true),
            "retStrings" => json!({ "k": "a/b", "z": "ä €", "q": "<b>\"'&" }),
            "retThings" => json!([
                {
                    "some_int": "5", "some_float": 3, "some_string": 12, "ready": 1, "lid": "0", "tags": [],
                    "some_bool": 0,
                },
                {},
            ]),
            "retMap" => json!({ "first": { "k": "v" }, "second": null, "third": 1.5 }),
            "fail" => return fail(arguments.get("kind").as_str().unwrap(), release),
            "search" => Value::String(encoded(&criteria(arguments.get("searchCriteria")))),
            _ => Value::Null,
        })
    })
}

/// `json_encode`.
fn encoded(value: &Value) -> String {
    let mut text = String::new();
    for c in value.to_string().chars() {
        if c == '/' {
            text.push_str("\\/");
        } else if c.is_ascii() {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(text, "\\u{unit:04x}").unwrap();
            }
        }
    }
    text
}

fn criteria(criteria: &Value) -> Value {
    let list = |value: &Value| -> Vec<Value> {
        match value {
            Value::Array(items) => items.clone(),
            Value::Object(items) => items.values().cloned().collect(),
            _ => Vec::new(),
        }
    };
    let filter = |it: &Value| {
        let condition = it.get("condition_type").filter(|it| !it.is_null()).cloned();
        json!([it.get("field"), condition.unwrap_or_else(|| json!("eq")), it.get("value")])
    };
    let groups: Vec<Value> = list(&criteria["filter_groups"])
        .iter()
        .map(|group| list(&group["filters"]).iter().map(filter).collect())
        .collect();
    let sorts: Vec<Value> = list(&criteria["sort_orders"])
        .iter()
        .map(|it| json!([it.get("field"), it.get("direction")]))
        .collect();
    json!({ "ps": criteria.get("page_size"), "cp": criteria.get("current_page"), "g": groups, "s": sorts })
}

fn fail(kind: &str, release: &str) -> Result<Value, ShopRefusal> {
    let is_old = release.starts_with("2.2");
    let is_php7 = is_old || release.starts_with("2.3");
    let localized = |status, message: &str, parameters| ShopRefusal::localized(status, message, parameters);
    let null = Value::Null;
    let required = "\"%fieldName\" is required. Enter and try again.";
    let detail = |message: &str, parameters: Value| RefusalDetail { message: message.to_owned(), parameters };
    let no_such = "No such entity with %fieldName = %fieldValue";
    Err(match kind {
        "nosuch" => localized(404, no_such, json!({ "fieldName": "id", "fieldValue": 5 })),
        "nosuchdouble" => localized(
            404,
            "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value",
            json!({ "fieldName": "id", "fieldValue": 5, "field2Name": "website", "field2Value": 1 }),
        ),
        "nosuchplain" => localized(404, "No such entity.", null),
        "localized" => {
            localized(400, "Says \"%1\" of %2 and %name.", json!({ "0": "one", "1": 2, "name": "nm" }))
        }
        "localizedlist" => localized(400, "Says \"%1\" of %2.", json!(["one", 2])),
        "input" => localized(400, "Top message", null).with_errors(vec![
            detail(required, json!({ "fieldName": "a" })),
            detail("Second %1", json!(["two"])),
        ]),
        "inputone" if is_old => {
            localized(400, "%fieldName is a required field.", json!({ "fieldName": "a" }))
        }
        "inputone" => localized(400, required, json!({ "fieldName": "a" })),
        "inputvalue" => localized(
            400,
            "Invalid value of \"%value\" provided for the %fieldName field.",
            json!({ "fieldName": "a", "value": "b" }),
        ),
        "auth" => localized(401, "auth no", null),
        "authz" => localized(401, "authz no", null),
        "couldnotsave" => localized(400, "could not save", null),
        "couldnotdelete" => localized(400, "could not delete", null),
        "state" => localized(400, "state", null),
        "exists" => localized(400, "exists", null),
        "validator" => localized(400, "validator", null),
        "serialization" => localized(400, "ser %1", json!(["x"])),
        "runtime" => ShopRefusal::internal("secret runtime detail"),
        // PHP 7 warns about the wrong type of an argument of its own, and only gives a notice on the missing key.
        "typeerror" if is_old => return Ok(Value::Null),
        "typeerror" if is_php7 => {
            ShopRefusal::internal("Warning: strlen() expects parameter 1 to be string, array given")
        }
        "warning" if is_php7 => return Ok(json!("")),
        "typeerror" | "fatal" => ShopRefusal::fatal("TypeError: Argument #1 must be of another type"),
        "divzero" => ShopRefusal::fatal("DivisionByZeroError: Division by zero"),
        "warning" => ShopRefusal::internal("Warning: Undefined array key \"nix\""),
        "webapi500" => ShopRefusal::new(500, "five"),
        "webapi404" | "codeint" | "webapi418" => coded(kind),
        _ => return Ok(json!("no failure")),
    })
}

fn coded(kind: &str) -> ShopRefusal {
    let mut refusal = match kind {
        "webapi404" => ShopRefusal::new(404, "nf"),
        "codeint" => ShopRefusal::localized(400, "with code", Value::Null),
        _ => ShopRefusal::new(418, "tea pot"),
    };
    if let magespec::mock::RefusalBody::Error { code, parameters, .. } = &mut *refusal.body {
        *code = match kind {
            "webapi404" => 17,
            "codeint" => 42,
            _ => 5,
        };
        if kind == "webapi418" {
            *parameters = json!({ "pot": "x" });
        }
    }
    refusal
}
