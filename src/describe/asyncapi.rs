//! AsyncAPI 3.0 of webhooks: messages of the shop, and how receivers verify them.

use serde_json::{Map, Value, json};

use crate::{
    model::{Module, PayloadField, PayloadNode, Webhook, Webhooks},
    names::EventName,
};

/// Builds the document from the point of view of the shop, which sends; `None` without webhooks.
#[must_use]
pub fn document(module: &Module) -> Option<Value> {
    let webhooks = module.webhooks.as_ref()?;
    let messages =
        webhooks.list.iter().map(|webhook| (webhook.topic.clone(), message(module, webhooks, webhook)));
    let messages: Map<_, _> = messages.collect();
    let references = |place: &str| {
        let reference = |topic: &String| json!({ "$ref": format!("{place}/{topic}") });
        messages.keys().map(reference).collect::<Vec<_>>()
    };
    let of_channel: Map<_, _> = messages.keys().cloned().zip(references("#/components/messages")).collect();
    let about = about(webhooks);
    Some(json!({
        "asyncapi": "3.0.0",
        "info": super::info(module, &about),
        "defaultContentType": JSON,
        "servers": { "receiver": receiver(webhooks) },
        "channels": {
            "events": {
                "address": if webhooks.path.is_empty() { "/" } else { &webhooks.path },
                "servers": [{ "$ref": "#/servers/receiver" }],
                "messages": of_channel,
            },
        },
        "operations": {
            "tell": {
                "action": "send",
                "channel": { "$ref": "#/channels/events" },
                "summary": "One POST per message; a response with a status from 200 to 299 accepts it",
                "messages": references("#/channels/events/messages"),
                "bindings": { "http": { "method": "POST", "bindingVersion": "0.3.0" } },
            },
        },
        "components": {
            "messages": messages,
            "schemas": { "Headers": headers(webhooks) },
            "securitySchemes": { "signature": signature(webhooks) },
        },
    }))
}

const JSON: &str = "application/json";

fn about(webhooks: &Webhooks) -> String {
    format!(
        "Webhooks according to the Standard Webhooks specification. Messages are delivered at least once, in any order: \
         use webhook-id to discard duplicates, and sequence to tell which of two messages is newer. A message that is \
         not answered with a status from 200 to 299 in time is sent again after about {} seconds; the delay doubles each \
         time, up to {} seconds, for at most {} attempts in total.",
        webhooks.first_delay, webhooks.longest_delay, webhooks.max_attempts
    )
}

/// Server that receives the messages: a setting of the shop, with a known default.
fn receiver(webhooks: &Webhooks) -> Value {
    let default = webhooks.url.default.as_deref().and_then(|url| url.split_once("://"));
    let (protocol, rest) = default.unwrap_or(("https", ""));
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let mut variable = Map::new();
    let about = format!("Value of the setting {} in the shop", webhooks.url.path);
    variable.insert("description".to_owned(), json!(about));
    if !host.is_empty() {
        variable.insert("default".to_owned(), json!(host));
    }
    let mut server = Map::new();
    server.insert("host".to_owned(), json!("{receiver}"));
    server.insert("protocol".to_owned(), json!(protocol));
    if !path.is_empty() {
        server.insert("pathname".to_owned(), json!(path));
    }
    server.insert("variables".to_owned(), json!({ "receiver": variable }));
    server.insert("security".to_owned(), json!([{ "$ref": "#/components/securitySchemes/signature" }]));
    Value::Object(server)
}

fn signature(webhooks: &Webhooks) -> Value {
    let mut description = "v1, followed by the Base64 of HMAC-SHA256 over webhook-id, a dot, webhook-timestamp, a dot and \
                           the raw body. The key is the shared secret. If it starts with whsec_, the key is the rest, \
                           decoded from Base64."
        .to_owned();
    if webhooks.second_secret.is_some() {
        description.push_str(
            " While the shop changes its secret, there are two signatures, separated by a space: one for each secret. \
             One match is enough.",
        );
    }
    json!({
        "type": "httpApiKey",
        "in": "header",
        "name": "webhook-signature",
        "description": description,
    })
}

/// Headers that `Model/Webhook/Sender.php` adds.
fn headers(webhooks: &Webhooks) -> Value {
    let one = "v1,[A-Za-z0-9+/]{43}=";
    let signatures = match &webhooks.second_secret {
        Some(_) => format!("^{one}( {one})?$"),
        None => format!("^{one}$"),
    };
    let header = |description: &str, pattern: &str| json!({ "description": description, "type": "string", "pattern": pattern });
    json!({
        "type": "object",
        "required": ["content-type", "webhook-id", "webhook-timestamp", "webhook-signature"],
        "properties": {
            "content-type": { "type": "string", "const": JSON },
            "webhook-id": header("The same in every attempt", "^msg_[0-9a-f]{32}$"),
            "webhook-timestamp": header("Unix time of this attempt in seconds", "^[0-9]+$"),
            "webhook-signature": header("Computed for each attempt", &signatures),
        },
    })
}

