//! Decoder of bytes to text, for the encodings of modules' XML files.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes that could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecodable {
    /// Description of the error.
    pub message: String,
    /// Text up to the error.
    pub readable: String,
}

/// Decodes an XML file: by its byte order mark, its declared encoding, or as UTF-8 (XML 1.0, appendix F). The mark is
/// removed.
///
/// # Errors
/// Fails if the encoding is not UTF-8, UTF-16, ISO-8859-1 or Windows-1252, or the bytes are invalid in it.
pub fn xml(bytes: &[u8]) -> Result<String, Undecodable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..]);
    }
    match bytes {
        [b'<', 0, ..] => return decoded(UTF_16LE, bytes),
        [0, b'<', ..] => return decoded(UTF_16BE, bytes),
        _ => {}
    }
    match declared(bytes).map(|name| name.to_ascii_lowercase()).as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => decoded(UTF_8, bytes),
        Some("iso-8859-1" | "latin1" | "iso_8859-1") => {
            // Web standards treat it as Windows-1252; XML parsers do not.
            Ok(encoding_rs::mem::decode_latin1(bytes).into_owned())
        }
        Some("windows-1252" | "cp1252") => decoded(WINDOWS_1252, bytes),
        Some(other) => Err(Undecodable {
            message: if other.starts_with("utf-16") {
                format!("it declares {other} but is not encoded in it")
            } else {
                format!("it declares the encoding {other}, which is not supported; save it as UTF-8")
            },
            readable: String::new(),
        }),
    }
}

/// Decodes a file that must be UTF-8: PHP, JSON. A byte order mark is removed.
///
/// # Errors
/// Fails at the first invalid byte.
pub fn utf8(bytes: &[u8]) -> Result<String, Undecodable> {
    decoded(UTF_8, bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Undecodable> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => {
            let (lossy, _): (Cow<'_, str>, bool) = encoding.decode_without_bom_handling(bytes);
            let readable = lossy.split('\u{fffd}').next().unwrap_or_default().to_owned();
            Err(Undecodable { message: format!("this byte is not valid {}", encoding.name()), readable })
        }
    }
}

/// Value of `encoding=` in the XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.strip_prefix(b"<?xml")?;
    let end = head.iter().take(256).position(|&byte| byte == b'>')?;
    let head = String::from_utf8_lossy(&head[..end]).into_owned();
    let (_, value) = head.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, swap: bool) -> Vec<u8> {
        let pairs =
            text.encode_utf16().map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() });
        pairs.flatten().collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = |encoding: &str| format!("<?xml version=\"1.0\" encoding='{encoding}'?><a>é</a>");
        for encoding in ["UTF-8", "utf-8"] {
            assert_eq!(xml(text(encoding).as_bytes()), Ok(text(encoding)));
            assert_eq!(xml(&[b"\xEF\xBB\xBF", text(encoding).as_bytes()].concat()), Ok(text(encoding)));
        }
        for encoding in ["ISO-8859-1", "Windows-1252"] {
            let bytes = text(encoding).replace('é', "?").into_bytes();
            let bytes: Vec<u8> = bytes.iter().map(|&b| if b == b'?' { 0xE9 } else { b }).collect();
            // The two question marks of the declaration went the same way.
            let expected = text(encoding).replace('?', "é");
            let bytes = [b"<?xml encoding='", encoding.as_bytes(), b"'?>", &bytes].concat();
            assert_eq!(xml(&bytes), Ok(format!("<?xml encoding='{encoding}'?>{expected}")));
        }
        for swap in [false, true] {
            assert_eq!(xml(&utf16(&text("UTF-16"), swap)), Ok(text("UTF-16")));
            assert_eq!(xml(&utf16(&format!("\u{feff}{}", text("x")), swap)), Ok(text("x")));
        }
        assert_eq!(xml(b"<a/>"), Ok("<a/>".to_owned()));
        assert_eq!(xml(b""), Ok(String::new()));
    }

    #[test]
    fn the_two_western_encodings_differ_where_they_do() {
        let of = |encoding: &str| xml(format!("<?xml encoding=\"{encoding}\"?>").as_bytes()).map(|_| ());
        assert_eq!(of("cp1252"), Ok(()));
        let euro = |name: &str| xml(&[format!("<?xml encoding=\"{name}\"?>").as_bytes(), b"\x80"].concat());
        assert!(euro("windows-1252").unwrap().ends_with('€'));
        assert!(euro("iso-8859-1").unwrap().ends_with('\u{80}'));
    }

    #[test]
    fn other_encodings_and_broken_bytes_are_errors() {
        for (bytes, message) in [
            (b"<?xml encoding='koi8-r'?>".as_slice(), "koi8-r, which is not supported"),
            (b"<?xml encoding='utf-16'?>", "is not encoded in it"),
            (b"<a>\xE9</a>", "not valid UTF-8"),
            (b"\xFF\xFE<\0\0\xD8", "not valid UTF-16LE"),
        ] {
            let error = xml(bytes).unwrap_err();
            assert!(error.message.contains(message), "{error:?}");
        }
        assert_eq!(xml(b"<a>\xE9</a>").unwrap_err().readable, "<a>");
        assert!(utf8(b"\xE9").is_err());
        assert_eq!(utf8(b"\xEF\xBB\xBF{}"), Ok("{}".to_owned()));
    }
}
