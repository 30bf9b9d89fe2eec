//! `Accept`: the format of the answer (docs/magento/web-api.md#accept).

use super::AnswerFormat;
use crate::{
    mock::{HttpRequest, ShopRefusal},
    oauth::without_secrets,
};

/// Types that a renderer of Magento has, in its order.
const RENDERED: [(&str, AnswerFormat); 5] = [
    ("*/*", AnswerFormat::Json),
    ("application/json", AnswerFormat::Json),
    ("text/xml", AnswerFormat::Xml),
    ("application/xml", AnswerFormat::Xml),
    ("application/xhtml+xml", AnswerFormat::Xml),
];

/// Format of the answer. Without a match Magento fails before the web API is reached.
pub(super) fn format(request: &HttpRequest) -> Result<AnswerFormat, ShopRefusal> {
    let header = request.header("Accept").unwrap_or_default();
    let found = accepted(header).into_iter().find_map(rendered);
    found.ok_or_else(|| {
        ShopRefusal::page(
            "Server cannot match any of the given Accept HTTP header media type(s) from the request with media types in config of \
             response renderer.",
        )
        .because(format!(
            "Magento renders JSON and XML only, and answers `Accept: {}` with status 500",
            without_secrets(header)
        ))
    })
}

fn rendered(accepted: &str) -> Option<AnswerFormat> {
    let fits = |rendered: &str| {
        let kind = rendered.split('/').next().unwrap_or_default();
        accepted == rendered || accepted == "*/*" || accepted.strip_suffix("/*") == Some(kind)
    };
    RENDERED.into_iter().find(|(rendered, _)| fits(rendered)).map(|(_, format)| format)
}

/// Valid types, best first; any type without one.
fn accepted(header: &str) -> Vec<&str> {
    let mut types: Vec<(f64, &str)> = Vec::new();
    for definition in header.split(',') {
        let mut parts = definition.split(';');
        let name = parts.next().unwrap_or_default().trim();
        if !is_type(name) {
            continue;
        }
        let quality = parts.next().and_then(|part| {
            let mut sides = part.split('=');
            let (_, value) = (sides.next()?, sides.next()?);
            sides.next().is_none().then_some(value)
        });
        // laminas-http writes the header again, and leaves out a value that PHP treats as empty.
        let quality = quality.filter(|value| !matches!(value.trim(), "" | "0"));
        let quality = quality.map_or(1.0, |value| value.trim().parse().unwrap_or(0.0));
        types.push((quality, name));
    }
    types.sort_by(|one, other| other.0.total_cmp(&one.0));
    if types.is_empty() { vec!["*/*"] } else { types.into_iter().map(|(_, name)| name).collect() }
}

fn is_type(name: &str) -> bool {
    let is_word = |word: &str, also: &str| {
        !word.is_empty()
            && word.chars().all(|c| c.is_ascii_alphanumeric() || "*+-".contains(c) || also.contains(c))
    };
    match name.split_once('/') {
        Some((kind, rest)) => is_word(kind, "") && is_word(rest, "."),
        None => is_word(name, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accept: &str) -> Option<AnswerFormat> {
        let headers = vec![("accept".to_owned(), accept.to_owned())];
        format(&HttpRequest { headers, ..HttpRequest::default() }).ok()
    }

    #[test]
    fn types_are_matched_as_magento_matches_them() {
        for accept in
            ["", "*/*", "application/*", "application/json", "///", "text/html, */*", "a/b;q=x, */*;q=0.1"]
        {
            assert_eq!(of(accept), Some(AnswerFormat::Json), "{accept}");
        }
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for accept in ["text/xml", "text/*", browser, "application/json;q=0.5, application/xml;q=0.9"] {
            assert_eq!(of(accept), Some(AnswerFormat::Xml), "{accept}");
        }
        for accept in ["text/html", "*", "APPLICATION/JSON", "application/hal+json", "image/svg+xml"] {
            assert_eq!(of(accept), None, "{accept}");
        }
    }
}
