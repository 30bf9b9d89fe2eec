//! The readers on whatever bytes there are, with what has to hold of each place they give. The fuzz targets look for bytes
//! with which it does not hold; `tests/library/fuzz_corpus.rs` replays those that are kept.

// Each target uses one of them.
#![allow(dead_code)]

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use camino::Utf8Path;
use magespec::{
    catalog::{Catalog, Constraint, Shop, check_package_constraint},
    compile,
    diag::{Report, Source, render},
    import,
    module::{self, composer},
    parsers::{
        decode, php,
        xml::{self, Element, XmlNode},
    },
    spec::Pointer,
    traffic::{Filter, Keys, Tally},
    tree::{Disk, Lock},
};

/// Reads XML: each place lies in the text, at whole characters.
pub(crate) fn xml(bytes: &[u8]) {
    let Ok(text) = decode::xml(bytes) else { return };
    match xml::read(&text, 0) {
        Ok(document) => {
            document.head.iter().for_each(|comment| holds(&text, &comment.span));
            element(&text, &document.root);
        }
        Err(finding) => finding.span.iter().for_each(|span| holds(&text, span)),
    }
}

fn element(text: &str, element: &Element) {
    holds(text, &element.name.span);
    element.attributes.iter().for_each(|attribute| holds(text, &attribute.value.span));
    for node in &element.children {
        match node {
            XmlNode::Element(child) => self::element(text, child),
            XmlNode::Text(value) | XmlNode::Comment { text: value, .. } => holds(text, &value.span),
        }
    }
}

/// Reads a composer.json: what stands at the place of a value is the value.
pub(crate) fn composer(bytes: &[u8]) {
    let Ok(text) = decode::utf8(bytes) else { return };
    let json = match composer::read(&text, 0) {
        Ok(json) => json,
        Err(finding) => return finding.span.iter().for_each(|span| holds(&text, span)),
    };
    let mut routes = vec![(Pointer::root(), &json.value)];
    while let Some((route, value)) = routes.pop() {
        let raw = json.span(&route).and_then(|span| text.get(span));
        let read: Option<serde_json::Value> = raw.and_then(|raw| serde_json::from_str(raw).ok());
        assert_eq!(read.as_ref(), Some(value), "{route}: {raw:?}");
        match value {
            serde_json::Value::Array(items) => {
                routes.extend(items.iter().enumerate().map(|(at, it)| (route.key(at), it)));
            }
            serde_json::Value::Object(members) => {
                routes.extend(members.iter().map(|(key, it)| (route.key(key), it)));
            }
            _ => {}
        }
    }
}

/// Reads PHP.
pub(crate) fn php(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(registration) = php::registration(&text, 0) {
        holds(&text, &registration.name.span);
    }
    let _ = php::processings(&text);
    if let Some(class) = php::class(&text) {
        class.methods.iter().for_each(|method| holds(&text, &method.span));
        let _ = class.fields().count();
    }
}

/// Compiles a spec, and writes what was found.
pub(crate) fn spec(bytes: &[u8]) {
    let Ok(text) = decode::utf8(bytes) else { return };
    let report: Report = compile(Source::new("integration.toml", text.as_str()), Catalog::bundled()).report;
    for finding in &report.diagnostics {
        finding.span.iter().for_each(|span| holds(&text, span));
    }
    let _ = render::human(&[report]);
}

/// Reads a lock: what is written reads back.
pub(crate) fn lock(bytes: &[u8]) {
    let Ok(lock) = Lock::parse(&String::from_utf8_lossy(bytes)) else { return };
    assert_eq!(Lock::parse(&lock.render()).as_ref(), Ok(&lock));
    lock.paths().for_each(|path| drop(lock.restore(path, &[bytes])));
}

