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
    let [key, token] = ["k", "t"].map(|letter| letter.repeat(32));
    // Its signature is compared.
    let signed = format!(
        "curl 'https://shop.example/rest/V1/orders/{HOSTILE}?x={HOSTILE}' -H 'Authorization: OAuth oauth_consumer_key=\"{key}\", \
         oauth_token=\"{token}\", oauth_signature_method=\"HMAC-SHA256\", oauth_timestamp=\"17\", oauth_nonce=\"{HOSTILE}\", \
         oauth_signature=\"{HOSTILE}\"'\n{{\"message\":\"The signature is invalid. Verify and try again.\"}}"
    );
    let texts = [
        signed.clone(),
        format!("curl 'https://shop.example/rest/V1/{HOSTILE}' -H 'Authorization: {header}'\n{message}"),
        format!("GET /rest/V1/{HOSTILE} HTTP/1.1\nHost: {HOSTILE}\nAuthorization: {header}\n\nHTTP/1.1 401 X\n\n{message}"),
        json!({ "request": { "method": HOSTILE, "url": format!("https://x/rest/{FORGED}"), "headers": [] }, "response": { "content": { "text": message.to_string() } } }).to_string(),
        format!("10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /rest/V1/{HOSTILE} HTTP/1.1\" 404 12 \"-\" \"x\""),
        format!("{HOSTILE} GET https://shop.example/rest/V1/{HOSTILE} 404"),
        HOSTILE.to_owned(),
    ];
    let keys = json!([{ "integration": HOSTILE, "consumer_key": HOSTILE, "consumer_secret": FORGED, "access_token": HOSTILE, "access_token_secret": FORGED }]);
    fs::write(dir.path().join("keys.json"), keys.to_string()).unwrap();
    let keys = json!({ "consumer_key": key, "consumer_secret": FORGED, "access_token": token, "access_token_secret": FORGED });
    fs::write(dir.path().join("fitting.json"), keys.to_string()).unwrap();
    for text in texts {
        fs::write(dir.path().join("call.txt"), &text).unwrap();
        for format in ["human", "json"] {
            let why = ["why", "call.txt", "--release", "2.4.7", "--format", format];
            printed(dir.path(), &why);
            printed(dir.path(), &[&why[..], &["--credentials", "keys.json"]].concat());
            let compared = printed(dir.path(), &[&why[..], &["--credentials", "fitting.json"]].concat());
            assert_eq!(
                text == signed && format == "human",
                compared.contains("the shop signs"),
                "{compared}"
            );
        }
    }
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
        &["mock", "send", HOSTILE],
        &["mock", "send", "x", "--url", HOSTILE],
    ] {
        printed(dir.path(), arguments);
    }
}
