//! Decoder of bytes to text, for the encodings of modules' XML files.

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
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return utf8(bytes),
        [0xFF, 0xFE, rest @ ..] => return utf16(rest, "UTF-16LE", u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return utf16(rest, "UTF-16BE", u16::from_be_bytes),
        [b'<', 0, ..] => return utf16(bytes, "UTF-16LE", u16::from_le_bytes),
        [0, b'<', ..] => return utf16(bytes, "UTF-16BE", u16::from_be_bytes),
        _ => {}
    }
    match declared(bytes).map(|name| name.to_ascii_lowercase()).as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => utf8(bytes),
        // Web standards treat it as Windows-1252; XML parsers do not.
        Some("iso-8859-1" | "latin1" | "iso_8859-1") => Ok(bytes.iter().copied().map(char::from).collect()),
        Some("windows-1252" | "cp1252") => Ok(bytes.iter().copied().map(western).collect()),
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
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let readable = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
        Undecodable { message: "this byte is not valid UTF-8".to_owned(), readable }
    })?;
    Ok(text.to_owned())
}

/// Decodes UTF-16 without a byte order mark.
fn utf16(bytes: &[u8], name: &str, unit: fn([u8; 2]) -> u16) -> Result<String, Undecodable> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut decoded = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let readable: String = decoded.by_ref().map_while(Result::ok).collect();
    let is_whole = rest.is_empty() && readable.encode_utf16().count() == pairs.len();
    if is_whole {
        Ok(readable)
    } else {
        Err(Undecodable { message: format!("this byte is not valid {name}"), readable })
    }
}

/// Characters of Windows-1252 from 0x80 on that differ from ISO-8859-1
/// (<https://encoding.spec.whatwg.org/index-windows-1252.txt>).
const WESTERN: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn western(byte: u8) -> char {
    byte.checked_sub(0x80).and_then(|place| WESTERN.get(usize::from(place))).copied().unwrap_or(byte.into())
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
        let whole: String = (0..=u8::MAX).map(western).collect();
        assert!(whole.starts_with('\0') && whole.ends_with("žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"));
        assert!(euro("iso-8859-1").unwrap().ends_with('\u{80}'));
    }

    #[test]
    fn other_encodings_and_broken_bytes_are_errors() {
        for (bytes, message) in [
            (b"<?xml encoding='koi8-r'?>".as_slice(), "koi8-r, which is not supported"),
            (b"<?xml encoding='utf-16'?>", "is not encoded in it"),
            (b"<a>\xE9</a>", "not valid UTF-8"),
            (b"\xFF\xFE<\0\0\xD8", "not valid UTF-16LE"),
            (b"\xFE\xFF\0<\0", "not valid UTF-16BE"),
        ] {
            let error = xml(bytes).unwrap_err();
            assert!(error.message.contains(message), "{error:?}");
        }
        assert_eq!(xml(b"<a>\xE9</a>").unwrap_err().readable, "<a>");
        assert!(utf8(b"\xE9").is_err());
        assert_eq!(utf8(b"\xEF\xBB\xBF{}"), Ok("{}".to_owned()));
    }
}