/// Reads an access log. A path without a route has no control characters and no step of more than
/// 200 bytes.
pub(crate) fn log(bytes: &[u8]) {
    let (catalog, keys) = (Catalog::bundled(), Keys::default());
    let mut tally = Tally::new(catalog, Filter::default(), &keys);
    let _ = tally.read("a.log", bytes);
    for (path, _) in tally.unknown.sorted() {
        assert!(!path.contains(char::is_control), "{path:?}");
        assert!(path.split('/').skip(2).all(|step| step.len() <= 200), "{path:?}");
    }
    let _ = tally.observed(catalog, catalog.all());
}

/// Reads the catalog of a shop: what is written reads back.
pub(crate) fn catalog(bytes: &[u8]) {
    let Ok(shop) = String::from_utf8_lossy(bytes).parse::<Shop>() else { return };
    let written = shop.to_string();
    assert_eq!(written.parse::<Shop>().map(|shop| shop.to_string()).as_ref(), Ok(&written));
    let catalog = Catalog::of_shop(shop);
    let acl = catalog.shipped_acl(catalog.all());
    acl.tree().iter().for_each(|resource| drop(acl.title_path(resource.id)));
    let _ = catalog.routes().iter().count();
}

/// Reads the constraints of Composer, over Magento releases and over any versions.
pub(crate) fn constraint(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let spans = [text.parse::<Constraint>().map(drop), check_package_constraint(&text)];
    for error in spans.into_iter().filter_map(Result::err) {
        holds(&text, &error.span);
    }
    if let Ok(constraint) = text.parse::<Constraint>() {
        let again: Constraint = constraint.to_string().parse().unwrap();
        for release in Catalog::bundled().releases() {
            assert_eq!(constraint.allows(release.version), again.allows(release.version), "{constraint}");
        }
    }
}

/// Files of a module that specs have tables for.
const TABLES: [&str; 8] = [
    "etc/webapi.xml",
    "etc/crontab.xml",
    "etc/events.xml",
    "etc/adminhtml/system.xml",
    "etc/config.xml",
    "etc/csp_whitelist.xml",
    "etc/adminhtml/menu.xml",
    "etc/acl.xml",
];

/// Imports a module with one file that specs have tables for. The first byte says which.
pub(crate) fn tables(bytes: &[u8]) {
    let Some((which, contents)) = bytes.split_first() else { return };
    let folder = Folder::new();
    folder.write("registration.php", REGISTRATION);
    folder.write("etc/module.xml", b"<config><module name=\"Acme_Fuzz\"/></config>");
    folder.write(TABLES[usize::from(*which) % TABLES.len()], contents);
    folder.each_module(|disk, place| {
        let target = "2.4.8".parse().ok();
        drop(import::read(disk, place, Utf8Path::new(""), target.as_ref(), None));
    });
}

const REGISTRATION: &[u8] =
    br"<?php \Magento\Framework\Component\ComponentRegistrar::register('module', 'Acme_Fuzz', __DIR__);";

/// Checks a whole module, as `check DIR` does. A line `=== PATH` starts a file.
pub(crate) fn module(bytes: &[u8]) {
    let folder = Folder::new();
    let mut files = bytes.split(|&byte| byte == b'\n').peekable();
    while let Some(head) = files.next() {
        let Some(path) = head.strip_prefix(b"=== ").and_then(|path| std::str::from_utf8(path).ok()) else {
            continue;
        };
        let mut contents = Vec::new();
        while let Some(line) = files.next_if(|line| !line.starts_with(b"=== ")) {
            contents.extend_from_slice(line);
            contents.push(b'\n');
        }
        folder.write(path, &contents);
    }
    folder.each_module(|disk, place| {
        let reports = import::check(disk, place, Utf8Path::new(""), None, Catalog::bundled());
        for report in &reports {
            let spans = report.diagnostics.iter().filter_map(|finding| finding.span.as_ref());
            spans.for_each(|span| holds(&report.source.text, span));
        }
        let _ = render::human(&reports);
    });
}

