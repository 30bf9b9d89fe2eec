//! Names are no stricter and no laxer than the programs that read them.

use std::{
    fs,
    process::{Command, Stdio},
};

use magespec::names::{AuthorEmail, Url, WebPage};
use proptest::{prelude::*, strategy::ValueTree as _};

use crate::need::{Need, shared, trials};

trials! {
    [Need::Shared("magento/xsd/2.4.7"), Need::Program("xmllint")] => urls_are_those_that_magento_takes;
    [Need::Program("php")] => authors_are_what_composer_takes;
}

/// URLs of pieces that mean something in one, most of them wrong somewhere.
fn odd_urls() -> impl Strategy<Value = String> {
    let pieces = proptest::sample::select(vec![
        "https://", "http:", "//", "/", "a", "acme.com", "1", ".", "1.2.3.4", ":", ":80", ":123456", "@",
        "[", "]", "[::1]", "%", "%2F", "%zz", "#", "?", "é", "{", "&", "=", "\\", "+", "-", "_", "~", "'",
        "\"", "<", "|", "^", "`", "🦀",
    ]);
    let odd = prop::collection::vec(pieces, 1..8).prop_map(|pieces| pieces.concat());
    (prop::bool::ANY, odd).prop_map(|(is_whole, odd)| if is_whole { format!("https://{odd}") } else { odd })
}

/// Many of a strategy's values, the same at every run.
fn many(strategy: impl Strategy<Value = String>) -> Vec<String> {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    (0..20_000).filter_map(|_| strategy.new_tree(&mut runner).ok()).map(|tree| tree.current()).collect()
}

/// For each of the URLs whether Magento's schema takes it, asked of xmllint at once.
fn taken_by_magento(urls: &[String]) -> Vec<bool> {
    let schemas = shared("magento/xsd/2.4.7");
    let escaped = |url: &String| url.replace('&', "&amp;").replace('<', "&lt;");
    let element = |url| {
        format!(
            "<integration name=\"ab\"><email>a@b.c</email><endpoint_url>{}</endpoint_url></integration>\n",
            escaped(url)
        )
    };
    let xml = format!("<config>\n{}</config>\n", urls.iter().map(element).collect::<String>());
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("integration.xml");
    fs::write(&file, xml).unwrap();
    let output = Command::new("xmllint")
        .env("XML_CATALOG_FILES", schemas.join("catalog.xml"))
        .args(["--nonet", "--noout", "--schema"])
        .arg(schemas.join("Magento_Integration/etc/integration/integration.xsd"))
        .arg(&file)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!told.contains("failed to compile"), "{told}");
    let mut taken = vec![true; urls.len()];
    for line in told.lines().filter(|line| line.contains("element endpoint_url")) {
        let line: usize =
            line.strip_prefix(file.to_str().unwrap()).unwrap().split(':').nth(1).unwrap().parse().unwrap();
        taken[line - 2] = false;
    }
    taken
}

fn urls_are_those_that_magento_takes() {
    let urls = many(odd_urls());
    let taken = taken_by_magento(&urls);
    assert!(taken.iter().filter(|taken| **taken).count() > urls.len() / 10);
    for (url, taken) in urls.iter().zip(taken) {
        let is_ours = Url::new(url.as_str()).is_ok();
        assert!(taken || !is_ours, "Magento refuses {url}");
        // What we refuse beyond that: brackets around something else than an address, ports that do not exist.
        let is_odd = url.contains('[') || url.contains(":123456") || url.contains(":80");
        assert!(is_ours || !taken || is_odd, "Magento takes {url}");
    }
}

fn authors_are_what_composer_takes() {
    let php = |filter: &str, values: &[String]| {
        let code = format!(
            "foreach (json_decode(stream_get_contents(STDIN)) as $v) echo filter_var($v, {filter}) === false ? 0 : 1;"
        );
        let mut child = Command::new("php")
            .args(["-r", &code])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        serde_json::to_writer(child.stdin.take().unwrap(), values).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    };
    let emails = many("[a-z.+_'-]{1,8}@[a-z0-9-]{1,5}([.][a-z0-9-]{1,4}){0,2}".prop_map(String::from));
    let emails: Vec<String> =
        emails.into_iter().chain([64, 65].map(|length| format!("{}@acme.com", "x".repeat(length)))).collect();
    let pages = many(prop_oneof![
        odd_urls(),
        "https?://([a-z]{1,3}@)?[a-z0-9.-]{1,8}(:[0-9]{1,4})?([/?#][a-z0-9/?#%&=.~'-]{0,8})?"
    ]);
    let ours = |values: &[String], takes: &dyn Fn(&String) -> bool| -> Vec<String> {
        let ours: Vec<String> = values.iter().filter(|value| takes(value)).cloned().collect();
        assert!(ours.len() > 500, "{}", ours.len());
        ours
    };
    for (filter, ours) in [
        ("FILTER_VALIDATE_EMAIL", ours(&emails, &|email| AuthorEmail::new(email.as_str()).is_ok())),
        ("FILTER_VALIDATE_URL", ours(&pages, &|page| WebPage::new(page.as_str()).is_ok())),
    ] {
        let answers = php(filter, &ours);
        let refused: Vec<&String> = ours
            .iter()
            .zip(answers.chars())
            .filter(|&(_, answer)| answer == '0')
            .map(|(value, _)| value)
            .collect();
        assert_eq!((answers.len(), refused), (ours.len(), Vec::new()), "{filter}");
    }
}
