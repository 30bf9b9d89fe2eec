//! Edits to a spec's text that preserve everything else as written.

mod calls;

use toml_edit::{Array, DocumentMut, Item, RawString, Table, TableLike, TomlError, Value, value};

pub use calls::add_calls;
pub(crate) use calls::insertions;

use crate::spec::{line_end, with_line_end};

/// Adds files to `[files] unmanaged`. Comments, order and white space are preserved.
///
/// # Errors
/// Returns an error if the text is not TOML, or if `files` or `unmanaged` has another type.
pub fn hand_over<'a>(text: &str, files: impl IntoIterator<Item = &'a str>) -> Result<String, EditError> {
    let mut document: DocumentMut = text.parse()?;
    let table = document.entry("files").or_insert_with(|| Item::Table(Table::new()));
    let table: &mut dyn TableLike = table.as_table_like_mut().ok_or(EditError::Shape)?;
    let list = table.entry("unmanaged").or_insert_with(|| value(Array::new()));
    let list = list.as_array_mut().ok_or(EditError::Shape)?;
    for file in files {
        if !list.iter().any(|listed| listed.as_str() == Some(file)) {
            push(list, file);
        }
    }
    let edited = document.to_string();
    Ok(with_line_end(&edited, line_end(text)))
}

/// Adds an entry to a list: on its own line if the last entry has one, and after any comments before the end.
fn push(list: &mut Array, text: &str) {
    let raw = |raw: Option<&RawString>| raw.and_then(RawString::as_str).unwrap_or_default().to_owned();
    let closing = raw(Some(list.trailing()));
    let Some(last) = list.iter_mut().last() else { return list.push(text) };
    let (before, behind) = (raw(last.decor().prefix()), raw(last.decor().suffix()) + &closing);
    let (Some((_, indent)), Some((between, closing))) = (before.rsplit_once('\n'), behind.rsplit_once('\n'))
    else {
        return list.push(text);
    };
    last.decor_mut().set_suffix("");
    let mut pushed = Value::from(text);
    pushed.decor_mut().set_prefix(format!("{between}\n{indent}"));
    list.push_formatted(pushed);
    list.set_trailing(format!("\n{closing}"));
    list.set_trailing_comma(true);
}

/// Reason why a spec cannot be edited.
#[derive(Debug)]
pub enum EditError {
    /// The text is not TOML.
    Syntax(TomlError),
    /// `files` or `unmanaged` has a type that the spec format does not allow.
    Shape,
}

impl From<TomlError> for EditError {
    fn from(error: TomlError) -> Self {
        Self::Syntax(error)
    }
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Syntax(error) => write!(f, "{}", error.message()),
            Self::Shape => f.write_str("`[files] unmanaged` is not a list"),
        }
    }
}

impl std::error::Error for EditError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str) -> String {
        hand_over(text, ["etc/acl.xml"]).unwrap()
    }

    #[test]
    fn the_rest_stays_as_it_was_written() {
        let text = "# why\n[module] # here\nname   = 'A_Bc'\n\n[[integration]]\nname = \"x\" # last\n";
        assert_eq!(edited(text), format!("{text}\n[files]\nunmanaged = [\"etc/acl.xml\"]\n"));
    }

    #[test]
    fn a_list_that_is_there_is_continued() {
        let one_line = "[files]\nunmanaged = [\"README.md\"] # mine\n[rules]\n";
        assert_eq!(
            edited(one_line),
            "[files]\nunmanaged = [\"README.md\", \"etc/acl.xml\"] # mine\n[rules]\n"
        );
        let own_lines = "[files]\nunmanaged = [\n  \"README.md\", # mine\n]\n";
        assert_eq!(
            edited(own_lines),
            "[files]\nunmanaged = [\n  \"README.md\", # mine\n  \"etc/acl.xml\",\n]\n"
        );
        let no_comma = "[files]\nunmanaged = [\n  \"README.md\" # mine\n]\n";
        assert_eq!(edited(no_comma), edited(own_lines));
        assert_eq!(edited("files.unmanaged = []\n"), "files.unmanaged = [\"etc/acl.xml\"]\n");
        assert_eq!(edited("files = { unmanaged = [] }\n"), "files = { unmanaged = [\"etc/acl.xml\"] }\n");
    }

    #[test]
    fn what_is_listed_is_not_listed_twice() {
        let text = edited("");
        assert_eq!(edited(&text), text);
    }

    #[test]
    fn line_ends_stay() {
        assert_eq!(edited("a = 1\r\n"), "a = 1\r\n\r\n[files]\r\nunmanaged = [\"etc/acl.xml\"]\r\n");
    }

    #[test]
    fn anything_but_a_list_is_rejected() {
        assert!(hand_over("files = 1", ["a"]).is_err());
        assert!(hand_over("[files]\nunmanaged = 1", ["a"]).is_err());
        assert!(hand_over("[files", ["a"]).is_err());
    }
}