/// A folder in memory, if the system has one there, until it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = parent.join(format!("magespec-fuzz-{}-{number}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Writes a file below it; ignores what is no path there.
    fn write(&self, path: &str, contents: &[u8]) {
        let is_below = magespec::tree::TreePath::new(path).is_ok();
        let path = self.0.join(path);
        if is_below && path.parent().is_some_and(|parent| fs::create_dir_all(parent).is_ok()) {
            let _ = fs::write(path, contents);
        }
    }

    fn each_module(&self, see: impl Fn(&Disk, &module::ModuleDir)) {
        let disk = Disk::open(Utf8Path::from_path(&self.0).unwrap()).unwrap();
        module::find(&disk).unwrap().iter().for_each(|place| see(&disk, place));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn holds(text: &str, span: &Range<usize>) {
    assert!(text.get(span.clone()).is_some(), "{span:?} is no place in a text of {} bytes", text.len());
}

/// Reads an OAuth header, with a request target in the second line.
pub(crate) fn oauth(bytes: &[u8]) {
    use magespec::oauth::{Dialect, SignedRequest, base_string, header};
    let text = String::from_utf8_lossy(bytes);
    let (text, target) = text.split_once('\n').unwrap_or((&text, "/rest/V1/orders?a=1"));
    let Some(parameters) = header::parse(text) else { return };
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let request = SignedRequest { method: "GET", scheme: "http", host: "a:80", path, query, form: None };
    for dialect in Dialect::ALL {
        assert!(base_string(&request, &parameters, dialect).starts_with("GET&http%3A%2F%2F"));
    }
}

/// Reads a request as somebody pastes it, and hides the secrets in the text: what is short stays short.
pub(crate) fn pasted(bytes: &[u8]) {
    use magespec::{mock::read_pasted, oauth::without_secrets};
    let text = String::from_utf8_lossy(bytes);
    // One character may become `…`, of three bytes.
    assert!(without_secrets(&text).len() <= 3 * text.len() + 3);
    for call in read_pasted(&text).into_iter().flatten() {
        let _ = (call.message(), call.filled_message());
    }
}

/// Reads a request as it stands in a connection, and lets the mock shop answer it.
pub(crate) fn request(bytes: &[u8]) {
    use magespec::{
        mock::{HttpRequest, MockConsumer, MockSettings, MockShop, ServedRoute},
        oauth::Secrets,
    };
    // Calls with `Authorization: Bearer ttt…` reach the services, signed ones the signature.
    static SHOP: std::sync::LazyLock<MockShop> = std::sync::LazyLock::new(|| {
        let catalog = Catalog::bundled();
        let release = catalog.newest_checked().id;
        let mut settings = MockSettings::new(catalog, release, Default::default());
        settings.takes_bearer = true;
        let (consumer, token) = MockConsumer::unlimited(&Secrets {
            consumer_key: "k".repeat(32),
            consumer_secret: "s".repeat(32),
            access_token: Some("t".repeat(32)),
            access_token_secret: Some("u".repeat(32)),
        });
        let routes = ServedRoute::of_release(catalog, release);
        MockShop::new(settings, routes, Vec::new(), vec![consumer], vec![token])
    });
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let (method, target) = lines.next().and_then(|line| line.split_once(' ')).unwrap_or(("GET", head));
    let headers = lines.filter_map(|line| line.split_once(": "));
    let request = HttpRequest {
        method: method.to_owned(),
        scheme: "http".to_owned(),
        host: "127.0.0.1:8080".to_owned(),
        target: target.to_owned(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: body.as_bytes().to_vec(),
    };
    let answer = SHOP.answer(&request, 1_800_000_000);
    assert!((200..600).contains(&answer.status));
    if answer.header("Content-Type").is_some_and(|kind| kind.starts_with("application/json"))
        && method != "HEAD"
    {
        let body: Result<serde_json::Value, _> = serde_json::from_slice(&answer.body);
        assert!(body.is_ok(), "{}", String::from_utf8_lossy(&answer.body));
    }
}
