//! Errors: what their messages and parameters say of people.

use serde_json::{Map, Value};

use super::texts;
use crate::mock::refusal::TRACE;

/// Text in place of a value in a message.
const VALUE: &str = "value";

/// Shortest text of a request that is looked for in a message.
const SHORTEST_ECHO: usize = 3;

/// Words with a capital that Magento's messages have inside of a sentence.
const WORDS: [&str; 40] = [
    "Address",
    "Admin",
    "Adobe",
    "Array",
    "Cart",
    "Catalog",
    "Category",
    "Class",
    "Code",
    "Commerce",
    "Company",
    "Consumer",
    "Content",
    "Country",
    "Creditmemo",
    "Customer",
    "Customers",
    "Details",
    "Email",
    "Error",
    "Exception",
    "Expected",
    "Id",
    "Internal",
    "Invoice",
    "Magento",
    "Order",
    "Payment",
    "Postal",
    "Product",
    "Quote",
    "Report",
    "Request",
    "Shipment",
    "Shipping",
    "Store",
    "Type",
    "Verify",
    "Website",
    "Zip",
];

/// Quoted words that are types of PHP.
const TYPES: [&str; 8] = ["int", "integer", "string", "bool", "boolean", "float", "array", "mixed"];

/// Copies an error without what it says of people. `echoes` are the texts of the request, which it may repeat.
pub(super) fn cleaned(error: &Value, echoes: &[String]) -> Value {
    match error {
        Value::Object(fields) => {
            let cleaned = fields.iter().map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("message", Value::String(text)) => Value::from(message(text, echoes)),
                    ("trace", Value::String(_)) => Value::from(TRACE),
                    ("parameters", value) => parameters(value),
                    _ => cleaned(value, echoes),
                };
                (texts::cleaned(key), value)
            });
            Value::Object(cleaned.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| cleaned(item, echoes)).collect()),
        Value::String(text) => Value::from(message(text, echoes)),
        other => parameter("", other),
    }
}

/// Texts of a value, which an error may repeat.
pub(super) fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Number(number) => into.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, into)),
        Value::Null | Value::Bool(_) => {}
    }
}

fn parameters(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(|item| parameter("", item)).collect()),
        Value::Object(fields) => {
            let fields: Map<String, Value> =
                fields.iter().map(|(name, value)| (texts::cleaned(name), parameter(name, value))).collect();
            Value::Object(fields)
        }
        other => parameter("", other),
    }
}

/// Value for a placeholder: names of fields and resources stay.
fn parameter(name: &str, value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let is_name = name.ends_with("Name")
                && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
                || name == "resources"
                || text.contains("::")
                || is_few_digits(text);
            if is_name { Value::from(texts::cleaned(text)) } else { Value::from(VALUE) }
        }
        Value::Number(number) if !is_few_digits(&number.to_string()) => Value::from(0),
        Value::Array(_) | Value::Object(_) => parameters(value),
        other => other.clone(),
    }
}

fn is_few_digits(text: &str) -> bool {
    text.len() <= 7 && text.bytes().all(|c| c.is_ascii_digit())
}

/// Characters of a message that are kept.
const LONGEST_MESSAGE: usize = 4096;

/// Message without addresses, quotations, what the request sent, and names.
fn message(text: &str, echoes: &[String]) -> String {
    let mut text: String = text.chars().take(LONGEST_MESSAGE).collect();
    let mut echoes: Vec<&String> = echoes.iter().filter(|it| it.chars().count() >= SHORTEST_ECHO).collect();
    echoes.sort_by_key(|it| std::cmp::Reverse(it.len()));
    for echo in echoes {
        text = text.replace(echo.as_str(), VALUE);
    }
    without_names(&without_quotations(&texts::cleaned(&text)))
}

/// Marks that open a quotation, with those that may end it.
const QUOTATIONS: [(char, &str); 10] = [
    ('"', "\""),
    ('`', "`"),
    ('\'', "'"),
    ('“', "”"),
    ('”', "”"),
    ('„', "“”"),
    ('‘', "’"),
    ('‚', "‘’"),
    ('«', "»"),
    ('»', "«"),
];

fn without_quotations(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut done = 0;
    let opens = |at: usize, open: char| {
        let (_, ends) = QUOTATIONS.iter().find(|(it, _)| *it == open)?;
        is_mark(text, at, open, true).then_some(*ends)
    };
    let from = |start: usize| text[start..].char_indices().map(move |(at, it)| (start + at, it));
    while let Some((at, open, ends)) = from(done).find_map(|(at, it)| Some((at, it, opens(at, it)?))) {
        clean += text.get(done..at).unwrap_or_default();
        clean.push(open);
        let end =
            from(at + open.len_utf8()).find(|(at, it)| ends.contains(*it) && is_mark(text, *at, *it, false));
        // An odd mark shifts the pairs behind it.
        let is_odd = ends.contains(open) && {
            let same = from(done).filter(|(_, it)| *it == open);
            let marks =
                same.filter(|(at, it)| is_mark(text, *at, *it, true) || is_mark(text, *at, *it, false));
            marks.count() % 2 == 1
        };
        let Some((end, close)) = end.filter(|_| !is_odd) else { return clean + VALUE };
        let inside = text.get(at + open.len_utf8()..end).unwrap_or_default();
        let is_name = inside.starts_with('%')
            || inside.contains('_')
            || inside.contains("::")
            || TYPES.contains(&inside);
        clean += if is_name && !inside.contains(' ') { inside } else { VALUE };
        clean.push(close);
        done = end + close.len_utf8();
    }
    clean + text.get(done..).unwrap_or_default()
}

