//! `magespec sign`.

use std::{fs, io::Write as _, path::Path, process::Stdio};

use super::{Ran, magespec};

const URL: &str = "https://shop.example/rest/V1/products/A%2FB?searchCriteria[filter_groups][10][x]=a&searchCriteria[filter_groups][9][x]=it's";

const LAMINAS: &str = "6mrzcA%2FEQ9sBOUTpC2pFlSbkVCyK%2BSMPgC6L6wCTvBY%3D";
const ZEND: &str = "RONrv1Z8u68QjH%2Foyi%2FDbE12G7QIakI6rvPcp6OmOVA%3D";

fn dir() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("erp.json"),
        r#"[{"integration": "Acme ERP", "consumer_key": "key", "consumer_secret": "hidden 1", "access_token": "token",
            "access_token_secret": "hidden 2"}]"#,
    )
    .unwrap();
    dir
}

/// Signs at a fixed time with a fixed nonce.
fn sign(dir: &Path, arguments: &[&str]) -> Ran {
    let fixed = ["--credentials", "erp.json", "--timestamp", "1700000000", "--nonce", "nonce"];
    let ran = magespec(dir, &[&["sign"], arguments, &fixed].concat());
    assert!(!ran.stdout.contains("hidden") && !ran.stderr.contains("hidden"), "{}", ran.stdout);
    ran
}

fn header(signature: &str) -> String {
    format!(
        "Authorization: OAuth oauth_consumer_key=\"key\", oauth_nonce=\"nonce\", oauth_signature_method=\"HMAC-SHA256\", \
         oauth_timestamp=\"1700000000\", oauth_token=\"token\", oauth_version=\"1.0\", oauth_signature=\"{signature}\""
    )
}

/// The signatures are those of PHP: `base64_encode(hash_hmac('sha256', BASE, 'hidden%201&hidden%202', true))`.
#[test]
fn headers_fit_the_release() {
    let dir = dir();
    let of = |release| sign(dir.path(), &["get", URL, "--release", release]);
    let laminas = of("2.4.7-p3");
    assert_eq!(laminas.stdout, header(LAMINAS) + "\n");
    assert_eq!(laminas.stderr, "note: releases sign this URL differently: this signature is for 2.4.7-p3\n");
    assert_eq!(of("2.3.7").stdout, header(ZEND) + "\n");
    let base = sign(dir.path(), &["get", URL, "--release", "2.4.7", "--base-string"]).stdout;
    assert_eq!(
        base,
        "GET&https%3A%2F%2Fshop.example%2Frest%2FV1%2Fproducts%2FA%2FB&oauth_consumer_key%3Dkey%26oauth_nonce%3Dnonce\
         %26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1700000000%26oauth_token%3Dtoken%26oauth_version%3D1.0\
         %26searchCriteria%255Bfilter_groups%255D%255B9%255D%255Bx%255D%3Dit%2527s\
         %26searchCriteria%255Bfilter_groups%255D%255B10%255D%255Bx%255D%3Da\n"
    );
    let plain = sign(dir.path(), &["GET", "https://shop.example/rest/V1/orders/1", "--release", "2.4.9"]);
    assert_eq!(plain.stderr, "");
    let newer = of("2.4.9");
    assert!(
        newer.stderr.contains("this signature is for 2.4.9, whose rules are known only from its code"),
        "{}",
        newer.stderr
    );
}

#[test]
fn curl_makes_the_call() {
    let dir = dir();
    let curl = sign(dir.path(), &["GET", URL, "--release", "2.4.7-p3", "--curl"]);
    let quoted = URL.replace('\'', r"'\''");
    assert_eq!(curl.stdout, format!("curl --globoff '{quoted}' \\\n  --header '{}'\n", header(LAMINAS)));
    let post =
        ["post", "http://127.0.0.1:8080/rest/V1/orders/1/ship", "--curl", "--data", "{\"notify\":\"it's\"}"];
    let post = sign(dir.path(), &[&post[..], &["--release", "2.4.7"]].concat()).stdout;
    assert!(
        post.starts_with(
            "curl --request POST 'http://127.0.0.1:8080/rest/V1/orders/1/ship' \\\n  --header 'Auth"
        ),
        "{post}"
    );
    let end =
        " \\\n  --header 'Content-Type: application/json' \\\n  --data-raw '{\"notify\":\"it'\\''s\"}'\n";
    assert!(post.ends_with(end), "{post}");
}

