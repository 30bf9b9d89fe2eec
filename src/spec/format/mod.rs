//! Layout of a spec: the same document with one way to write it.

mod line_end;
mod part;
mod printer;
mod reader;

pub(crate) use line_end::{line_end, with_line_end};

use super::Document;
use crate::diag::{Diagnostic, Source};
use printer::Printer;
use reader::LayoutReader;

/// Formats a spec. Comments, order and values stay as they are written; syntax of TOML 1.1 becomes that of 1.0, except an
/// inline table with comments in it.
///
/// # Errors
/// Returns the syntax error of a text that is not TOML.
pub fn format(source: &Source) -> Result<String, Box<Diagnostic>> {
    Document::parse(source)?;
    let text = &*source.text;
    Ok(Printer::new(text).print(&LayoutReader::new(text).document()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(text: &str, expected: &str) {
        let formatted = |text: &str| format(&Source::new("a.toml", text)).unwrap();
        assert_eq!(formatted(text), expected);
        assert_eq!(formatted(expected), expected, "not stable");
    }

    #[test]
    fn spaces_are_those_of_the_layout() {
        becomes("[ a . b ]\n  c=1\n\n\n\td.e  =  'x'   \n[[f]]", "[a.b]\nc = 1\n\nd.e = 'x'\n\n[[f]]\n");
        becomes("a={b=1,c = { } }\nd=[ 1,2 , 3, ]\ne=[ ]", "a = { b = 1, c = {} }\nd = [1, 2, 3]\ne = []\n");
        becomes("", "");
        becomes("\n\n# only\n\n", "# only\n");
    }

    #[test]
    fn lists_of_several_lines_have_a_line_for_each_entry() {
        becomes(
            "a = [ 'b', 'c',\n    'd' # why\n,\n\n\n # e\n 'f' ]\n",
            "a = [\n  'b',\n  'c',\n  'd', # why\n\n  # e\n  'f',\n]\n",
        );
        becomes("a = [ # all\n [ 1,\n 2 ] ]\n", "a = [ # all\n  [\n    1,\n    2,\n  ],\n]\n");
        becomes("a = [\n\n]\n", "a = []\n");
        let long = format!("a = [{}]\n", ["\"0123456789\""; 12].join(", "));
        becomes(&long, &format!("a = [\n{}]\n", "  \"0123456789\",\n".repeat(12)));
    }

    #[test]
    fn comments_stay_where_they_are() {
        becomes("#:schema ./x\n# of a\n[a]# b\nc=1# d\n", "#:schema ./x\n# of a\n[a] # b\nc = 1 # d\n");
        // The comment above a header belongs to it.
        becomes("[a]\nb = 1\n# of c\n[c]\n# end", "[a]\nb = 1\n\n# of c\n[c]\n# end\n");
        becomes("[a]\n\n\n# of b\nb = 1\n\n# alone\n\n[c]\n", "[a]\n# of b\nb = 1\n\n# alone\n\n[c]\n");
    }

    #[test]
    fn comments_in_columns_keep_their_column() {
        becomes("a=1      # x\nbcd = 2  # y\n", "a = 1    # x\nbcd = 2  # y\n");
        becomes("a=[1,2,3]  # x\n", "a = [1, 2, 3] # x\n");
        // Two columns for each character of Japanese.
        becomes("a=['日本']     # x\nb = 2         # y\n", "a = ['日本']   # x\nb = 2         # y\n");
    }

    #[test]
    fn newer_syntax_becomes_that_of_toml_1_0() {
        becomes("a = {\n b = 1,\n c = [\n2],\n}\n", "a = { b = 1, c = [\n  2,\n] }\n");
        becomes(r#"a = "\e \x41 \\e \\x41""#, "a = \"\\u001B \\u0041 \\\\e \\\\x41\"\n");
        becomes("a = '\\e'\n", "a = '\\e'\n");
        becomes(
            "a=07:32\nb = [2026-11-30T07:32Z, 2026-11-30 07:32+01:00, 2026-11-30]\n",
            "a = 07:32:00\nb = [2026-11-30T07:32:00Z, 2026-11-30 07:32:00+01:00, 2026-11-30]\n",
        );
        becomes("a = 07:32:05.5\nb = '07:32'\n", "a = 07:32:05.5\nb = '07:32'\n");
        becomes("a = { # b\n b = 1 }\n", "a = { # b\n  b = 1,\n}\n");
    }

    #[test]
    fn line_ends_and_strings_of_several_lines_stay() {
        becomes("a=1\r\nb=[\r\n2]\r\n", "a = 1\r\nb = [\r\n  2,\r\n]\r\n");
        becomes("a={\r\nb='''\n'''}\n", "a = { b = '''\n''' }\n");
        becomes("a=1\nb=2\r\n", "a = 1\r\nb = 2\r\n");
        becomes("a=\"\"\"\n  x  \n\n\n y\"\"\"# z\n", "a = \"\"\"\n  x  \n\n\n y\"\"\" # z\n");
    }

    #[test]
    fn what_is_not_toml_is_refused() {
        assert!(format(&Source::new("a.toml", "a = ")).is_err());
        assert!(format(&Source::new("a.toml", &*"[".repeat(100_000))).is_err());
    }
}