fn message(module: &Module, webhooks: &Webhooks, webhook: &Webhook) -> Value {
    let condition = webhook.condition().map(|condition| format!(", if {condition}")).unwrap_or_default();
    let mut message = json!({
        "name": webhook.topic,
        "summary": format!("Recorded on {}{condition}", moment(webhook)),
        "contentType": JSON,
        "headers": { "$ref": "#/components/schemas/Headers" },
        "payload": {
            "type": "object",
            "required": ["type", "timestamp", "sequence", "data"],
            "properties": {
                "type": kind(module, &webhook.topic),
                "timestamp": { "description": "Time of the event, in UTC", "type": "string", "format": "date-time" },
                "sequence": { "description": "Number that is higher for newer messages", "type": "integer", "minimum": 1 },
                "data": data(webhook, !webhooks.are_plain()),
            },
        },
    });
    if webhooks.commands.is_some() {
        let properties = &mut message["payload"]["properties"];
        properties["test"] = json!({
            "description": "Only in test messages, which somebody sends by hand: they report nothing and have the sequence 0",
            "type": "boolean",
            "const": true,
        });
        properties["sequence"]["minimum"] = json!(0);
    }
    message
}

/// Schema of a message's topic: messages that waited during a rename are sent under the topic they were recorded with.
fn kind(module: &Module, topic: &str) -> Value {
    let former = module.renames.topics.iter().filter(|(_, present)| *present == topic);
    let former: Vec<&str> = former.map(|(former, _)| former.as_str()).collect();
    match former.as_slice() {
        [] => json!({ "type": "string", "const": topic }),
        former => json!({
            "description": "The former topic only in messages that were recorded before the rename",
            "type": "string",
            "enum": ([&[topic], former].concat()),
        }),
    }
}

/// Describes when a webhook is recorded: events, and where their transactions are.
fn moment(webhook: &Webhook) -> String {
    let events: Vec<&str> = webhook.events.iter().map(EventName::as_str).collect();
    let (on, its) =
        if events.len() == 1 { ("event", "its transaction") } else { ("events", "their transactions") };
    let late = webhook.events.iter().filter(|event| event.is_after_commit()).count();
    let place = match late {
        0 => format!("in {its}"),
        _ if late == events.len() => format!("after {its}"),
        _ => format!("in {its}, or after them"),
    };
    format!("the {on} {}, {place}", events.join(" and "))
}

/// Schema of the payload. All fields are present; those that the object does not have are null. Without fields PHP
/// writes a list. In a bounded payload, fields may be left out for its size.
fn data(webhook: &Webhook, is_bounded: bool) -> Value {
    if webhook.fields.is_empty() {
        return json!({ "type": "array", "maxItems": 0 });
    }
    let mut data = Map::new();
    let mut description = "Fields at the time of the event".to_owned();
    if is_bounded {
        description += &format!(", in at most {} bytes", webhook.size_limit());
    }
    data.insert("description".to_owned(), json!(description));
    data.append(&mut object(&webhook.fields));
    if let Some(properties) = data.get_mut("properties").filter(|_| is_bounded).and_then(Value::as_object_mut)
    {
        bound(properties);
    }
    Value::Object(data)
}

/// Adds to the fields what they are if the data would be too large.
fn bound(properties: &mut Map<String, Value>) {
    for schema in properties.values_mut() {
        if let Some(kind) = schema.get_mut("type").filter(|kind| kind.is_string()) {
            *kind = json!([kind, "null"]);
        }
    }
    let names: Vec<&String> = properties.keys().collect();
    let omitted = json!({
        "description": "Fields that are null because the data would be too large; absent if there are none",
        "type": "array",
        "minItems": 1,
        "uniqueItems": true,
        "items": { "type": "string", "enum": names },
    });
    properties.insert("_omitted".to_owned(), omitted);
}

fn object(fields: &[PayloadField]) -> Map<String, Value> {
    let required: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let properties = fields.iter().map(|field| (field.name.clone(), node(&field.value)));
    let members = [
        ("type", json!("object")),
        ("required", json!(required)),
        ("properties", Value::Object(properties.collect())),
    ];
    members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn node(value: &PayloadNode) -> Value {
    match value {
        PayloadNode::Scalar { kind, .. } => json!({ "type": [json_type(kind), "null"] }),
        PayloadNode::Object { fields, .. } => Value::Object(object(fields)),
        PayloadNode::List { item, .. } => json!({ "type": "array", "items": node(item) }),
    }
}

/// Converts a PHP type to a JSON type.
fn json_type(php: &str) -> &'static str {
    match php {
        "int" => "integer",
        "float" => "number",
        "bool" => "boolean",
        _ => "string",
    }
}
