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
