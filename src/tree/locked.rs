//! Entries of the lock file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{File, Ownership, TreePath, line_ends::with_lf, lines::LineHashes, sha256};

/// A file as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// SHA-256 of its contents, in hexadecimal.
    pub sha256: String,
    /// Owner of the file.
    pub kind: Ownership,
    /// Hash of what the spec said when an existing file with its own layout was adopted.
    #[serde(default)]
    pub(super) adopted: Option<String>,
    /// Hashes of the lines of a managed file.
    #[serde(default)]
    pub(super) lines: Option<LineHashes>,
}

impl Locked {
    pub(super) fn of(file: &File) -> Self {
        let is_merged_later = file.ownership != Ownership::Seeded;
        // A file that goes on from that on disk has its line ends, which are those of the system.
        let contents = with_lf(&file.contents);
        Self {
            sha256: sha256(&contents),
            kind: file.ownership,
            adopted: None,
            lines: is_merged_later.then(|| LineHashes::of(&contents)),
        }
    }
}

/// Reads entries in the form in which magespec writes them, line by line: a parser of TOML takes ten times as long. `None`
/// for any other text, which may still be TOML.
pub(super) fn entries(text: &str) -> Option<BTreeMap<TreePath, Locked>> {
    let mut files = BTreeMap::new();
    for line in text.split_terminator('\n') {
        let (path, locked) = entry(line)?;
        if files.insert(path, locked).is_some() {
            return None;
        }
    }
    Some(files)
}

fn entry(line: &str) -> Option<(TreePath, Locked)> {
    // Looking at every byte is faster than stopping at the first other one.
    if !line.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~') & (byte != b'\\')) {
        return None;
    }
    let mut start = 0;
    let ends = memchr::memchr_iter(b'"', line.as_bytes()).chain([line.len()]);
    let parts: Vec<&str> = ends.map(|end| &line[std::mem::replace(&mut start, end + 1)..end]).collect();
    let ["", path, " = { sha256 = ", sha256, ", kind = ", kind, further @ .., " }"] = parts.as_slice() else {
        return None;
    };
    let (adopted, lines) = match further {
        [] => (None, None),
        [", lines = ", lines] => (None, Some(lines)),
        [", adopted = ", adopted] => (Some(adopted), None),
        [", adopted = ", adopted, ", lines = ", lines] => (Some(adopted), Some(lines)),
        _ => return None,
    };
    let locked = Locked {
        sha256: (*sha256).to_owned(),
        kind: Ownership::ALL.into_iter().find(|it| it.as_str() == *kind)?,
        adopted: adopted.map(|hash| (*hash).to_owned()),
        lines: lines.map(|lines| LineHashes::from_text(lines)),
    };
    Some((TreePath::new(*path).ok()?, locked))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENTRIES: &str = "\"a.xml\" = { sha256 = \"0a\", kind = \"managed\", lines = \"abcd\" }\n\
        \"b/c.php\" = { sha256 = \"0b\", kind = \"seeded\" }\n\
        \"d.json\" = { sha256 = \"0c\", kind = \"shared\", adopted = \"0d\", lines = \"\" }\n";

    #[test]
    fn entries_are_read_without_a_parser_of_toml() {
        let read = entries(ENTRIES);
        assert_eq!(read.as_ref().map(BTreeMap::len), Some(3));
        assert_eq!(read, toml::from_str(ENTRIES).ok());
        assert_eq!(entries(&ENTRIES.repeat(2)), None);
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_toml_says(
            at in 0..ENTRIES.len(),
            count in 0usize..9,
            piece in "[\"{}=, a\\\\#\n\r\t\u{7f}ü]{0,3}|kind|\\.\\./",
        ) {
            let after = (at + count).min(ENTRIES.len());
            let text = format!("{}{piece}{}", &ENTRIES[..at], &ENTRIES[after..]);
            let read = entries(&text);
            prop_assert!(read.is_none() || read == toml::from_str(&text).ok(), "{text}\n{read:?}");
        }
    }
}
