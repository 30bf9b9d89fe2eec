//! Events of a TOML text, which need not be valid.

use toml_parser::{
    Source,
    lexer::{Token, TokenKind},
    parser::{Event, RecursionGuard, parse_document},
};

/// Most tables, lists and keys within each other.
pub const DEEPEST_TOML: u32 = 256;

/// Reads a text event by event. A list or an inline table that is open ends at the next header of a table.
pub fn read_events(text: &str, take: &mut dyn FnMut(Event)) {
    let tokens = Source::new(text).lex().into_vec();
    let is_line_start = |at: &usize| *at > 0 && tokens[at - 1].kind() == TokenKind::Newline;
    let headers = (0..tokens.len()).filter(is_line_start).filter(|at| is_header(text, &tokens[*at..]));
    let mut start = 0;
    for end in headers.chain([tokens.len()]) {
        let mut receiver = |event| take(event);
        let mut shallow = RecursionGuard::new(&mut receiver, DEEPEST_TOML);
        parse_document(&tokens[start..end], &mut shallow, &mut ());
        start = end;
    }
}

/// Returns true if a line is the header of a table and cannot be an entry of a list.
fn is_header(text: &str, tokens: &[Token]) -> bool {
    let mut kinds = tokens.iter().filter(|token| token.kind() != TokenKind::Whitespace).peekable();
    let mut opened = 0;
    while kinds.next_if(|token| token.kind() == TokenKind::LeftSquareBracket).is_some() {
        opened += 1;
    }
    let first = kinds.peek().and_then(|token| text.get(token.span().start()..token.span().end()));
    let is_name = first.is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && !matches!(name, "true" | "false" | "inf" | "nan")
    });
    if !is_name || !matches!(opened, 1 | 2) {
        return false;
    }
    let is_part = |kind| {
        matches!(kind, TokenKind::Atom | TokenKind::Dot | TokenKind::BasicString | TokenKind::LiteralString)
    };
    while kinds.next_if(|token| is_part(token.kind())).is_some() {}
    let closes =
        (0..opened).all(|_| kinds.next_if(|token| token.kind() == TokenKind::RightSquareBracket).is_some());
    let ends = [TokenKind::Comment, TokenKind::Newline, TokenKind::Eof];
    closes && kinds.next().is_none_or(|token| ends.contains(&token.kind()))
}
