//! Memory for the values that bodies are parsed to.

use crate::mock::message::json_marks;

/// Memory at most for a byte of a text, with all copies until it is answered. The numbers are measured, with routes that complete
/// what they are sent.
const BYTE: usize = 8;

/// Memory for a quote of a JSON text, and so on.
const QUOTE: usize = 48;

/// Further item of a list or field of an object, and the room for more.
const ITEM: usize = 400;

/// Name of a field.
const NAME: usize = 240;

const LIST: usize = 500;

const OBJECT: usize = 2600;

/// XML element, with the object that it may be.
const ELEMENT: usize = 1700;

/// XML attribute, with the objects around it.
const ATTRIBUTE: usize = 1500;

/// Memory at most for the values of a body. Bytes that neither JSON nor XML begins with are counted as those of XML.
pub(super) fn size_of_values(body: &[u8]) -> usize {
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    let values: usize = match first {
        Some(b'[' | b'{' | b'"') => json_marks(body).map(of_mark).sum(),
        _ => {
            let elements = memchr::memchr_iter(b'<', body).filter(|at| body.get(at + 1) != Some(&b'/'));
            elements.count() * ELEMENT + memchr::memchr_iter(b'=', body).count() * ATTRIBUTE
        }
    };
    values + body.len() * BYTE
}

fn of_mark(mark: u8) -> usize {
    match mark {
        b'"' => QUOTE,
        b',' => ITEM,
        b':' => NAME,
        b'[' => LIST,
        b'{' => OBJECT,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_weighed_and_their_texts_are_not_taken_for_values() {
        for (body, size) in [
            ("", 0),
            (" [0, [], {}]", LIST + 2 * ITEM + LIST + OBJECT),
            (r#"{"a":"[\"{,:"}"#, OBJECT + NAME + 4 * QUOTE),
            (r#""[,<=""#, 2 * QUOTE),
            ("<a b='1'><c/>=</a>", 2 * ELEMENT + 2 * ATTRIBUTE),
            ("\u{a0}<a/>", ELEMENT),
        ] {
            assert_eq!(size_of_values(body.as_bytes()), size + body.len() * BYTE, "{body}");
        }
    }
}
