//! Memory for the values that bodies are parsed to.

use memchr::{memchr_iter, memmem};

use crate::{
    mock::message::{MOST_ARRAYS, json_marks},
    oauth::MOST_VARIABLES,
};

/// Memory at most for a byte of a text, with all copies until it is answered. The numbers are measured, with routes that complete
/// what they are sent.
const BYTE: usize = 8;

/// Byte of a form, which is encoded twice to be signed.
const FORM_BYTE: usize = 32;

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

/// Memory for a body that is not parsed.
pub(super) fn of_bytes(body: &[u8]) -> usize {
    body.len() * BYTE
}

pub(super) fn of_json(body: &[u8]) -> usize {
    of_bytes(body) + json_marks(body).map(of_mark).sum::<usize>()
}

pub(super) fn of_xml(body: &[u8]) -> usize {
    let elements = memchr_iter(b'<', body).filter(|at| body.get(at + 1) != Some(&b'/'));
    of_bytes(body) + elements.count() * ELEMENT + memchr_iter(b'=', body).count() * ATTRIBUTE
}

pub(super) fn of_form(body: &[u8]) -> usize {
    body.len() * FORM_BYTE + memchr_iter(b'&', body).count().min(MOST_VARIABLES) * ITEM
}

/// Memory for a multipart body. Its fields may be in arrays.
pub(super) fn of_multipart(body: &[u8]) -> usize {
    let fields = memmem::find_iter(body, "name=\"").count().min(MOST_VARIABLES);
    let arrays = memchr_iter(b'[', body).count().min(MOST_ARRAYS);
    lossy_size(body) * BYTE + fields * ITEM + arrays * OBJECT
}

/// Bytes of a text in which the character U+FFFD stands for what is not UTF-8.
fn lossy_size(body: &[u8]) -> usize {
    let mark = |invalid: &[u8]| if invalid.is_empty() { 0 } else { char::REPLACEMENT_CHARACTER.len_utf8() };
    body.utf8_chunks().map(|chunk| chunk.valid().len() + mark(chunk.invalid())).sum()
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
            ("<a b='1'/>", 0),
        ] {
            assert_eq!(of_json(body.as_bytes()), size + body.len() * BYTE, "{body}");
        }
        for (body, size) in [
            ("", 0),
            ("<a b='1'><c/>=</a>", 2 * ELEMENT + 2 * ATTRIBUTE),
            ("\u{a0}<a/>", ELEMENT),
            ("[{}]", 0),
        ] {
            assert_eq!(of_xml(body.as_bytes()), size + body.len() * BYTE, "{body}");
        }
    }

    #[test]
    fn no_more_fields_are_weighed_than_are_read() {
        let form = |count: usize| "a=<&".repeat(count);
        assert_eq!(of_form(form(2).as_bytes()), 8 * FORM_BYTE + 2 * ITEM);
        assert_eq!(of_form(form(5_000).as_bytes()), 20_000 * FORM_BYTE + 1_000 * ITEM);
        let field = "name=\"a[]\"=<";
        assert_eq!(of_multipart(field.as_bytes()), field.len() * BYTE + ITEM + OBJECT);
        let fields = field.repeat(5_000);
        assert_eq!(of_multipart(fields.as_bytes()), fields.len() * BYTE + 1_000 * ITEM + 5_000 * OBJECT);
        let arrays = "[".repeat(1 << 20);
        assert_eq!(of_multipart(arrays.as_bytes()), (BYTE << 20) + 64_000 * OBJECT);
        assert_eq!(of_multipart(b"\xff\xffa\xff"), (1 + 3 * 3) * BYTE);
    }
}
