//! Entries added to a list of an integration, by insertions into the text alone.

use crate::spec::{Pointer, Spans, line_end, pointer};

/// Indentation of entries in a new list.
const INDENT: &str = "  ";

/// Adds lines to the `calls` of an integration, each an entry with its comma or a comment. Nothing that is there
/// changes; line ends are those of the text.
#[must_use]
pub fn add_calls(text: &str, spans: &Spans, integration: usize, lines: &[String]) -> String {
    let insertions = insertions(text, spans, &pointer!["integration", integration], "calls", lines);
    let mut edited =
        String::with_capacity(text.len() + lines.iter().map(|line| line.len() + 8).sum::<usize>());
    let mut done = 0;
    for (at, inserted) in insertions {
        edited += &text[done..at];
        edited += &inserted;
        done = at;
    }
    edited + &text[done..]
}

/// Insertions, in order, that add lines to a list of a table: each an entry with its comma, or a comment. Nothing that is
/// there changes; line ends are those of the text.
#[must_use]
pub(crate) fn insertions(
    text: &str,
    spans: &Spans,
    table: &Pointer,
    key: &str,
    lines: &[String],
) -> Vec<(usize, String)> {
    let edit = ListEdit { text, spans, key, lines, line_end: line_end(text) };
    let list = table.key(key);
    let last = (0..).map(|at| list.key(at)).take_while(|entry| spans.value(entry).is_some()).last();
    let has_header =
        |entry: &Pointer| spans.value(entry).is_some_and(|span| text[span.start..].starts_with('['));
    match spans.value(&list) {
        Some(_) if last.as_ref().is_some_and(has_header) => edit.tables(last.as_ref()),
        Some(span) => edit.in_list(&list, span.start, span.end - 1),
        None => edit.new_list(table),
    }
}

struct ListEdit<'a> {
    text: &'a str,
    spans: &'a Spans,
    key: &'a str,
    lines: &'a [String],
    line_end: &'static str,
}

impl ListEdit<'_> {
    /// Insertions into a list whose brackets are at `open` and `close`, in order.
    fn in_list(&self, list: &Pointer, open: usize, close: usize) -> Vec<(usize, String)> {
        let items = (0..).map_while(|at| self.spans.value(&list.key(at)));
        let (first, last) =
            items.fold((None, None), |(first, _), item| (first.or(Some(item.start)), Some(item.end)));
        let is_multiline = self.text[open..close].contains('\n');
        let outer = self.indent_at(open);
        let indent = match last.filter(|_| is_multiline) {
            Some(last) if self.line_start(last) > open => self.indent_at(last).to_owned(),
            _ => format!("{outer}{INDENT}"),
        };
        let end = last.unwrap_or(open + 1);
        let comma = (last.is_some() && !has_comma(&self.text[end..close])).then(|| (end, ",".to_owned()));
        let line_start = self.line_start(close);
        let is_alone = line_start > open && self.text[line_start..close].trim().is_empty();
        if is_alone {
            let new = self.block(&indent);
            return comma.into_iter().chain([(line_start, new)]).collect();
        }
        let opening = first.filter(|_| !is_multiline).map(|first| {
            let there = first - open - 1;
            (open + 1, format!("{}{}", self.line_end, indent.get(there..).unwrap_or_default()))
        });
        let place = open + self.text[open..close].trim_end().len();
        let new = format!("{}{}{outer}", self.line_end, self.block(&indent));
        let closing = match comma {
            Some((at, comma)) if at == place => vec![(place, comma + &new)],
            comma => comma.into_iter().chain([(place, new)]).collect(),
        };
        opening.into_iter().chain(closing).collect()
    }

    /// Insertion of a list behind the other keys of the integration.
    fn new_list(&self, table: &Pointer) -> Vec<(usize, String)> {
        let Some(last) = self.spans.end_of_members(table) else { return Vec::new() };
        let outer = self.indent_at(last);
        let entries = self.block(&format!("{outer}{INDENT}"));
        let new = format!("{} = [{}{entries}{outer}]", self.key, self.line_end);
        let is_inline = self.spans.value(table).is_some_and(|span| self.text[span.start..].starts_with('{'));
        if is_inline {
            return vec![(last, format!(", {new}"))];
        }
        let place = self.end_of_block(last);
        let is_ended = self.text[..place].ends_with('\n');
        let break_before = if is_ended { "" } else { self.line_end };
        vec![(place, format!("{break_before}{outer}{new}{}", self.line_end))]
    }

    /// Insertion of tables behind the last one.
    fn tables(&self, last: Option<&Pointer>) -> Vec<(usize, String)> {
        let header = last.and_then(|last| self.spans.value(last));
        let Some((last, header)) = last.zip(header) else { return Vec::new() };
        let (indent, line_end) = (self.indent_at(header.start), self.line_end);
        let place = self.end_of_block(self.spans.end_of_members(last).unwrap_or(header.end));
        let break_before = if self.text[..place].ends_with('\n') { "" } else { line_end };
        let tables = self.lines.iter().map(|line| match line.split_once(',').filter(|_| line.starts_with('"')) {
            Some((call, comment)) => {
                format!("{line_end}{indent}[[integration.calls]]{line_end}{indent}route = {call}{comment}{line_end}")
            }
            None => format!("{line_end}{indent}{line}{line_end}"),
        });
        vec![(place, format!("{break_before}{}", tables.collect::<String>()))]
    }

    fn block(&self, indent: &str) -> String {
        self.lines.iter().map(|line| format!("{indent}{line}{}", self.line_end)).collect()
    }

    /// End of the line at a place, and of the comments below it, unless they belong to the next table.
    fn end_of_block(&self, at: usize) -> usize {
        let line_end = |at: usize| self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1);
        let own = line_end(at);
        let mut end = own;
        loop {
            let next = line_end(end);
            match self.text[end..next].trim() {
                "" => return end,
                line if line.starts_with('#') => end = next,
                _ => return own,
            }
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// White space at the start of the line.
    fn indent_at(&self, at: usize) -> &str {
        let line = &self.text[self.line_start(at)..at];
        &line[..line.len() - line.trim_start().len()]
    }
}

