//! Secrets that the answer to a pasted request may repeat.

use serde_json::Value;

use crate::{
    mock::{HttpRequest, MockShop, parameters},
    oauth::{KnownSecrets, names_secret},
};

/// Secrets of the client, and values of the request whose names say that they are secrets.
pub(super) fn secrets(shop: &MockShop, request: &HttpRequest) -> KnownSecrets {
    let mut values = shop.secret_values();
    for (name, value) in &request.headers {
        let bearer = value.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        match bearer {
            Some((_, token)) => values.push(token.to_owned()),
            None if names_secret(name) => values.push(value.clone()),
            None => {}
        }
    }
    let body = String::from_utf8_lossy(&request.body);
    match serde_json::from_str(&body) {
        Ok(body) => named_secrets(&body, &mut values),
        Err(_) => named_secrets(&Value::Object(parameters(&body)), &mut values),
    }
    KnownSecrets::new(values)
}

/// Adds the texts whose keys name a secret.
fn named_secrets(value: &Value, values: &mut Vec<String>) {
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(items) => left.extend(items),
            Value::Object(fields) => {
                let named = fields.iter().filter(|(name, _)| names_secret(name));
                values.extend(named.filter_map(|(_, value)| value.as_str().map(str::to_owned)));
                left.extend(fields.values());
            }
            _ => {}
        }
    }
}
