//! Fixture of one answer.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{privacy, texts};
use crate::mock::{HttpRequest, fixtures::Fixture};

/// Answer of a real shop.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedAnswer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

/// Makes the fixture of an answer, and the name of its file. None if it is not a REST call, or not JSON.
#[must_use]
pub fn recorded(request: &HttpRequest, answer: &RecordedAnswer) -> Option<(String, Fixture)> {
    let path = request.path();
    let (_, path) = path.split_once("/rest/")?;
    // Behind the store code, if there is one.
    let at = path.split('/').take(2).position(|step| step.strip_prefix('V').is_some_and(is_number))?;
    let path: Vec<String> = path.split('/').skip(at).map(texts::cleaned).collect();
    let path = path.join("/");
    let body: Value = serde_json::from_slice(&answer.body).ok()?;
    let query = request.query().filter(|query| !query.is_empty()).map(texts::cleaned);
    let call = format!("{} /{}", request.method, path.trim_end_matches('/'));
    let mut name: String = call
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' || c == '_' { c } else { '-' })
        .collect();
    while name.contains("--") {
        name = name.replace("--", "-");
    }
    name.truncate(120);
    if let Some(query) = &query {
        let hash = Sha256::digest(query);
        name.push('-');
        name.extend(hash.iter().take(4).map(|byte| format!("{byte:02x}")));
    }
    let is_secret = path.to_lowercase().contains("token");
    let body =
        if is_secret && body.is_string() { Value::from(texts::SECRET) } else { privacy::cleaned(&body) };
    let fixture =
        Fixture { call, query, status: answer.status, body: Some(body), template: None, file: String::new() };
    Some((format!("{name}.json"), fixture))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(target: &str, body: &str) -> Option<(String, Fixture)> {
        let request =
            HttpRequest { method: "GET".to_owned(), target: target.to_owned(), ..HttpRequest::default() };
        recorded(&request, &RecordedAnswer { status: 200, body: body.into() })
    }

    #[test]
    fn the_path_and_the_query_name_the_call() {
        let (name, fixture) = record("/rest/default/V1/orders?searchCriteria[pageSize]=1", "[]").unwrap();
        assert_eq!(fixture.call, "GET /V1/orders");
        assert_eq!(fixture.query.as_deref(), Some("searchCriteria[pageSize]=1"));
        assert!(name.starts_with("GET-V1-orders-"), "{name}");
        assert!(record("/rest/V1/orders/1", "<html>").is_none());
        assert!(record("/checkout", "{}").is_none());
    }

    #[test]
    fn tokens_and_addresses_stay_out() {
        let (_, fixture) = record("/rest/V1/integration/admin/token", "\"eyJhbGciOi\"").unwrap();
        assert_eq!(fixture.body, Some(Value::from("secret")));
        let (name, fixture) = record("/rest/V1/customers/search?a=ann%40shop.test", "{}").unwrap();
        assert!(!format!("{name}{fixture:?}").contains("ann"), "{name} {fixture:?}");
    }
}