/// Returns true if a mark may open a quotation, or end it: single ones stand at the edge of a word, others are apostrophes.
fn is_mark(text: &str, at: usize, mark: char, opens: bool) -> bool {
    if !matches!(mark, '\'' | '‘' | '’' | '‚') {
        return true;
    }
    let before = text.get(..at).and_then(|it| it.chars().next_back());
    let after = text.get(at + mark.len_utf8()..).and_then(|it| it.chars().next());
    if opens {
        before.is_none_or(|it| it.is_whitespace() || "([{<:=,;/-".contains(it))
            && after.is_some_and(|it| !it.is_whitespace())
    } else {
        after.is_none_or(|it| !it.is_alphanumeric()) && before.is_some_and(|it| !it.is_whitespace())
    }
}

/// Replaces words with a capital inside of a sentence, which may be names, and the word before them at its start.
fn without_names(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_name = |word: &str| {
        let word = bare(word);
        let mut letters = word.chars();
        let base = word.strip_suffix("'s").unwrap_or(&word);
        letters.next().is_some_and(char::is_uppercase)
            && letters.any(char::is_lowercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'' || c == '’')
            && !WORDS.contains(&base)
    };
    let starts = |place: usize| {
        let before = place.checked_sub(1).and_then(|it| words.get(it));
        before.is_none_or(|word| word.ends_with(['.', '!', '?', ':']))
    };
    let clean = words.iter().enumerate().map(|(place, word)| {
        let next_is_name =
            words.get(place + 1).is_some_and(|next| is_name(next)) && !word.ends_with(['.', ':', ',']);
        if is_name(word) && (!starts(place) || next_is_name) {
            word.replace(&bare(word), "Name")
        } else {
            (*word).to_owned()
        }
    });
    clean.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn messages_of_magento_stay() {
        for text in [
            "No such entity with %fieldName = %fieldValue",
            "The consumer isn't authorized to access %resources.",
            "One or more input exceptions have occurred.",
            "\"%fieldName\" is required. Enter and try again.",
            "The \"%1\" value's type is invalid. The \"%2\" type was expected. Verify and try again.",
            "Internal Error. Details are available in Magento log file. Report ID: webapi-5f1e2d3c4b5a6",
            "The product that was requested doesn't exist. Verify the product and try again.",
            "Property \"not_there\" does not have accessor method \"getNotThere\" in class \"Magento\\Sales\\Api\\X\".",
        ] {
            let clean = cleaned(&json!({ "message": text }), &[]);
            let kept = clean["message"].as_str().unwrap();
            let quoted = text.contains("getNotThere");
            assert!(
                kept == text || quoted && kept.starts_with("Property \"not_there\" does not have"),
                "{kept}"
            );
        }
        let error = json!({
            "message": "x %fieldName", "parameters": { "fieldName": "customer_id", "fieldValue": 42, "resources": "A_B::c" },
        });
        assert_eq!(cleaned(&error, &[]), error);
    }

    #[test]
    fn quotations_of_all_marks_go() {
        for text in [
            "No 'ann smith' here, nor „elm street 7“ or ‘bob jones’",
            "it's «dora» or »dora« in the customer's ‚elm street 7’",
            "5\" left of the \"x\" of dora",
            "5\" left \"dora\" \"elm street 7\"",
            "the customers' 'bob jones', \"dora",
            "`dora` ”dora” 'o'dora'",
        ] {
            let clean = message(text, &[]);
            for secret in ["ann", "elm", "bob", "dora"] {
                assert!(!clean.contains(secret), "{clean}");
            }
            assert!(clean.contains(VALUE), "{clean}");
        }
        for text in ["the customer's orders aren't there", "the \"%1\"'s value isn't 'customer_id'"] {
            assert_eq!(message(text, &[]), text);
        }
    }

    #[test]
    fn people_go() {
        let error = json!({
            "message": "A customer \"Ann Smith\" with ann@shop.test (+49 151 2345678) lives in Elmstreet, see 'x'.",
            "parameters": { "fieldName": "email", "fieldValue": "ann@shop.test", "field2Value": "Smith", "list": ["Ann"] },
            "errors": [{ "message": "Hello Ann Smith, your account DE89370400440532013000 is closed", "parameters": ["Ann"] }],
            "trace": "#0 /var/www/Ann.php(1): f('Ann')",
        });
        let text = cleaned(&error, &["Elmstreet".to_owned()]).to_string();
        for secret in ["Ann", "ann@", "Smith", "2345678", "Elm", "DE89", "var/www"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}
