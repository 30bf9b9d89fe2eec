//! The path in the base string.

use super::{
    Dialect,
    percent::{encode, escape, is_unreserved},
};

/// Path that the release signs for the one that was sent.
pub(super) fn signed(path: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Zend | Dialect::Parsed => path.to_owned(),
        Dialect::Laminas => normalized(path, is_decoded),
        Dialect::Twice => normalized(path, is_unreserved),
    }
}

/// Returns true if the release answers 500 to a signed call of the path or query: Zend_Uri forbids its characters
/// (docs/magento/web-api.md#zend-path).
#[must_use]
pub fn is_refused(path_or_query: &str, dialect: Dialect) -> bool {
    dialect == Dialect::Zend && !is_uri(path_or_query)
}

/// Returns true if Zend_Uri accepts each character.
fn is_uri(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [byte, behind @ ..] = rest {
        let is_mark = matches!(byte, b'!' | b'*' | b'\'' | b'(' | b')' | b'[' | b']' | b'?');
        let is_fine = if *byte == b'%' { escape(rest).is_some() } else { is_mark || is_decoded(*byte) };
        if !is_fine {
            return false;
        }
        rest = behind;
    }
    true
}

/// Removes dot segments, decodes the escapes that `decodes` names, and encodes what is not allowed: `Laminas\Uri\Uri`.
fn normalized(path: &str, decodes: fn(u8) -> bool) -> String {
    let path = decoded(&without_dots(path), decodes);
    let mut rest = path.as_slice();
    let mut normal = String::with_capacity(rest.len());
    while let [byte, behind @ ..] = rest {
        let is_allowed = if *byte == b'%' { escape(rest).is_some() } else { is_kept(*byte) };
        if is_allowed {
            normal.push(char::from(*byte))
        } else {
            normal.push_str(&encode([*byte]))
        }
        rest = behind;
    }
    normal
}

/// Decodes some escapes, and writes the others in uppercase.
fn decoded(path: &str, decodes: fn(u8) -> bool) -> Vec<u8> {
    let mut rest = path.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let [byte, behind @ ..] = rest {
        match escape(rest) {
            Some(escaped) if decodes(escaped) => bytes.push(escaped),
            Some(_) => bytes.extend(rest[..3].to_ascii_uppercase()),
            None => {
                bytes.push(*byte);
                rest = behind;
                continue;
            }
        }
        rest = &rest[3..];
    }
    bytes
}

/// Returns true for characters that laminas-uri decodes in a path.
const fn is_decoded(byte: u8) -> bool {
    is_unreserved(byte) || matches!(byte, b':' | b'@' | b'&' | b'=' | b'+' | b'$' | b',' | b'/' | b';' | b'%')
}

/// Returns true for characters that laminas-uri leaves in a path.
const fn is_kept(byte: u8) -> bool {
    is_decoded(byte) || matches!(byte, b'(' | b')')
}

fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_dots = match segment {
            "." => true,
            ".." => {
                if kept.len() > 1 {
                    kept.pop();
                }
                true
            }
            _ => false,
        };
        if !is_dots {
            kept.push(segment);
        } else if segments.peek().is_none() {
            kept.push("");
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laminas_decodes_the_path() {
        let signed = |path| signed(path, Dialect::Laminas);
        assert_eq!(signed("/rest/V1/products/A%2FB%20C"), "/rest/V1/products/A/B%20C");
        assert_eq!(signed("/x%c3%a4%2b%7E"), "/x%C3%A4+~");
        assert_eq!(signed("/%251/%2541"), "/%251/%41");
        assert_eq!(signed("/!*'|(a)"), "/%21%2A%27%7C(a)");
        assert_eq!(signed("/a/../b/./c"), "/b/c");
        assert_eq!(signed("/rest//V1/x/"), "/rest//V1/x/");
        assert_eq!(signed("/ä%"), "/%C3%A4%25");
    }

    #[test]
    fn zend_refuses_some_characters() {
        for path in ["/a|b", "/^", "/\"", "/%", "/a%zz"] {
            assert!(is_refused(path, Dialect::Zend), "{path}");
            assert!(!is_refused(path, Dialect::Laminas), "{path}");
        }
        assert!(!is_refused("/rest/V1/x%2Fy/!*'()[];:@&=+$,~", Dialect::Zend));
    }

    #[test]
    fn other_releases_keep_it() {
        let path = "/rest/V1/products/A%2FB%20C%7e";
        assert_eq!(signed(path, Dialect::Zend), path);
        assert_eq!(signed(path, Dialect::Parsed), path);
        assert_eq!(signed(path, Dialect::Twice), "/rest/V1/products/A%2FB%20C~");
    }
}
