//! Base strings as shops computed them.

use std::fs;

use magespec::oauth::{Dialect, SignedRequest, base_string, is_form};
use serde_json::Value;

use crate::need::{Need, shared, trials};

trials! {
    [Need::Shared("golden/base_strings.jsonl")] => base_strings_are_those_of_magento;
}

fn base_strings_are_those_of_magento() {
    let recorded = fs::read_to_string(shared("golden/base_strings.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for line in recorded.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| case[key].as_str().unwrap();
        let header = |name: &str| case["headers"][name].as_str().unwrap_or_default();
        let (path, query) =
            text("path").split_once('?').map_or((text("path"), None), |(path, query)| (path, Some(query)));
        let request = SignedRequest {
            method: text("method"),
            scheme: if header("X-Forwarded-Proto") == "https" { "https" } else { "http" },
            host: text("host"),
            path,
            query,
            form: case["body"].as_str().filter(|_| is_form(header("Content-Type"))),
        };
        let parameters = case["oauth"].as_object().unwrap().iter();
        let parameters: Vec<(String, String)> =
            parameters.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
        let dialect = Dialect::of(text("release").parse().unwrap());
        let computed = base_string(&request, &parameters, dialect);
        if computed != text("base_string") {
            wrong.push(format!("{}\n   {computed}\n   {}", text("path"), text("base_string")));
        }
    }
    assert!(recorded.lines().count() >= 217);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
