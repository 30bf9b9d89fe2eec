//! Content type and decoding of the body (docs/magento/web-api.md#content-type).

mod json;
mod multipart;
mod values;
mod xml;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::{
    mock::{HttpRequest, MockMode, MockSettings, ShopRefusal, texts::has_old_texts},
    oauth::is_form,
};

/// Format of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BodyFormat {
    Json,
    Xml,
}

/// Decodes the body; none if it is empty.
pub(super) fn decoded(request: &HttpRequest, settings: &MockSettings) -> Result<Option<Value>, ShopRefusal> {
    // PHP treats `0` as empty, and consumes a multipart body.
    if request.body.is_empty() || request.body == b"0" || is_multipart(request) {
        return Ok(None);
    }
    let format = format(content_type(request)?)?;
    let decoding_error = |reason: &str| {
        let message = match (settings.mode, format) {
            (MockMode::Production, _) => "Decoding error.".to_owned(),
            (MockMode::Developer, BodyFormat::Json) => {
                format!("Decoding error: \n{reason}\n{}", crate::mock::refusal::TRACE)
            }
            (MockMode::Developer, BodyFormat::Xml) => format!("Decoding Error: {reason}"),
        };
        ShopRefusal::new(400, message).because(format!("the body is not valid: {reason}"))
    };
    match format {
        BodyFormat::Json => match json::decoded(&request.body) {
            Some(value) => Ok(Some(value)),
            None if has_old_texts(settings.version) => Err(decoding_error("Unable to unserialize value.")),
            None => Err(decoding_error("Unable to unserialize value. Error: Syntax error")),
        },
        BodyFormat::Xml => {
            let text = std::str::from_utf8(&request.body).ok();
            match text.and_then(xml::decoded) {
                Some(value) => Ok(Some(value)),
                None => Err(decoding_error("DOMDocument::loadXML(): the document is not well-formed")),
            }
        }
    }
}

/// Parameters of the query, and those of a multipart body that it does not have: PHP reads that before Magento does.
pub(super) fn parameters(request: &HttpRequest) -> Map<String, Value> {
    let mut all = crate::mock::parameters(request.query().unwrap_or_default());
    if is_multipart(request) {
        for (name, value) in multipart::parameters(request) {
            all.entry(name).or_insert(value);
        }
    }
    all
}

/// Returns true if the body is empty or can be decoded.
pub(super) fn is_readable(request: &HttpRequest) -> bool {
    if request.body.is_empty() || request.body == b"0" || is_multipart(request) {
        return true;
    }
    match content_type(request).and_then(format) {
        Ok(BodyFormat::Json) => json::decoded(&request.body).is_some(),
        Ok(BodyFormat::Xml) => {
            std::str::from_utf8(&request.body).is_ok_and(|text| xml::decoded(text).is_some())
        }
        Err(_) => false,
    }
}

/// Memory at most for what a body is parsed to, until it is answered.
pub(in crate::mock) fn size_of_values(request: &HttpRequest) -> usize {
    let body = &request.body;
    if is_multipart(request) {
        return values::of_multipart(body);
    }
    match content_type(request).and_then(format) {
        Ok(BodyFormat::Json) => values::of_json(body),
        Ok(BodyFormat::Xml) => values::of_xml(body),
        // Its fields are signed.
        Err(_) if request.header("Content-Type").is_some_and(is_form) => values::of_form(body),
        Err(_) => values::of_bytes(body),
    }
}

fn is_multipart(request: &HttpRequest) -> bool {
    let header = request.header("Content-Type").unwrap_or_default();
    request.method == "POST"
        && header.get(..20).is_some_and(|start| start.eq_ignore_ascii_case("multipart/form-data;"))
}

/// Content type without its charset.
fn content_type(request: &HttpRequest) -> Result<&str, ShopRefusal> {
    let header = request.header("Content-Type").unwrap_or_default();
    if header.is_empty() || header == "0" {
        return Err(ShopRefusal::exception(400, "Content-Type header is empty."));
    }
    let (name, parameters) = match header.split_once(';') {
        Some((name, rest)) => (name.trim(), content_type_parameters(rest)),
        None => (header, IndexMap::new()),
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "/-+.".contains(c);
    let charset = match parameters.first() {
        None => None,
        Some((key, charset)) if key.eq_ignore_ascii_case("charset") && !charset.is_empty() => Some(*charset),
        _ => return Err(ShopRefusal::exception(400, "Content-Type header is invalid.")),
    };
    if name.is_empty() || !name.chars().all(is_name) {
        return Err(ShopRefusal::exception(400, "Content-Type header is invalid."));
    }
    if charset.is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) || parameters.len() > 1 {
        return Err(ShopRefusal::exception(400, "UTF-8 is the only supported charset."));
    }
    Ok(name)
}

/// Parameters as laminas-http reads and writes them again: without quotes, and without what is no parameter.
fn content_type_parameters(text: &str) -> IndexMap<&str, &str> {
    let mut parameters = IndexMap::new();
    for part in text.split(';') {
        let Some((key, value)) = part.trim().split_once('=') else { continue };
        let value = value.strip_prefix('"').unwrap_or(value);
        let value = value.strip_suffix('"').unwrap_or(value);
        if key.is_empty() || format!("{key}{value}").contains(|c: char| c.is_whitespace() || c == '"') {
            continue;
        }
        parameters.insert(key, value);
    }
    parameters
}

fn format(content_type: &str) -> Result<BodyFormat, ShopRefusal> {
    match content_type {
        "application/json" => Ok(BodyFormat::Json),
        "application/xml" | "text/xml" | "application/xhtml+xml" => Ok(BodyFormat::Xml),
        _ => Err(ShopRefusal::new(
            400,
            format!("Server cannot understand Content-Type HTTP header media type {content_type}"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(content_type: &str) -> Option<String> {
        let headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
        let request = HttpRequest { headers, method: "POST".to_owned(), ..HttpRequest::default() };
        match *super::content_type(&request).and_then(format).err()?.body {
            crate::mock::RefusalBody::Error { message, .. } => Some(message),
            _ => None,
        }
    }

    #[test]
    fn content_types_are_read_as_magento_reads_them() {
        for fine in [
            "application/json",
            "application/json; charset=UTF-8",
            "application/json;charset=utf-8",
            "application/json ; charset=\"utf-8\"; nothing",
            "application/json;",
            "text/xml",
        ] {
            assert_eq!(message(fine), None, "{fine}");
        }
        assert_eq!(message("").unwrap(), "Content-Type header is empty.");
        assert_eq!(message("application/json; odata=verbose").unwrap(), "Content-Type header is invalid.");
        for other in ["application/json; charset=latin1", "application/json; charset=utf-8; version=1"] {
            assert_eq!(message(other).unwrap(), "UTF-8 is the only supported charset.", "{other}");
        }
        assert_eq!(message("application/json; charset=").unwrap(), "Content-Type header is invalid.");
        assert!(message("APPLICATION/JSON").unwrap().ends_with("media type APPLICATION/JSON"));
    }
}
