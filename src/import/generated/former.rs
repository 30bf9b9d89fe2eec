//! `renamed_from` of resources, settings and jobs, which a plugin and a setup script list.

use std::ops::Range;

use serde_json::json;

use crate::{
    import::outline::Outline,
    spec::{Renamable, RenamedKind},
};

/// Files with the lists.
pub(super) const FILES: [&str; 2] = ["Setup/Recurring.php", "Plugin/RenameResources.php"];

/// Adds the former names that a file lists to the entries of an outline.
pub(super) fn add(outline: &mut Outline, all: &[Renamable], php: &str, at: &Range<usize>) {
    let listed: Vec<(RenamedKind, String, String)> = php.lines().filter_map(listed).collect();
    for entry in all {
        let is_it = |(kind, _, present): &&(RenamedKind, String, String)| {
            *kind == entry.kind && *present == entry.present
        };
        let former: Vec<&String> = listed.iter().filter(is_it).map(|(_, former, _)| former).collect();
        let value = match former.as_slice() {
            [] => continue,
            [only] => json!(only),
            several => json!(several),
        };
        outline.put(&entry.route.key("renamed_from"), None, at.clone(), value);
    }
}

/// Former and present name in a line of a list.
fn listed(line: &str) -> Option<(RenamedKind, String, String)> {
    let mut texts = literals(line.trim_start());
    if line.trim_start().starts_with("['former' => ") {
        let (former, key, present) = (texts.nth(1)?, texts.next()?, texts.next()?);
        let kind = if key == "path" { RenamedKind::Setting } else { RenamedKind::Job };
        return Some((kind, former, present));
    }
    let (former, present) = (texts.next()?, texts.next()?);
    (former.contains("::") && line.contains("' => '")).then_some((RenamedKind::Resource, former, present))
}

/// Values of the single-quoted PHP literals in a line.
fn literals(line: &str) -> impl Iterator<Item = String> {
    let mut rest = line.chars();
    std::iter::from_fn(move || {
        rest.find(|c| *c == '\'')?;
        let mut text = String::new();
        loop {
            match rest.next()? {
                '\'' => return Some(text),
                '\\' => match rest.next()? {
                    escaped @ ('\\' | '\'') => text.push(escaped),
                    other => text.extend(['\\', other]),
                },
                other => text.push(other),
            }
        }
    })
}
