//! The examples of docs/calling.md, run: each signs as magespec does.

use std::{fs, path::Path, process::Command};

use magespec::oauth::{CallUrl, Dialect, Outgoing, Secrets, SignatureMethod};

use crate::need::{Need, trials};

trials! {
    [Need::Program("php")] => php_signs_as_magento_does;
    [Need::Program("python3")] => python_signs_as_magento_does;
    [Need::Program("node")] => node_signs_as_magento_does;
    [Need::Program("javac"), Need::Program("java")] => java_signs_as_magento_does;
}

const DOCUMENT: &str = include_str!("../../docs/calling.md");

/// URLs on which Magento leaves RFC 5849, and plain ones.
const URLS: [&str; 9] = [
    "https://shop.example/rest/V1/orders/1",
    "http://Shop.example:80/rest/V1/orders/1/",
    "https://shop.example:8443/rest/V1/products/A%2FB%20C%c3%a4%7E%25%2B?fields=id%2Csku",
    "https://shop.example/rest/V1/products/%2541%251/(a)",
    "https://shop.example/rest/V1/orders?searchCriteria",
    "https://shop.example/rest/V1/orders?s%5B9%5D%5Bx%5D=a&s%5B10%5D%5Bx%5D=b&s%5B2%5D%5Bx%5D=2026-01-01%2010%3A00",
    "https://shop.example/rest/V1/x?text=a+b&text=c=d&tags%5B%5D=1&tags%5B%5D=2&my_oauth_id=3&empty=",
    "https://shop.example/rest/V1/x?b=1&a=%C3%A4!*&A=2&a1=3&aa=4",
    "https://shop.example",
];

fn secrets() -> Secrets {
    Secrets {
        consumer_key: "key".to_owned(),
        consumer_secret: "secret / 1".to_owned(),
        access_token: Some("token".to_owned()),
        access_token_secret: Some("secret 2".to_owned()),
    }
}

/// Writes the example to a file of its own.
fn written(fence: &str, file: &str) -> tempfile::TempDir {
    let (_, code) = DOCUMENT.split_once(&format!("```{fence}\n")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(file), code.split("```").next().unwrap()).unwrap();
    dir
}

/// Compares the headers that a program prints for the URLs, one a line.
#[track_caller]
fn sign_alike(dir: &Path, program: &str, arguments: &[&str]) {
    let secrets = secrets();
    let ran = Command::new(program)
        .args(arguments)
        .args(URLS)
        .current_dir(dir)
        .env("MAGENTO_CONSUMER_KEY", &secrets.consumer_key)
        .env("MAGENTO_CONSUMER_SECRET", &secrets.consumer_secret)
        .env("MAGENTO_ACCESS_TOKEN", secrets.access_token.as_deref().unwrap())
        .env("MAGENTO_ACCESS_TOKEN_SECRET", secrets.access_token_secret.as_deref().unwrap())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let printed = String::from_utf8(ran.stdout).unwrap();
    let printed: Vec<&str> = printed.lines().collect();
    assert_eq!(printed.len(), URLS.len(), "{printed:#?}");
    for (url, header) in URLS.iter().zip(printed) {
        let parts = CallUrl::parse(url).unwrap();
        let method = SignatureMethod::HmacSha256;
        let request = parts.request("GET", None);
        let signed = Outgoing::sign(&request, &secrets, method, Dialect::Laminas, 1_700_000_000, "nonce");
        let sorted = |header: &str| {
            let mut parts: Vec<String> =
                header.replace("OAuth ", "").split(", ").map(str::to_owned).collect();
            parts.sort();
            parts
        };
        assert_eq!(sorted(header), sorted(&signed.header()), "{program} {url}\n{}", signed.base_string);
    }
}

fn php_signs_as_magento_does() {
    let dir = written("php", "magento.php");
    let driver = "require 'magento.php';
        foreach (array_slice($argv, 1) as $url) { echo authorization('GET', $url, 'nonce', 1700000000), PHP_EOL; }";
    sign_alike(dir.path(), "php", &["-r", driver, "--"]);
}

fn python_signs_as_magento_does() {
    let dir = written("python", "magento.py");
    let driver = "import magento, sys\nfor url in sys.argv[1:]: print(magento.authorization('GET', url, 'nonce', 1700000000))";
    sign_alike(dir.path(), "python3", &["-c", driver]);
}

fn node_signs_as_magento_does() {
    let dir = written("javascript", "magento.mjs");
    let driver = "import(`${process.cwd()}/magento.mjs`).then(({ authorization }) => {
        for (const url of process.argv.slice(1)) console.log(authorization('GET', url, 'nonce', 1700000000));
    })";
    sign_alike(dir.path(), "node", &["--eval", driver]);
}

fn java_signs_as_magento_does() {
    let dir = written("java", "Magento.java");
    let driver = "class Driver { public static void main(String[] urls) throws Exception {
        for (String url : urls) System.out.println(Magento.authorization(\"GET\", url, \"nonce\", 1700000000L)); } }";
    fs::write(dir.path().join("Driver.java"), driver).unwrap();
    let compiled =
        Command::new("javac").args(["Magento.java", "Driver.java"]).current_dir(dir.path()).output().unwrap();
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    sign_alike(dir.path(), "java", &["-cp", ".", "Driver"]);
}
