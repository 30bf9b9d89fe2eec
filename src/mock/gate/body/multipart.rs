//! Multipart bodies, which PHP reads into its parameters.

use serde_json::{Map, Value};

use crate::mock::{HttpRequest, message::variables};

/// Fields of a multipart body, without its files.
pub(super) fn parameters(request: &HttpRequest) -> Map<String, Value> {
    let content_type = request.header("Content-Type").unwrap_or_default();
    let Some((_, boundary)) = content_type.split_once("boundary=") else { return Map::new() };
    let boundary = boundary.split(';').next().unwrap_or_default().trim_matches('"');
    if boundary.is_empty() {
        return Map::new();
    }
    let body = String::from_utf8_lossy(&request.body);
    let delimiter = format!("--{boundary}");
    let fields = body.split(&delimiter).filter_map(field);
    variables(fields.map(|(name, value)| (name.to_owned(), value.to_owned())))
}

/// Name and value of a part; none if it is a file.
fn field(part: &str) -> Option<(&str, &str)> {
    let (head, value) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n"))?;
    if head.contains("filename=") {
        return None;
    }
    let name = head.split("name=\"").nth(1)?.split('"').next()?;
    let value = value.strip_suffix('\n').unwrap_or(value);
    Some((name, value.strip_suffix('\r').unwrap_or(value)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_keep_their_characters_and_files_are_left_out() {
        let part = |head: &str, value: &str| {
            format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n")
        };
        let body = [
            part("name=\"a[x y][]\"", "1&2=%41+\u{e4}"),
            part("name=\"file\"; filename=\"f\"", "x"),
            part("name=\"c d\"", ""),
            "--b--\r\n".to_owned(),
        ];
        let headers = vec![("Content-Type".to_owned(), "multipart/form-data; boundary=b".to_owned())];
        let request = HttpRequest { headers, body: body.concat().into_bytes(), ..HttpRequest::default() };
        let expected = json!({ "a": { "x y": ["1&2=%41+\u{e4}"] }, "c_d": "" });
        assert_eq!(Value::Object(parameters(&request)), expected);
    }
}
