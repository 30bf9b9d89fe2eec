//! Bytes that make up JSON, without the texts in it.

/// Brackets, commas, colons and whatever else is not inside a text, and the quotes around texts.
pub(in crate::mock) fn json_marks(json: &[u8]) -> impl Iterator<Item = u8> {
    let (mut is_text, mut is_escaped) = (false, false);
    json.iter().copied().filter(move |byte| match byte {
        _ if is_escaped => {
            is_escaped = false;
            false
        }
        b'\\' if is_text => {
            is_escaped = true;
            false
        }
        b'"' => {
            is_text = !is_text;
            true
        }
        _ => !is_text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_passed_over() {
        let marks: Vec<u8> = json_marks(r#"{"a\"[":["\\",1],"é{":{}}"#.as_bytes()).collect();
        assert_eq!(String::from_utf8(marks).unwrap(), r#"{"":["",1],"":{}}"#);
        assert_eq!(json_marks(b"\"[,\\").count(), 1);
    }
}
