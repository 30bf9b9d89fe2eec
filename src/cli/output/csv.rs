//! Comma-separated values (RFC 4180, except for its line endings).

use crate::diag::{printable_line, without_commands};

/// Formats a row and quotes values where necessary. A value that a spreadsheet would take for a formula gets an apostrophe
/// in front; hidden characters and workflow commands become visible.
pub(in crate::cli) fn csv_row<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let quoted = |value: &str| {
        let is_formula = value.starts_with(['=', '+', '-', '@']) && value.parse::<f64>().is_err();
        let value = format!("{}{}", if is_formula { "'" } else { "" }, printable_line(value));
        let value = without_commands(&value);
        match value.contains([',', '"']) {
            true => format!("\"{}\"", value.replace('"', "\"\"")),
            false => value.into_owned(),
        }
    };
    let values: Vec<String> = values.into_iter().map(quoted).collect();
    values.join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::csv_row;

    #[test]
    fn values_are_quoted_where_they_have_to_be() {
        assert_eq!(csv_row(["a", "b, c", "say \"d\"", ""]), "a,\"b, c\",\"say \"\"d\"\"\",\n");
    }

    #[test]
    fn values_are_text_to_spreadsheets_and_workflows() {
        let values = ["=1+1", "-x", "-10", "+1", "@a", "a\n::error::b", "::error::b ##[x]"];
        let row = "'=1+1,'-x,-10,+1,'@a,a␊::error::b,<U+003A>:error::b <U+0023>#[x]\n";
        assert_eq!(csv_row(values), row);
    }
}
