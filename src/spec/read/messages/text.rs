//! Explanations of why a pattern rejects a text.

use crate::{
    diag::Help,
    names::{ModuleName, Schedule, Url, capitalized, is_git_directory},
};

/// Explains why a URL is rejected and what to write instead.
pub(super) fn of_url(text: &str) -> (&'static str, &'static str) {
    let (whole, fragment) = text.split_once('#').unwrap_or((text, ""));
    let authority =
        whole.split_once("//").map_or("", |(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
    let host = authority.rsplit('@').next().unwrap_or_default();
    let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.contains(']'));
    let is_encoded = |at: usize| {
        text.as_bytes().get(at + 1..at + 3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
    };
    if text.contains([' ', '\t', '\r', '\n']) {
        ("it contains white space", "write a space as %20")
    } else if text.match_indices('%').any(|(at, _)| !is_encoded(at)) {
        ("`%` must be followed by two hexadecimal digits", "write a percent sign as %25")
    } else if fragment.contains('#') {
        ("it contains more than one `#`", "write the second # as %23")
    } else if whole.replacen(host, "", 1).contains(['[', ']'])
        || !host.starts_with('[') && host.contains(['[', ']'])
    {
        ("square brackets are allowed only around an IPv6 address", "write [ as %5B and ] as %5D")
    } else if host.starts_with('[') && !host.contains(']') {
        ("the bracket around the host is not closed", "write the host as in https://[2001:db8::1]/")
    } else if port
        .is_some_and(|port| !(1..=5).contains(&port.len()) || !port.bytes().all(|c| c.is_ascii_digit()))
    {
        (
            "the port is not a number",
            "write the port in digits, as in https://acme.com:8443/, or leave it out",
        )
    } else {
        ("the scheme or the host is missing", "write the whole URL: \"https://acme.com/token\"")
    }
}

/// URL that is probably meant: without white space around it, and with a scheme.
pub(super) fn likely_url(text: &str) -> Option<String> {
    let text = text.trim().replace(' ', "%20");
    let text = if text.contains("://") { text } else { format!("https://{}", text.trim_start_matches('/')) };
    let host = text.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    (host.contains('.') && Url::new(text.as_str()).is_ok()).then_some(text)
}

/// Route or call that is probably meant. Magento has no PATCH: it changes with PUT.
pub(super) fn likely_route(text: &str, is_valid: impl Fn(&str) -> bool) -> Option<String> {
    let (method, path) = text.trim().split_once(' ').unwrap_or(("GET", text.trim()));
    let method = method.to_uppercase();
    let method = if method == "PATCH" { "PUT" } else { method.as_str() };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let steps = path.split('/').map(str::trim).filter(|step| !step.is_empty()).map(|step| {
        let parameter = step.strip_prefix('{').and_then(|step| step.strip_suffix('}'));
        parameter.map_or_else(|| step.to_owned(), |name| format!(":{name}"))
    });
    let path = steps.collect::<Vec<_>>().join("/");
    let path = path.strip_prefix('v').map_or_else(|| path.clone(), |rest| format!("V{rest}"));
    let route = format!("{method} /{path}");
    is_valid(&route).then_some(route)
}

/// Explains why the e-mail address of an integration is rejected.
pub(super) fn of_email(text: &str) -> &'static str {
    if text.contains(['\r', '\n']) {
        "it contains a line break, which Magento would store"
    } else if text.trim_matches([' ', '\t']) != text {
        "it starts or ends with white space, which Magento would store"
    } else {
        "it does not match the pattern in Magento's schema: [^@]+@[^\\.]+\\..+"
    }
}

/// Explains why a text for the generated files is rejected, by the segments of its route.
pub(super) fn of_text(steps: &[&str], text: &str) -> &'static str {
    match steps {
        _ if text.trim().is_empty() => "it is empty",
        _ if text.contains(['\r', '\n']) => "it contains a line break, but must be a single line",
        ["service", _, "method", _, "route" | "replaced_by"] => of_route(text),
        ["service", _, "method", _, "deprecated", ..] => "it is not a day of the calendar, from 2000 to 2099",
        ["csp", ..] => of_host(text),
        ["module", "source"] | ["files", ..] => of_path(text),
        ["target", "catalog", ..] | ["module", "directory"] => of_relative_path(text),
        _ if text.contains("*/") => "`*/` would end the comment in the generated file",
        _ => "it is written to the generated files unchanged",
    }
}

fn of_relative_path(text: &str) -> &'static str {
    if text.contains('\\') {
        "directories are separated by /, on every system"
    } else if text.starts_with('/') || text.contains(':') {
        "the path must be relative to the spec: an absolute path is not the same on every machine"
    } else if text.split('/').any(is_git_directory) {
        "files of git are not part of a commit"
    } else {
        "a segment of the path is empty, or contains a control character"
    }
}

