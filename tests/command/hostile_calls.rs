//! Foreign text in pasted calls and in files of credentials.

use std::fs;

use serde_json::json;

use super::{
    SPEC,
    hostile::{FORGED, HOSTILE, printed},
};

/// Pasted calls, and names in files of credentials.
#[test]
fn calls_and_credentials() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let message = json!({ "message": HOSTILE, "parameters": { "x": FORGED } });
    let header = format!(
        "OAuth oauth_consumer_key=\"{HOSTILE}\", oauth_signature=\"{HOSTILE}\", oauth_token=\"{HOSTILE}\""
    );
    let texts = [
        format!("curl 'https://shop.example/rest/V1/{HOSTILE}' -H 'Authorization: {header}'\n{message}"),
        format!("GET /rest/V1/{HOSTILE} HTTP/1.1\nHost: {HOSTILE}\nAuthorization: {header}\n\nHTTP/1.1 401 X\n\n{message}"),
        json!({ "request": { "method": HOSTILE, "url": format!("https://x/rest/{FORGED}"), "headers": [] }, "response": { "content": { "text": message.to_string() } } }).to_string(),
        format!("10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /rest/V1/{HOSTILE} HTTP/1.1\" 404 12 \"-\" \"x\""),
        format!("{HOSTILE} GET https://shop.example/rest/V1/{HOSTILE} 404"),
        HOSTILE.to_owned(),
    ];
    for text in texts {
        fs::write(dir.path().join("call.txt"), text).unwrap();
        for format in ["human", "json"] {
            printed(dir.path(), &["why", "call.txt", "--release", "2.4.7", "--format", format]);
        }
    }
    let keys = json!([{ "integration": HOSTILE, "consumer_key": HOSTILE, "consumer_secret": FORGED, "access_token": HOSTILE, "access_token_secret": FORGED }]);
    fs::write(dir.path().join("keys.json"), keys.to_string()).unwrap();
    for arguments in [
        &["sign", "GET", "https://shop.example/rest/V1/orders", "--credentials", "keys.json"][..],
        &["sign", "GET", "https://shop.example/rest/V1/orders", "--credentials", "keys.json", "--curl"],
        &[
            "sign",
            "GET",
            "https://shop.example/rest/V1/orders",
            "--credentials",
            "keys.json",
            "--base-string",
        ],
        &[
            "sign",
            "GET",
            "https://shop.example/rest/V1/orders",
            "--credentials",
            "keys.json",
            "--integration",
            "x",
        ],
        &["sign", HOSTILE, HOSTILE, "--credentials", "keys.json"],
        &["why", "call.txt", "--credentials", "keys.json"],
        &["mock", "send", HOSTILE],
        &["mock", "send", "x", "--url", HOSTILE],
    ] {
        printed(dir.path(), arguments);
    }
}