#[test]
fn only_the_fields_of_a_form_are_signed() {
    let dir = dir();
    fs::write(dir.path().join("body"), "b=x+y").unwrap();
    let base = |arguments: &[&str]| {
        let url = ["POST", "https://shop.example/oauth/token/request", "--release", "2.4.7", "--base-string"];
        sign(dir.path(), &[&url[..], arguments].concat()).stdout
    };
    let form = ["--content-type", "application/x-www-form-urlencoded"];
    assert_eq!(base(&["--data", "b=x+y"]), base(&[]));
    assert!(
        base(&[&["--data", "b=x+y"], &form[..]].concat())
            .contains("request&b%3Dx%2520y%26oauth_consumer_key")
    );
    assert_eq!(
        base(&[&["--data", "@body"], &form[..]].concat()),
        base(&[&["--data", "b=x+y"], &form[..]].concat())
    );
}

/// `--data @-`, as curl has it.
#[test]
fn a_body_is_read_from_standard_input() {
    let dir = dir();
    let piped = |arguments: &[&str]| {
        let url = [
            "sign",
            "POST",
            "https://shop.example/oauth/token/request",
            "--release",
            "2.4.7",
            "--base-string",
            "--data",
            "@-",
        ];
        let mut child = super::command(dir.path(), &[&url[..], arguments].concat());
        child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        // What is not signed is not read.
        let _ = child.stdin.take().unwrap().write_all(b"b=x+y");
        super::ran(child.wait_with_output().unwrap())
    };
    let form = ["--content-type", "application/x-www-form-urlencoded", "--credentials"];
    let signed = piped(&[&form[..], &["erp.json"]].concat());
    assert!(signed.stdout.contains("request&b%3Dx%2520y%26oauth_consumer_key"), "{}", signed.stderr);
    let json = piped(&["--credentials", "erp.json"]);
    assert!(json.stdout.contains("request&oauth_consumer_key"), "{}", json.stderr);
    let both = piped(&["--credentials", "-"]);
    assert!(both.stderr.contains("--credentials and --data both read standard input"), "{}", both.stderr);
}

#[test]
fn nonces_and_times_differ_by_themselves() {
    let dir = dir();
    let url = "https://shop.example/rest/V1/orders/1";
    let sign = || magespec(dir.path(), &["sign", "GET", url, "--credentials", "erp.json"]);
    assert_ne!(sign().stdout, sign().stdout);
}

