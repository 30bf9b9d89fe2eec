//! What is different between two releases, table by table.

use std::{collections::BTreeSet, fmt::Write as _};

use magespec::names::MagentoVersion;

use crate::tables::{ReleaseList, ScannedBlock, Tables};

/// What a release has: its columns in `releases.tsv`, and its lines in each table.
pub(crate) struct Contents {
    release: Vec<String>,
    tables: Vec<(&'static str, BTreeSet<String>)>,
}

/// Columns of `releases.tsv`.
const COLUMNS: [&str; 4] = ["PHP", "magento/framework", "ACL known", "basis"];

impl Contents {
    pub(crate) fn of(tables: &Tables, release: MagentoVersion) -> Self {
        let lines = |blocks: Vec<ScannedBlock>| blocks.iter().flat_map(lines).collect();
        Self {
            release: (0..COLUMNS.len()).map(|at| column(&tables.list, release, at)).collect(),
            tables: tables
                .sheets
                .iter()
                .map(|sheet| (sheet.layout.subject, lines(sheet.of(release))))
                .collect(),
        }
    }
}

fn column(list: &ReleaseList, release: MagentoVersion, at: usize) -> String {
    list.column(release, at).unwrap_or_default()
}

/// Lines of a block, those below with its id.
fn lines(block: &ScannedBlock) -> Vec<String> {
    let id = block.id.0.join(" ");
    let heads = block.heads.iter().map(|columns| columns.0.join("  "));
    let below = block.below.iter().map(|columns| format!("{id}  {}", columns.0.join("  ")));
    heads.chain(below).map(|line| line.trim_end().to_owned()).collect()
}

/// Differences between two releases.
pub(crate) fn changes(old: &Contents, new: &Contents) -> String {
    let mut text = String::new();
    for ((name, old), new) in COLUMNS.iter().zip(&old.release).zip(&new.release) {
        if old != new {
            let _ = writeln!(text, "  {name}: {old} -> {new}");
        }
    }
    let mut same = Vec::new();
    for ((subject, old), (_, new)) in old.tables.iter().zip(&new.tables) {
        let (gone, added) = (old.difference(new).count(), new.difference(old).count());
        if gone + added == 0 {
            same.push(*subject);
            continue;
        }
        let _ = writeln!(text, "  {subject}: {added} added, {gone} removed");
        for line in old.symmetric_difference(new) {
            let _ = writeln!(text, "    {} {line}", if new.contains(line) { '+' } else { '-' });
        }
    }
    if !same.is_empty() {
        let _ = writeln!(text, "  unchanged: {}", same.join(", "));
    }
    text
}
