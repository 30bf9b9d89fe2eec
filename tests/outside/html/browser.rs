//! Headless Chromium.

use std::{
    fs,
    fs::File,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;

use crate::need::{BROWSERS, found};

/// Beyond it the browser hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// The page as the browser parses it, as HTML.
pub(crate) fn dom(page: &str) -> String {
    dom_with(page, &[])
}

fn dom_with(page: &str, options: &[&str]) -> String {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), page, &[options, &["--dump-dom"]].concat());
    fs::read_to_string(dir.path().join("stdout")).unwrap()
}

/// A picture of the page, as PNG.
pub(crate) fn picture(page: &str, options: &[&str]) -> Vec<u8> {
    file(page, "picture.png", "--screenshot", options)
}

/// The page printed, as PDF.
pub(crate) fn print(page: &str) -> Vec<u8> {
    file(page, "page.pdf", "--print-to-pdf", &[])
}

/// Return value of the function `script` in the page, without the page's content security policy.
pub(crate) fn ask(page: &str, script: &str) -> Value {
    ask_with(page, script, &[])
}

/// Like [`ask`], with options of the browser.
pub(crate) fn ask_with(page: &str, script: &str, options: &[&str]) -> Value {
    let page = without_policy(page);
    let (body, end) = page.rsplit_once("</body>").unwrap();
    let answer = "document.documentElement.dataset.answer = \
                  btoa(unescape(encodeURIComponent(JSON.stringify(answer))));";
    let page = format!("{body}<script id=asks>const answer = ({script})(); {answer}</script></body>{end}");
    let dom = dom_with(&page, options);
    let (_, answer) = dom.split_once("data-answer=\"").expect("the script ran");
    let (answer, _) = answer.split_once('"').unwrap();
    serde_json::from_slice(&BASE64_STANDARD.decode(answer).unwrap()).unwrap()
}

fn file(page: &str, name: &str, option: &str, options: &[&str]) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(name);
    let option = format!("{option}={}", file.display());
    run(dir.path(), page, &[options, &[&option]].concat());
    fs::read(file).unwrap()
}

fn run(dir: &Path, page: &str, options: &[&str]) {
    let file = dir.join("page.html");
    fs::write(&file, page).unwrap();
    let mut child = Command::new(found(BROWSERS).unwrap())
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--hide-scrollbars", "--window-size=1200,900", "--virtual-time-budget=1000"])
        .arg(format!("--user-data-dir={}", dir.join("profile").display()))
        .args(options)
        .arg(format!("file://{}", file.display()))
        .stdin(Stdio::null())
        .stdout(File::create(dir.join("stdout")).unwrap())
        .stderr(File::create(dir.join("stderr")).unwrap())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(20)),
            None => {
                child.kill().unwrap();
                panic!("chromium hangs");
            }
        }
    };
    let told = || fs::read_to_string(dir.join("stderr")).unwrap_or_default();
    assert!(status.success(), "chromium: {status}: {}", told());
}

/// The page without its content security policy.
pub(crate) fn without_policy(page: &str) -> String {
    let (head, rest) = page.split_once("<meta http-equiv=").unwrap();
    let (_, rest) = rest.split_once(">\n").unwrap();
    format!("{head}{rest}")
}
