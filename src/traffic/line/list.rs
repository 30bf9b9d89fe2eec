//! Parser of lists of calls: `METHOD path`, one per line. The path may start at the version: `GET /V1/orders`.

use super::{Request, is_method, request_line};

/// Returns true if a line starts with a method, as those of a list do.
pub(in super::super) fn is_listed(line: &[u8]) -> bool {
    // Longer than any method.
    let word = line[..line.len().min(20)].split(|&byte| byte == b' ').next().unwrap_or_default();
    word.len() < line.len() && std::str::from_utf8(word).is_ok_and(is_method)
}

pub(super) fn parse(line: &[u8]) -> Option<Request<'_>> {
    let line = std::str::from_utf8(line).ok()?.trim_ascii_end();
    let (method, rest) = line.split_once(' ')?;
    let as_listed = || (method.into(), rest.trim_ascii_start().into());
    let (method, target) = request_line(line.into()).unwrap_or_else(as_listed);
    let is_one_word = !target.contains([' ', '\t']);
    is_one_word.then_some(Request { method, target, status: None, agent: None, time: None, is_listed: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_and_a_path() {
        for line in ["GET /V1/orders", "GET  /V1/orders ", "GET /V1/orders HTTP/1.1", "GET /V1/orders\t"] {
            assert!(is_listed(line.as_bytes()));
            let request = parse(line.as_bytes()).unwrap();
            assert_eq!((&*request.method, &*request.target), ("GET", "/V1/orders"), "{line}");
        }
    }

    #[test]
    fn other_lines_are_none() {
        for line in ["", "GET", "get /V1", " GET /V1", "1.2.3.4 - -", "{\"a\": 1}", "ÄÖÜ /V1"] {
            assert!(!is_listed(line.as_bytes()), "{line}");
        }
        for line in ["GET /rest/V1/orders 200 7", "GET /V1/orders /V1/products"] {
            assert_eq!(parse(line.as_bytes()), None, "{line}");
        }
        assert_eq!(parse(b"GET /rest/V1/\xff"), None);
    }
}
