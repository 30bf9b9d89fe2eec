//! Standard output and standard error: text for people, data for programs.

use std::{
    borrow::Cow,
    fmt,
    io::{self, IsTerminal as _, Write},
    process::Stdio,
};

use anstream::{AutoStream, ColorChoice, StripStream};

use crate::diag::{printable, printable_json, printable_line, without_commands};

/// Stream of text for people. Colours pass if the stream supports them; other control characters, and bidi and
/// zero-width characters, are replaced with visible symbols. Nothing in it is a workflow command.
#[derive(Debug)]
pub(in crate::cli) struct Visible<W: Write>(W);

/// Standard output, for people.
pub(in crate::cli) fn stdout() -> Visible<AutoStream<io::Stdout>> {
    Visible(anstream::stdout())
}

/// Standard error, for people.
pub(in crate::cli) fn stderr() -> Visible<AutoStream<io::Stderr>> {
    Visible(anstream::stderr())
}

/// Standard error, as the standard output of a child process.
pub(in crate::cli) fn stderr_of_child() -> Stdio {
    io::stderr().into()
}

/// Text of a JSON document.
pub(in crate::cli) fn json(document: impl fmt::Display) -> String {
    let document = format!("{document:#}");
    format!("{}\n", printable_json(document.trim_end()))
}

/// Writes data for programs to standard output, byte for byte.
///
/// # Errors
/// Errors when writing to standard output.
pub(in crate::cli) fn print_data(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

pub(in crate::cli) fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

pub(in crate::cli) fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Text for people as standard output takes it, for a pager.
pub(super) fn for_stdout(text: &str) -> Vec<u8> {
    let text = visible(text);
    if AutoStream::choice(&io::stdout()) != ColorChoice::Never {
        return text.into_owned().into_bytes();
    }
    let mut plain = StripStream::new(Vec::with_capacity(text.len()));
    // Writing to a string cannot fail.
    let _ = plain.write_all(text.as_bytes());
    plain.into_inner()
}

impl<W: Write> Visible<W> {
    /// Writes a line. Foreign text in it becomes printable and stays on that line.
    ///
    /// # Errors
    /// Errors when writing to the stream.
    pub(in crate::cli) fn line(&mut self, text: impl fmt::Display) -> io::Result<()> {
        writeln!(self, "{}", printable_line(&text.to_string()))
    }
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(visible(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    /// The text in one piece, so that no sequence and no character is cut in two.
    fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        self.write_all(text.to_string().as_bytes())
    }
}

/// The text with everything visible but the colours that magespec writes, and without workflow commands.
fn visible(text: &str) -> Cow<'_, str> {
    match coloured(text) {
        Cow::Borrowed(text) => without_commands(text),
        Cow::Owned(text) => Cow::Owned(without_commands(&text).into_owned()),
    }
}

fn coloured(text: &str) -> Cow<'_, str> {
    if !text.contains('\x1b') {
        return printable(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, length)) = colour(rest) {
        shown += &printable(rest.get(..start).unwrap_or_default());
        shown += rest.get(start..start + length).unwrap_or_default();
        rest = rest.get(start + length..).unwrap_or_default();
    }
    shown += &printable(rest);
    Cow::Owned(shown)
}

/// The first colour or effect of a text: where it begins, and its length. Black and concealed text would hide what is
/// written, and magespec writes neither.
fn colour(text: &str) -> Option<(usize, usize)> {
    text.match_indices("\x1b[").find_map(|(start, open)| {
        let rest = text.get(start + open.len()..)?;
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let is_passed = rest.get(end..)?.starts_with('m')
            && (end == 0 || matches!(rest.get(..end)?.parse(), Ok(0..=4 | 7 | 31..=37 | 91..=97)));
        is_passed.then_some((start, open.len() + end + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_pass() {
        for (text, shown) in [
            ("a\tb\r\nc\n", "a\tb\r\nc\n"),
            ("\x1b[1m\x1b[31mred\x1b[0m\n", "\x1b[1m\x1b[31mred\x1b[0m\n"),
            ("\x1b[mplain", "\x1b[mplain"),
            ("\x1b[8mhidden\x1b[30mblack", "␛[8mhidden␛[30mblack"),
            ("\x1b]0;title\x07\x1b[2J\x1b[1m\x1b[", "␛]0;title␇␛[2J\x1b[1m␛["),
            ("\u{9b}31m\u{202e}\u{200b}", "<U+009B>31m<U+202E><U+200B>"),
            ("a\n::error::b ##[group]", "a\n<U+003A>:error::b <U+0023>#[group]"),
            ("\x1b[38;5;1m\x1b[1é", "␛[38;5;1m␛[1é"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn sequences_of_several_pieces_are_written_as_one() {
        let mut out = Visible(Vec::new());
        let (escape, reset, end) = ('\x1b', "\x1b[0", 'm');
        write!(out, "{escape}[1mbold{reset}{end}").unwrap();
        assert_eq!(out.0, b"\x1b[1mbold\x1b[0m");
        out.write_all(b"\xff\x1b[2J").unwrap();
        assert!(out.0.ends_with("\u{fffd}␛[2J".as_bytes()));
    }
}
