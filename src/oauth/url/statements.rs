//! Secrets in statements of SQL.

use std::ops::Range;

use super::{
    decoded_text::{BLANKS, DecodedText, is_quote},
    named_pairs::{is_name, is_value},
    secret_names::names_secret,
    values::is_constant,
};

/// Longest name of a table that is looked at.
const LONGEST_TABLE: usize = 128;

/// Operators before a list or a text, beside those with `=`.
const OPERATORS: [&[u8]; 5] = [b"in", b"like", b"regexp", b"rlike", b"<>"];

/// Verbs of statements that write rows.
const VERBS: [&[u8]; 2] = [b"INSERT", b"REPLACE"];

/// Words between such a verb and the name of a table, the last ones first.
const BEHIND_VERB: [&[u8]; 5] = [b"into", b"ignore", b"delayed", b"high_priority", b"low_priority"];

/// Longest value in that error that is looked at.
const LONGEST_ENTRY: usize = 1024;

/// Start of the error for a value that must be unique, and what stands between the value and the name.
const DUPLICATE: [&[u8]; 2] = [b"Duplicate entry ", b" for key "];

/// Values in parentheses, and the place behind them.
struct SqlRow {
    values: Vec<Range<usize>>,
    end: usize,
}

impl DecodedText<'_> {
    /// Values of columns whose names say that they are secret. Without names of columns, all texts of a row.
    pub(super) fn of_statements(&self) -> Vec<Range<usize>> {
        let (mut secrets, mut place) = (Vec::new(), 0);
        let (mut open, mut columns) = (None, None);
        while let Some(byte) = self.byte(place) {
            let here = place;
            place += 1;
            match byte {
                b'(' if self.is_compared(here) => {
                    let row = self.row(place);
                    place = row.end;
                    secrets.extend(row.values.into_iter().filter(|it| self.is_literal(it)));
                }
                b'(' => open = Some(place),
                b')' => columns = open.take().map(|open| open..here),
                b'\'' | b'"' if self.is_compared(here) => {
                    let text = self.sql_text(here);
                    place = place.max(text.end);
                    secrets.push(text);
                }
                b'\'' | b'"' => secrets.extend(self.duplicate(here)),
                b'v' | b'V' if self.is_keyword(here, b"values") || self.is_keyword(here, b"value") => {
                    place = self.rows(here, columns.take(), &mut secrets);
                }
                _ => {}
            }
        }
        secrets.retain(|it| !it.is_empty());
        secrets
    }

    /// Adds the secrets of the rows behind `VALUES` at a place. Returns the place behind them.
    fn rows(&self, keyword: usize, columns: Option<Range<usize>>, secrets: &mut Vec<Range<usize>>) -> usize {
        let end = self.skip_back(keyword, BLANKS);
        let columns = columns.filter(|columns| columns.end + 1 == end).map(|it| self.columns(it));
        let letters = self.bytes[keyword..].iter().take_while(|it| it.byte.is_ascii_alphabetic()).count();
        let mut place = keyword + letters;
        if columns.is_none() && !self.is_behind_table(end) {
            return place;
        }
        loop {
            let start = self.skip(place, BLANKS);
            let start = if self.is_keyword(start, b"row") { self.skip(start + 3, BLANKS) } else { start };
            if self.byte(start) != Some(b'(') {
                return place;
            }
            let row = self.row(start + 1);
            place = row.end;
            match &columns {
                Some(columns) => secrets.extend(self.secret_values(row.values, columns)),
                None => secrets.extend(row.values.into_iter().filter(|it| self.has_quote(it))),
            }
            let comma = self.skip(place, BLANKS);
            if self.byte(comma) != Some(b',') {
                return place;
            }
            place = comma + 1;
        }
    }

    /// Values of a row whose column, or whose name in another column, says that they are secret.
    fn secret_values(&self, values: Vec<Range<usize>>, columns: &[String]) -> Vec<Range<usize>> {
        let is_named = |column: &str| is_name(column) || column == "path";
        let mut names = values.iter().zip(columns).filter(|(_, column)| is_named(column));
        let is_pair = names.any(|(name, _)| names_secret(&self.shown(name.clone())));
        let is_secret = |column: &str| names_secret(column) || is_pair && is_value(column);
        let secrets = values.into_iter().zip(columns).filter(|(_, column)| is_secret(column));
        secrets.map(|(value, _)| value).filter(|it| !self.is_placeholder(it)).collect()
    }

    /// Names of columns.
    fn columns(&self, range: Range<usize>) -> Vec<String> {
        let bare = |name: &str| name.trim_matches(|it: char| !it.is_alphanumeric() && it != '_').to_owned();
        self.shown(range).split(',').map(bare).collect()
    }

    /// Values from a place behind `(` on, texts without their quotes.
    fn row(&self, start: usize) -> SqlRow {
        let (mut values, mut place) = (Vec::new(), start);
        loop {
            let start = self.skip(place, BLANKS);
            let (mut end, mut open) = (start, 0_usize);
            let mut texts = Vec::new();
            let sign = loop {
                match self.byte(end) {
                    Some(b'\'' | b'"') => {
                        let text = self.sql_text(end);
                        end = self.skip(text.end, b"\\");
                        texts.push(text);
                    }
                    Some(b'(') => open += 1,
                    Some(b')') if open > 0 => open -= 1,
                    sign @ (None | Some(b')')) => break sign,
                    sign @ Some(b',') if open == 0 => break sign,
                    Some(_) => {}
                }
                end += 1;
            };
            let end = end.min(self.bytes.len());
            let behind = |text: &Range<usize>| self.skip(text.end, b"\\\"' \t\r\n");
            values.push(match &texts[..] {
                [text] if self.skip(start, b"\\") + 1 == text.start && behind(text) == end => text.clone(),
                _ => start..end,
            });
            place = end + 1;
            if sign != Some(b',') {
                return SqlRow { values, end: place.min(self.bytes.len()) };
            }
        }
    }

    /// Content of the text whose quote is at a place; a quote in it is doubled or has a backslash.
    fn sql_text(&self, quote: usize) -> Range<usize> {
        let mut end = self.quote_end(quote, b"");
        while end + 1 < self.bytes.len() && self.byte(end + 1) == self.byte(quote) && end > quote + 1 {
            end = self.quote_end(end + 1, b"");
        }
        quote + 1..(end - self.backslashes(end).min(self.backslashes(quote))).max(quote + 1)
    }

    /// Returns true for a list or a text at a place that a column with the name of a secret is compared with.
    fn is_compared(&self, sign: usize) -> bool {
        let place = sign - self.backslashes(sign);
        let end = self.skip_back(place, BLANKS);
        let Some(operator) = OPERATORS.into_iter().find(|it| self.is_keyword_before(end, it)) else {
            return false;
        };
        // MySQL names places in quotes: `Unknown column 'token' in 'field list'`.
        if operator == b"in" && self.byte(sign) != Some(b'(') {
            return false;
        }
        let mut end = self.skip_back(end - operator.len(), BLANKS);
        if self.is_keyword_before(end, b"not") {
            end = self.skip_back(end - b"not".len(), BLANKS);
        }
        let end = self.name_end(end);
        names_secret(&self.shown(self.word_start(end)..end))
    }

    /// Value that must be unique, if its key names a secret: `Duplicate entry '…' for key 'TOKEN'`.
    fn duplicate(&self, quote: usize) -> Option<Range<usize>> {
        let [before, between] = DUPLICATE;
        if !self.follows(quote - self.backslashes(quote), before) {
            return None;
        }
        // MySQL does not escape a quote in the value.
        let behind = quote + 1..self.bytes.len().min(quote + LONGEST_ENTRY);
        let end = behind
            .into_iter()
            .find(|end| self.byte(*end) == self.byte(quote) && self.continues(*end + 1, between))?;
        let text = quote + 1..(end - self.backslashes(end).min(self.backslashes(quote))).max(quote + 1);
        let start = self.skip(end + 1 + between.len(), b"\\\"'`");
        let end = self.next(start, b"\"'` \t\r\n", self.bytes[quote].depth);
        names_secret(&self.shown(start..end)).then_some(text)
    }

    /// Returns true if `INSERT INTO` or `REPLACE INTO` and the name of a table end at a place. Without `INTO`, which both may
    /// lack, only capitals are not prose.
    fn is_behind_table(&self, end: usize) -> bool {
        let is_blank = |it: u8| BLANKS.contains(&it);
        let name = self.bytes[..end].iter().rev().take(LONGEST_TABLE).take_while(|it| !is_blank(it.byte));
        let start = end - name.count();
        let mut verb_end = self.skip_back(start, BLANKS);
        let has_into = self.is_keyword_before(verb_end, b"into");
        for word in BEHIND_VERB.into_iter().filter(|_| start < end) {
            if self.is_keyword_before(verb_end, word) {
                verb_end = self.skip_back(verb_end - word.len(), BLANKS);
            }
        }
        VERBS
            .into_iter()
            .any(|verb| self.is_keyword_before(verb_end, verb) && (has_into || self.follows(verb_end, verb)))
    }

    /// Returns true for a text or a number.
    fn is_literal(&self, value: &Range<usize>) -> bool {
        self.has_quote(value) || self.byte(value.start).is_some_and(|it| it.is_ascii_digit())
    }

    /// Returns true for what is in quotes.
    fn is_text(&self, value: &Range<usize>) -> bool {
        value.start.checked_sub(1).and_then(|it| self.byte(it)).is_some_and(is_quote)
    }

    /// Returns true for a text, or an expression with one.
    fn has_quote(&self, value: &Range<usize>) -> bool {
        self.is_text(value) || self.bytes[value.clone()].iter().any(|it| is_quote(it.byte))
    }

    /// Returns true for `?`, `:name`, `NULL` and the like.
    fn is_placeholder(&self, value: &Range<usize>) -> bool {
        let text = self.shown(value.clone());
        !self.is_text(value) && (text.trim() == "?" || text.starts_with(':') || is_constant(text.trim()))
    }

    /// Returns true if a word starts at a place, in either case.
    fn is_keyword(&self, place: usize, word: &[u8]) -> bool {
        let end = place + word.len();
        self.is_keyword_before(end, word) && self.byte(end).is_none_or(|it| !is_part(it))
    }

    /// Returns true if a word, or a sign, ends at a place, in either case.
    fn is_keyword_before(&self, end: usize, word: &[u8]) -> bool {
        let Some(start) = end.checked_sub(word.len()) else { return false };
        let Some(bytes) = self.bytes.get(start..end) else { return false };
        let is_it = bytes.iter().zip(word).all(|(it, byte)| it.byte.eq_ignore_ascii_case(byte));
        let is_whole = !word.first().copied().is_some_and(is_part)
            || start.checked_sub(1).and_then(|it| self.byte(it)).is_none_or(|it| !is_part(it));
        is_it && is_whole
    }
}

const fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use crate::oauth::without_secrets;

    #[test]
    fn values_of_secret_columns_are_not_shown() {
        for (text, shown) in [
            (
                "INSERT INTO `a` (`id`, `password`, `b`) VALUES (1, 'S', 'x'), (2, 'S,''S)', 'y')",
                "INSERT INTO `a` (`id`, `password`, `b`) VALUES (1, '…', 'x'), (2, '…', 'y')",
            ),
            ("insert into a(token,b)\nvalues(NOW(S), 'x')", "insert into a(token,b)\nvalues(…, 'x')"),
            (
                "INSERT INTO a (token) VALUES (?), (:token), (NULL)",
                "INSERT INTO a (token) VALUES (?), (:token), (NULL)",
            ),
            (
                "REPLACE INTO oauth_token VALUES (1, 'S', MD5('S'))",
                "REPLACE INTO oauth_token VALUES (1, '…', …)",
            ),
            ("insert ignore into\n a values (1, 'S')", "insert ignore into\n a values (1, '…')"),
            ("REPLACE oauth_token VALUES ROW(1, 'S')", "REPLACE oauth_token VALUES ROW(1, '…')"),
            (
                "INSERT INTO core_config_data (path, value) VALUES ('a/b/api_key', 'S'), ('a/b/c', 'x')",
                "INSERT INTO core_config_data (path, value) VALUES ('a/b/api_key', '…'), ('a/b/c', 'x')",
            ),
            ("WHERE token IN ('S', 'S1') AND id IN ('5')", "WHERE token IN ('…', '…') AND id IN ('5')"),
            ("WHERE `t`.`rp_token` NOT IN(\"S\", 7)", "WHERE `t`.`rp_token` NOT IN(\"…\", …)"),
            (
                "token LIKE '%S%' OR token <> 'S' OR token <=> 'S'",
                "token LIKE '…' OR token <> '…' OR token <=> '…'",
            ),
            (
                r#"{"message":"INSERT INTO a (token) VALUES (\"S\")"}"#,
                r#"{"message":"INSERT INTO a (token) VALUES (\"…\")"}"#,
            ),
            (
                "Duplicate entry 'S' for key 'OAUTH_TOKEN_TOKEN'",
                "Duplicate entry '…' for key 'OAUTH_TOKEN_TOKEN'",
            ),
            ("Duplicate entry 'it's S' for key 'TOKEN'", "Duplicate entry '…' for key 'TOKEN'"),
            ("INSERT INTO a (token) VALUES ('S", "INSERT INTO a (token) VALUES ('…"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn other_statements_and_prose_are_shown() {
        for text in [
            "SELECT * FROM a WHERE id IN ('1') AND token IN (SELECT token FROM b)",
            "the token in (the header) is wrong; its values ('a', 'b') are not",
            "Duplicate entry 'x' for key 'SKU'",
            "Unknown column 'token' in 'field list'",
            "Unknown column 'main_table.token' in 'where clause'",
            "merge into any value (\"x\") here",
            "put it into the values ('a', 'b')",
            "insert new values ('a', 'b')",
            "INSERT INTO a (id, sku) VALUES (1, 'token')",
        ] {
            assert_eq!(without_secrets(text), text);
        }
    }

    #[test]
    fn long_texts_end() {
        for odd in [
            "token in ('",
            "(token) values (",
            "(token) values ('a', ",
            "into a values ('",
            "Duplicate entry '",
            "token like \\'",
            "(",
            "values ",
            "' ",
        ] {
            let _ = without_secrets(&odd.repeat(20_000));
        }
    }
}
