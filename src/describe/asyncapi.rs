//! AsyncAPI 3.0 of webhooks: what the shop sends, and how the other side knows that it is from the shop.

use serde_json::{Map, Value, json};

use crate::model::{Module, Webhook, Webhooks};

/// The document; none if nothing is told. It is said from the side of the shop, which sends.
#[must_use]
pub fn document(module: &Module) -> Option<Value> {
    let webhooks = module.webhooks.as_ref()?;
    let messages: Map<_, _> =
        webhooks.list.iter().map(|webhook| (webhook.topic.clone(), message(webhook))).collect();
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
                "summary": "One POST for each message; any answer with a status of 200 to 299 takes it",
                "messages": references("#/channels/events/messages"),
                "bindings": { "http": { "method": "POST", "bindingVersion": "0.3.0" } },
            },
        },
        "components": {
            "messages": messages,
            "schemas": { "Headers": headers() },
            "securitySchemes": { "signature": signature() },
        },
    }))
}

const JSON: &str = "application/json";

fn about(webhooks: &Webhooks) -> String {
    format!(
        "Webhooks as the Standard Webhooks specification has them. A message comes at least once, in no order: webhook-id \
         tells whether it was here before, and sequence which of two is newer. One that is not answered with a status of \
         200 to 299 in time comes again after about {} seconds, then twice as long each time, at most {} seconds, {} times \
         in all.",
        webhooks.first_delay, webhooks.longest_delay, webhooks.max_attempts
    )
}

/// Where messages are sent: the shop has a setting for it, of which the default is known.
fn receiver(webhooks: &Webhooks) -> Value {
    let default = webhooks.url.default.as_deref().and_then(|url| url.split_once("://"));
    let (protocol, rest) = default.unwrap_or(("https", ""));
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let mut variable = Map::new();
    let about = format!("What the setting {} of the shop has", webhooks.url.path);
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

fn signature() -> Value {
    json!({
        "type": "httpApiKey",
        "in": "header",
        "name": "webhook-signature",
        "description": "v1, and base64 of HMAC-SHA256 over webhook-id, a dot, webhook-timestamp, a dot and the body as it \
                        came, byte for byte. The key is the secret that both sides have; of one that starts with whsec_ \
                        the rest, decoded from base64.",
    })
}

/// What `Model/Webhook/Sender.php` adds.
fn headers() -> Value {
    let header = |description: &str, pattern: &str| json!({ "description": description, "type": "string", "pattern": pattern });
    json!({
        "type": "object",
        "required": ["content-type", "webhook-id", "webhook-timestamp", "webhook-signature"],
        "properties": {
            "content-type": { "type": "string", "const": JSON },
            "webhook-id": header("The same at every attempt", "^msg_[0-9a-f]{32}$"),
            "webhook-timestamp": header("The second of this attempt, since 1970", "^[0-9]+$"),
            "webhook-signature": header("Made anew at every attempt", "^v1,[A-Za-z0-9+/]{43}=$"),
        },
    })
}

fn message(webhook: &Webhook) -> Value {
    json!({
        "name": webhook.topic,
        "summary": format!("Recorded at the event {}, in its transaction", webhook.event),
        "contentType": JSON,
        "headers": { "$ref": "#/components/schemas/Headers" },
        "payload": {
            "type": "object",
            "required": ["type", "timestamp", "sequence", "data"],
            "properties": {
                "type": { "type": "string", "const": webhook.topic },
                "timestamp": { "description": "When it happened, in UTC", "type": "string", "format": "date-time" },
                "sequence": { "description": "Higher is newer", "type": "integer", "minimum": 1 },
                "data": data(webhook),
            },
        },
    })
}

/// Every field is there; one that the object does not have is null. Without fields PHP writes a list.
fn data(webhook: &Webhook) -> Value {
    if webhook.fields.is_empty() {
        return json!({ "type": "array", "maxItems": 0 });
    }
    let required: Vec<&str> = webhook.fields.iter().map(|(name, _)| name.as_str()).collect();
    let property =
        |(name, kind): &(String, &'static str)| (name.clone(), json!({ "type": [json_type(kind), "null"] }));
    let properties: Map<_, _> = webhook.fields.iter().map(property).collect();
    json!({
        "description": "The fields as they were when it happened",
        "type": "object",
        "required": required,
        "properties": properties,
    })
}

/// What JSON calls a type of PHP.
fn json_type(php: &str) -> &'static str {
    match php {
        "int" => "integer",
        "float" => "number",
        "bool" => "boolean",
        _ => "string",
    }
}
