//! The table of Mage-OS releases: the Magento release that each is made of.

use std::{collections::BTreeMap, fmt::Write as _};

use magespec::names::MagentoVersion;

use super::head_and_rows;

/// Mage-OS releases with their other columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MageOsReleases {
    head: String,
    rows: BTreeMap<MagentoVersion, String>,
}

impl MageOsReleases {
    /// Parses the table.
    ///
    /// # Errors
    /// Describes a row that does not start with a release.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (head, rows) = head_and_rows(text);
        let row = |row: &str| {
            let (version, rest) = row.split_once('\t').ok_or_else(|| format!("`{row}` has one column"))?;
            Ok((version.parse().map_err(|error| format!("{error}"))?, rest.to_owned()))
        };
        Ok(Self { head, rows: rows.map(row).collect::<Result<_, String>>()? })
    }

    /// Adds a release.
    pub(crate) fn add(&mut self, version: MagentoVersion, magento: MagentoVersion, framework: &str) {
        self.rows.insert(version, format!("{magento}\t{framework}"));
    }

    /// The text of the table.
    pub(super) fn text(&self) -> String {
        let mut text = self.head.clone();
        for (version, row) in &self.rows {
            let _ = writeln!(text, "{version}\t{row}");
        }
        text
    }
}