fn of_route(text: &str) -> &'static str {
    let (method, path) = text.split_once(' ').unwrap_or((text, ""));
    let version = path.strip_prefix("/V").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    if method.starts_with('/') {
        "it must start with a method, as in GET /V1/acme/orders"
    } else if !["GET", "POST", "PUT", "DELETE"].contains(&method) {
        if ["GET", "POST", "PUT", "DELETE"].contains(&method.to_uppercase().as_str()) {
            "methods in webapi.xml are in uppercase"
        } else {
            "webapi.xml accepts only GET, POST, PUT and DELETE; Magento has no PATCH routes"
        }
    } else if version.is_empty() || !version.bytes().all(|digit| digit.is_ascii_digit()) {
        "the path must start with a version such as /V1/: Magento finds no route without one"
    } else if path.contains('{') {
        "parameters in webapi.xml are written as :orderId"
    } else if path.contains("//") || path.ends_with('/') {
        "a segment of the path is empty"
    } else if path.split("/:").skip(1).any(|name| !name.starts_with(|c: char| c.is_ascii_lowercase())) {
        "a parameter becomes a PHP parameter: a lowercase letter, then letters, digits and underscores"
    } else if path.contains(['?', '#']) {
        "a query string (?…) is not part of a route"
    } else {
        "a segment of the path contains a character that is not allowed in a route"
    }
}

fn of_path(text: &str) -> &'static str {
    if text.split('/').any(is_git_directory) {
        "it leads into a .git directory, which magespec never touches"
    } else if text.split('/').any(|segment| segment == "..") {
        "`..` leads out of the module"
    } else if text.starts_with('/') || text.contains(['\\', ':']) {
        "a path is relative to the module's directory and has `/` between its segments"
    } else if text.split('/').any(|segment| matches!(segment, "" | ".")) {
        "a segment of the path is empty or `.`"
    } else if text.contains(char::is_control) {
        "a segment of the path contains a control character"
    } else {
        "every module has a file of that name"
    }
}

fn of_host(text: &str) -> &'static str {
    let bare = text.trim_matches('\'');
    if ["sha256-", "sha384-", "sha512-", "nonce-"].iter().any(|start| bare.starts_with(start)) {
        "hashes and nonces are not hosts; declare hashes of inline code in your own csp_whitelist.xml"
    } else if text.starts_with('\'') {
        "it is not one of the keywords that can be added to a policy, such as 'self' and 'unsafe-inline'"
    } else if text.contains(' ') {
        "each entry must be a single host"
    } else {
        "it is neither a host, with or without a scheme, nor a scheme alone"
    }
}

/// Explains why a module name is rejected.
pub(super) fn of_module_name(text: &str) -> &'static str {
    let parts: Vec<&str> = text.split('_').collect();
    if parts.len() == 2 && parts.iter().any(|part| part.chars().count() == 1) {
        "vendor and module each need two characters (Magento's module.xsd)"
    } else {
        "a module name has two parts joined by an underscore; each starts with a capital and has two or more letters or digits"
    }
}

/// Module name that is probably meant: `acme/module-wms`, `Acme\\Wms` and `acme-wms` are `Acme_Wms`.
pub(super) fn likely_module(text: &str) -> Option<String> {
    let (vendor, module) = text.split_once(['/', '\\', '_', '-', '.', ' '])?;
    let module = ["magento2-module-", "module-", "magento2-", "magento-"]
        .iter()
        .find_map(|prefix| module.strip_prefix(prefix))
        .unwrap_or(module);
    let words = module.split(|c: char| !c.is_ascii_alphanumeric());
    let name = format!("{}_{}", capitalized(vendor), words.map(capitalized).collect::<String>());
    ModuleName::new(name.as_str()).is_ok().then_some(name)
}

/// Explains why a schedule is rejected and what to write instead.
pub(super) fn of_schedule(text: &str) -> (&'static str, Help) {
    let instead = match text.trim().to_ascii_lowercase().as_str() {
        "@hourly" => Some("0 * * * *"),
        "@daily" | "@midnight" => Some("0 0 * * *"),
        "@weekly" => Some("0 0 * * 0"),
        "@monthly" => Some("0 0 1 * *"),
        "@yearly" | "@annually" => Some("0 0 1 1 *"),
        _ => None,
    };
    let fields: Vec<&str> = text.split_whitespace().collect();
    let is_field = |field: &&str| field.starts_with(|c: char| c.is_ascii_digit() || c == '*');
    match (instead, fields.as_slice()) {
        (Some(instead), _) => ("Magento's cron reads five fields and no words", Help::write(instead)),
        (None, [_, five @ ..]) if five.len() == 5 && fields.iter().all(is_field) => (
            "Magento's cron has no field for seconds or years",
            Help::write(&five.join(" ")).joined(" if ", "the first field is for seconds".into()),
        ),
        (None, five) if five.len() == 5 => {
            ("one space separates the five fields", Help::write(&five.join(" ")))
        }
        _ => ("Magento's cron reads five fields", Help::new(format!("write {}", Schedule::EXPECTED))),
    }
}