#[test]
fn mistakes_are_named() {
    let dir = dir();
    let several = r#"[{"integration": "A", "consumer_key": "k", "consumer_secret": "hidden"},
        {"integration": "B", "consumer_key": "k", "consumer_secret": "hidden"}]"#;
    fs::write(dir.path().join("several.json"), several).unwrap();
    fs::write(dir.path().join("broken.json"), "{\n\"consumer_key\": hidden}").unwrap();
    fs::write(dir.path().join("half.json"), r#"{"consumer_key": "hidden"}"#).unwrap();
    let unnamed = r#"{"consumer_key": "k", "consumer_secret": "hidden"}"#;
    fs::write(dir.path().join("unnamed.json"), unnamed).unwrap();
    let url = "https://shop.example/rest/V1/orders/1";
    for (arguments, error) in [
        (
            vec!["GET", "shop.example/rest", "--credentials", "erp.json"],
            "`shop.example/rest` is not an absolute URL",
        ),
        (
            vec!["GET", "https://u:hidden@shop.example/", "--credentials", "erp.json"],
            "`https://…@shop.example/` contains a user",
        ),
        (
            vec!["GET", "https://u:hidden/1@shop.example/#token=hidden", "--credentials", "erp.json"],
            "`https://…@shop.example/#token=…` contains a user",
        ),
        (
            vec!["GET", "shop.example/?token=hidden&to=https://b/", "--credentials", "erp.json"],
            "`shop.example/?token=…&to=https://b/` is not an absolute URL",
        ),
        (
            vec!["GET", "https://u:p%40hidden/", "--credentials", "erp.json"],
            "`https://u:…/` has a port that is not a number",
        ),
        (
            vec!["GET", "shop.example/resetLinkToken/hidden", "--credentials", "erp.json"],
            "`shop.example/resetLinkToken/…` is not an absolute URL",
        ),
        (vec!["Bearer hidden", url, "--credentials", "erp.json"], "`Bearer …` is not an HTTP method"),
        (
            vec!["GET", "https://münchen.de/", "--credentials", "erp.json"],
            "write the host as clients send it, `xn--…`",
        ),
        (vec!["GET", url, "--credentials", "-"], "standard input is not valid JSON"),
        (
            vec!["G T", url, "--credentials", "erp.json"],
            "`G T` is not an HTTP method; write GET, POST, PUT or DELETE",
        ),
        (vec!["GET", url, "--credentials", "none.json"], "none.json"),
        (
            vec!["GET", url, "--credentials", "several.json"],
            "several.json has 2 credentials; write --integration with one of \"A\", \"B\"\n",
        ),
        (
            vec!["GET", url, "--credentials", "several.json", "--integration", "C"],
            "has no credentials of `C`",
        ),
        (vec!["GET", url, "--credentials", "broken.json"], "broken.json is not valid JSON"),
        (vec!["GET", url, "--credentials", "half.json"], "half.json entry 1 has no `consumer_secret`"),
        (
            vec![
                "GET",
                url,
                "--credentials",
                "erp.json",
                "--release",
                "2.4.4",
                "--signature-method",
                "HMAC-SHA1",
            ],
            "2.4.4 does not accept HMAC-SHA1",
        ),
        (
            vec!["GET", url, "--credentials", "erp.json", "--signature-method", "hmac-sha256"],
            "case-sensitive",
        ),
        (vec!["GET", url, "--credentials", "unnamed.json", "--integration", "A"], "leave --integration out"),
        (vec!["POST", url, "--credentials", "erp.json", "--data", "@none.json"], "cannot read none.json"),
        (vec!["POST", url, "--credentials", "erp.json", "--content-type", "text/plain"], "--data <BODY>"),
        (vec!["GET", url, "--credentials", "erp.json", "--nonce", ""], "--nonce is empty"),
        (vec!["GET", "https://a:99999/rest", "--credentials", "erp.json"], "write a number up to 65535"),
    ] {
        let ran = magespec(dir.path(), &[&["sign"], &arguments[..]].concat());
        assert_eq!((ran.status, &*ran.stdout), (1, ""), "{arguments:?}");
        assert!(ran.stderr.contains(error) && !ran.stderr.contains("hidden"), "{}", ran.stderr);
    }
    for (arguments, warning) in [
        (&["GET", "https://a/rest/V1/a|b", "--release", "2.3.7"][..], "2.3.7 answers 500 to this URL"),
        (&["GET", "https://a/rest/V1/orders?a=b|c", "--release", "2.3.7"], "2.3.7 answers 500 to this URL"),
        (&["PATCH", url], "Magento's REST API refuses PATCH: write GET, POST, PUT or DELETE"),
        (&["GET", "https://a/V1/orders"], "`/V1/orders` is not below /rest, so the storefront answers"),
        (&["GET", "https://a/V1/resetToken/hidden"], "`/V1/resetToken/…` is not below /rest"),
        (&["GET", url, "--timestamp", "1700000000000"], "write seconds since 1970, at most 600 ahead"),
    ] {
        let ran = magespec(dir.path(), &[&["sign", "--credentials", "erp.json"], arguments].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert!(ran.stderr.contains(warning) && !ran.stderr.contains("hidden"), "{warning}: {}", ran.stderr);
    }
}

/// Clients leave it out of the Host header, which 2.4.9 signs as it is sent.
#[test]
fn the_port_of_the_scheme_is_not_signed() {
    let dir = dir();
    for release in ["2.2.11", "2.4.7", "2.4.9"] {
        let text = |url| sign(dir.path(), &["GET", url, "--release", release, "--base-string"]).stdout;
        for (with, without) in [("https://a:443/x", "https://a/x"), ("http://a:80/x", "http://a/x")] {
            assert_eq!(text(with), text(without), "{release}");
        }
        assert_ne!(text("https://a:80/x"), text("https://a/x"), "{release}");
    }
}
