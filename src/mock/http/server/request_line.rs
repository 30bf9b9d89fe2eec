//! Request lines with characters that web servers accept and hyper refuses.

/// Characters that hyper refuses.
const REFUSED: &str = "\"<>`";

/// First of the private-use characters that replace them on their way through hyper.
const FIRST: u32 = 0xE000;

/// Target of a request as it was sent.
pub(super) fn as_sent(target: &str) -> String {
    let sent = |it: char| {
        let code = u32::from(it).checked_sub(FIRST).and_then(char::from_u32);
        code.filter(|code| REFUSED.contains(*code)).unwrap_or(it)
    };
    target.chars().map(sent).collect()
}

/// Character that replaces a refused one; none for others.
pub(super) fn disguise(sent: char) -> Option<char> {
    if REFUSED.contains(sent) { char::from_u32(FIRST + u32::from(sent)) } else { None }
}