/// Returns true if there is a comma outside of comments.
fn has_comma(text: &str) -> bool {
    text.lines().any(|line| line.split('#').next().unwrap_or_default().contains(','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::{Rule, Source},
        spec::{Document, load},
    };

    fn added(text: &str) -> String {
        let document = Document::parse(&Source::new("a.toml", text)).unwrap();
        let lines = ["\"GET /V1/b\", # 2 requests".to_owned(), "# \"GET /V1/c\", # refused".to_owned()];
        let added = add_calls(text, &document.spans, 0, &lines);
        let is_toml =
            load(&Source::new("a.toml", &*added)).findings.iter().all(|it| it.rule != Rule::TomlSyntax);
        assert!(is_toml, "{added}");
        added
    }

    #[test]
    fn entries_are_added_to_the_list() {
        let new = "  \"GET /V1/b\", # 2 requests\n  # \"GET /V1/c\", # refused\n";
        let lines =
            "[[integration]]\ncalls = [ # why\n  \"GET /V1/a\", # a, b\n  # the end\n] # so\nname = \"x\"\n";
        assert_eq!(added(lines), lines.replace("] # so", &format!("{new}] # so")));
        let no_comma = "[[integration]]\ncalls = [\n  \"GET /V1/a\" # a, b\n]\n";
        let with_comma = no_comma.replace("a\" #", "a\", #");
        assert_eq!(added(no_comma), with_comma.replace("\n]", &format!("\n{new}]")));
        let one = "[[integration]]\ncalls = [\"GET /V1/a\", \"GET /V1/d\"] # x\n";
        let lead = "[[integration]]\ncalls = [\n  \"GET /V1/a\", \"GET /V1/d\",\n";
        assert_eq!(added(one), format!("{lead}{new}] # x\n"));
        assert_eq!(added("[[integration]]\ncalls = []\n"), format!("[[integration]]\ncalls = [\n{new}]\n"));
        assert_eq!(
            added("[[integration]]\ncalls = [\n  # none\n]\n"),
            format!("[[integration]]\ncalls = [\n  # none\n{new}]\n")
        );
        assert_eq!(
            added("[[integration]]\n\tcalls = [\n\t\t\"GET /V1/a\"]\n"),
            format!(
                "[[integration]]\n\tcalls = [\n\t\t\"GET /V1/a\",\n{}\t]\n",
                new.replace("  \"", "\t\t\"").replace("  # \"", "\t\t# \"")
            )
        );
        let inline = "integration = [{ name = \"x\", calls = [ \"GET /V1/a\" ] }]\n";
        assert_eq!(
            added(inline),
            format!("integration = [{{ name = \"x\", calls = [\n  \"GET /V1/a\",\n{new} ] }}]\n")
        );
    }

    #[test]
    fn tables_are_added_behind_the_last() {
        let new =
            "\n[[integration.calls]]\nroute = \"GET /V1/b\" # 2 requests\n\n# \"GET /V1/c\", # refused\n";
        let two = "[[integration]]\n[[integration.calls]]\nroute = \"GET /V1/a\"\n\n[[integration.calls]]\nroute = \"GET /V1/d\"";
        assert_eq!(added(two), format!("{two}\n{new}"));
        let behind = "\n# of the next\n[[acl]]\nid = \"a\"\n";
        assert_eq!(added(&format!("{two}\n{behind}")), format!("{two}\n{new}{behind}"));
    }

    #[test]
    fn a_list_is_added_behind_the_other_keys() {
        let new = "calls = [\n  \"GET /V1/b\", # 2 requests\n  # \"GET /V1/c\", # refused\n]";
        for (before, after) in [
            ("[[integration]]\nname = \"x\" # y\n# z = 1\n", "\n[[integration]]\nname = \"z\"\n"),
            ("[[integration]]\nname = \"x\"\n", "# of the next\n[[acl]]\nid = \"a\"\n"),
            ("[[integration]]\nname = \"x\"\nresources = [\n  \"a\",\n]\n", ""),
            ("[[integration]]\nname = \"\"\"\nx\"\"\"\n", "\n"),
        ] {
            assert_eq!(added(&format!("{before}{after}")), format!("{before}{new}\n{after}"));
        }
        assert_eq!(added("[[integration]]\nname = \"x\""), format!("[[integration]]\nname = \"x\"\n{new}\n"));
        assert_eq!(
            added("integration = [{ name = \"x\" }]\n"),
            format!("integration = [{{ name = \"x\", {new} }}]\n")
        );
    }

    #[test]
    fn line_ends_are_those_of_the_text() {
        let text = "[[integration]]\r\nname = \"x\"\r\n";
        let added = added(text);
        assert_eq!(added.matches('\n').count(), added.matches("\r\n").count(), "{added:?}");
        assert!(added.starts_with(text));
    }
}
