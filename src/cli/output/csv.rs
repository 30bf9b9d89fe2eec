//! Comma-separated values (RFC 4180, except for its line endings).

/// Formats a row and quotes values where necessary.
pub(in crate::cli) fn csv_row<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let quoted = |value: &str| {
        if value.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", value.replace('"', "\"\""))
        } else {
            value.to_owned()
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
}
