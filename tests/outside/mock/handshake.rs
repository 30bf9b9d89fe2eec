//! The OAuth handshake, replayed: each case on a shop in the state that its recording had.

use std::{collections::BTreeMap, fs};

use magespec::mock::{HttpRequest, MockShop, TokenKind};
use serde_json::{Map, Value, json};

use super::{
    gate::{difference, shop},
    signed::{NOW, replayed},
};
use crate::need::{Need, shared, trials};

trials! {
    [Need::Shared("golden/answers.jsonl")] => recorded_handshakes_are_those_of_the_mock;
}

fn recorded_handshakes_are_those_of_the_mock() {
    let recorded = fs::read_to_string(shared("golden/answers.jsonl")).unwrap();
    let mut figures: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (number, line) in recorded.lines().enumerate() {
        let mut case: Value = serde_json::from_str(line).unwrap();
        let (id, release) = (text(&case["id"]), text(&case["release"]));
        let Some(step) = id.strip_prefix("handshake.") else { continue };
        let mut shake = Shake::new(&release, case["mode"] == "developer", number);
        let token = shake.until(step);
        if let Some(signed) = case["request"]["signed_as"].as_str() {
            case["request"]["signed_as"] = json!(shake.signed_as(signed, token));
        }
        let request = shake.request(&case);
        let answer = shake.shop.answer(&request, NOW);
        let is_token =
            case["response"]["body"].as_str().is_some_and(|body| body.starts_with("oauth_token=<"));
        let found = difference(&case, &answer).or_else(|| {
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            (is_token && !is_pair(&body)).then_some(body)
        });
        let figure = figures.entry(release.clone()).or_default();
        figure[1] += 1;
        match found {
            None => figure[0] += 1,
            Some(difference) => wrong.push(format!("{id} {release}: {difference}")),
        }
    }
    for (release, [passed, all]) in &figures {
        println!("handshake {release:<9} {passed} of {all}");
    }
    assert!(figures.len() >= 3);
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Returns true for a token and its secret.
fn is_pair(body: &str) -> bool {
    let values: Vec<&str> =
        body.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, it)| it).collect();
    values.len() == 2
        && values.iter().all(|it| {
            it.len() == 32 && it.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// Token and its secret.
type Pair = [String; 2];

/// Handshake with a shop.
struct Shake {
    shop: MockShop,
    place: usize,
    number: usize,
}

impl Shake {
    fn new(release: &str, is_developer: bool, number: usize) -> Self {
        let shop = shop(release, is_developer);
        let place = shop.rows().0.iter().position(|it| it.name == "handshake").unwrap();
        shop.deactivate(place);
        Self { shop, place, number: 100_000 + number * 10 }
    }

    /// Does what came before a case; returns the token that it is signed with.
    fn until(&mut self, case: &str) -> Option<Pair> {
        match case {
            "request.stuck" => {
                self.post(false, NOW);
                let token = self.ask("request", NOW, None);
                self.post(false, NOW);
                Some(token)
            }
            "access.no-verifier"
            | "access.short-verifier"
            | "access.wrong-verifier"
            | "access.wrong-token-secret"
            | "access.with-empty-secret" => {
                self.post(false, NOW);
                Some(self.ask("request", NOW, None))
            }
            "access.late" => {
                self.post(false, NOW - 3000);
                Some(self.ask("request", NOW - 2999, None))
            }
            "access.with-access-token" | "request.after-access" | "rest-with-access-token" => {
                Some(self.done())
            }
            "rest-old-token-during-reauth" => {
                let old = self.done();
                self.post(true, NOW);
                Some(old)
            }
            _ => {
                self.post(false, NOW);
                None
            }
        }
    }

    fn post(&self, is_again: bool, now: u64) {
        self.shop.begin_handshake(self.place, is_again, "http://127.0.0.1:18181", now).unwrap();
    }

    /// Whole handshake; returns the access token.
    fn done(&mut self) -> Pair {
        self.post(false, NOW);
        let token = self.ask("request", NOW, None);
        self.ask("access", NOW, Some(token))
    }

    /// Asks for a token, which has to be given.
    fn ask(&mut self, step: &str, now: u64, token: Option<Pair>) -> Pair {
        let mut options = json!({ "params": { "oauth_timestamp": now.to_string() } });
        options[if token.is_some() { "verifier" } else { "no_token" }] = json!("own");
        let signed = self.signed_as(&format!("HMAC-SHA256 as handshake {options}"), token);
        let case = json!({ "id": "handshake.before", "request": {
            "method": "POST", "scheme": "http", "host": "127.0.0.1:18181", "path": format!("/oauth/token/{step}"),
            "headers": { "Authorization": "OAuth " }, "signed_as": signed,
        }});
        let request = self.request(&case);
        let answer = self.shop.answer(&request, now);
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(answer.status == 200 && is_pair(&body), "{step}: {body}");
        let values: Vec<String> =
            body.split('&').map(|pair| pair.split_once('=').unwrap().1.to_owned()).collect();
        values.try_into().unwrap()
    }

    fn request(&mut self, case: &Value) -> HttpRequest {
        self.number += 1;
        replayed(case, &self.shop, self.number, &[String::new(), String::new()]).request
    }

    /// Description of a signature with the tokens and the verifier of this handshake.
    fn signed_as(&self, signed: &str, token: Option<Pair>) -> String {
        let (start, options) = signed.split_once(" {").unwrap_or((signed, "}"));
        let mut options: Map<String, Value> = serde_json::from_str(&format!("{{{options}")).unwrap();
        if options.remove("no_token").is_some() {
            let mut dropped = options.get("drop").and_then(Value::as_array).cloned().unwrap_or_default();
            dropped.push(json!("oauth_token"));
            options.insert("drop".to_owned(), Value::Array(dropped));
            options.insert("tsecret".to_owned(), json!(""));
        } else if let Some([token, secret]) = token {
            options.entry("token").or_insert(json!(token));
            options.entry("tsecret").or_insert(json!(secret));
        }
        let is_foreign = |it: &Value| it.as_str().is_some_and(|it| it.starts_with("zzz"));
        if options.get("verifier").is_some_and(|it| !is_foreign(it)) {
            let rows = self.shop.rows().1;
            let own = rows.iter().filter(|row| row.consumer == self.place && row.kind != TokenKind::Verifier);
            let verifier =
                own.filter_map(|row| row.verifier.clone()).next().unwrap_or_else(|| "v".repeat(32));
            options.insert("verifier".to_owned(), json!(verifier));
        }
        format!("{start} {}", Value::Object(options))
    }
}
