//! What is wrong with a text that its pattern refuses, in words.

/// What is wrong with a URL, and what to write instead.
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
        ("it has white space in it", "write a space as %20")
    } else if text.match_indices('%').any(|(at, _)| !is_encoded(at)) {
        ("`%` stands before two hexadecimal digits only", "write a percent sign as %25")
    } else if fragment.contains('#') {
        ("it has more than one `#`", "write the second # as %23")
    } else if whole.replacen(host, "", 1).contains(['[', ']'])
        || !host.starts_with('[') && host.contains(['[', ']'])
    {
        ("square brackets stand around an IPv6 address only", "write [ as %5B and ] as %5D")
    } else if host.starts_with('[') && !host.contains(']') {
        ("the bracket around its host is not closed", "write the host as in https://[2001:db8::1]/")
    } else if port
        .is_some_and(|port| !(1..=5).contains(&port.len()) || !port.bytes().all(|c| c.is_ascii_digit()))
    {
        ("its port is no number", "write the port in digits, as in https://acme.com:8443/, or leave it out")
    } else {
        (
            "it has no scheme, or host, where one must be",
            "write the whole address: \"https://acme.com/token\"",
        )
    }
}

/// What is wrong with the address of an integration.
pub(super) fn of_email(text: &str) -> &'static str {
    if text.contains(['\r', '\n']) {
        "it has a line break in it, which would be stored with it"
    } else if text.trim_matches([' ', '\t']) != text {
        "it has white space at an end, which would be stored with it"
    } else {
        "Magento's schema wants something, an @, something without a dot, a dot, and something: [^@]+@[^\\.]+\\..+"
    }
}

/// What is wrong with a text that goes into the generated files, by the steps of its route.
pub(super) fn of_text(steps: &[&str], text: &str) -> &'static str {
    match steps {
        _ if text.trim().is_empty() => "it is empty",
        _ if text.contains(['\r', '\n']) => "it has a line break in it, and must be a single line",
        ["service", _, "method", _, "route"] => of_route(text),
        ["csp", ..] => of_host(text),
        _ if text.contains("*/") => "`*/` would end the comment of a generated file that it stands in",
        _ => "it goes into the generated files as it is",
    }
}

fn of_route(text: &str) -> &'static str {
    let (method, path) = text.split_once(' ').unwrap_or((text, ""));
    let version = path.strip_prefix("/V").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    if method.starts_with('/') {
        "it begins with a method, as in GET /V1/acme/orders"
    } else if !["GET", "POST", "PUT", "DELETE"].contains(&method) {
        if ["GET", "POST", "PUT", "DELETE"].contains(&method.to_uppercase().as_str()) {
            "webapi.xml has methods in capitals"
        } else {
            "webapi.xml takes GET, POST, PUT and DELETE; Magento's schema has no other method, PATCH among them"
        }
    } else if version.is_empty() || !version.bytes().all(|digit| digit.is_ascii_digit()) {
        "the path begins with a version, /V1/: Magento finds no route without one"
    } else if path.contains('{') {
        "a parameter is written :orderId in webapi.xml"
    } else if path.contains("//") || path.ends_with('/') {
        "a step of the path is empty"
    } else if path.split("/:").skip(1).any(|name| !name.starts_with(|c: char| c.is_ascii_lowercase())) {
        "a parameter becomes one of the PHP method: a small letter, then letters, digits and underscores"
    } else if path.contains(['?', '#']) {
        "what stands behind ? is no part of a route"
    } else {
        "a step of the path has a character that stands in no route"
    }
}

fn of_host(text: &str) -> &'static str {
    let bare = text.trim_matches('\'');
    if ["sha256-", "sha384-", "sha512-", "nonce-"].iter().any(|start| bare.starts_with(start)) {
        "hashes and nonces are no hosts; those of inline code are for the template that has it, in your own csp_whitelist.xml"
    } else if text.starts_with('\'') {
        "words such as 'self' and 'unsafe-inline' are set in a config.xml (csp/policies), and are no hosts"
    } else if text.contains(' ') {
        "one entry is one host"
    } else {
        "it is no host, with a scheme or without, and no scheme alone"
    }
}
