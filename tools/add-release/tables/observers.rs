//! The table of observers: one release of each line was read, and rows name the lines by their second number.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use magespec::names::MagentoVersion;

use super::head_and_rows;

/// Sign before the row with the releases that were read.
const READ: &str = "@read";

/// Observer: event in lower case, name, module as the tables have it, letter of the area.
pub(crate) type Observer = [String; 4];

/// Observers with the second numbers of the lines that have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Observers {
    head: String,
    read: BTreeSet<MagentoVersion>,
    rows: BTreeMap<Observer, BTreeSet<u32>>,
}

impl Observers {
    /// Parses the table.
    ///
    /// # Errors
    /// Describes a release that is none.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (head, rows) = head_and_rows(text);
        let mut observers = Self { head, read: BTreeSet::new(), rows: BTreeMap::new() };
        let mut event = "";
        for row in rows {
            let mut columns = row.split('\t');
            match row.strip_prefix('\t') {
                None if columns.next() == Some(READ) => {
                    for version in columns {
                        observers.read.insert(version.parse().map_err(|error| format!("{error}"))?);
                    }
                }
                None => event = row,
                Some(below) => {
                    let mut columns = below.split('\t').map(str::to_owned);
                    let [name, module, area, lines] = [(); 4].map(|()| columns.next().unwrap_or_default());
                    let digits = lines.chars().filter_map(|digit| digit.to_digit(10)).collect();
                    let lines = if lines.is_empty() { observers.lines() } else { digits };
                    observers.rows.insert([event.to_owned(), name, module, area], lines);
                }
            }
        }
        Ok(observers)
    }

    /// Second numbers of the releases that were read.
    fn lines(&self) -> BTreeSet<u32> {
        self.read.iter().map(|read| read.minor).collect()
    }

    /// Release of the same line that was read.
    pub(crate) fn read_of(&self, release: MagentoVersion) -> Option<MagentoVersion> {
        self.read.iter().copied().find(|read| read.minor == release.minor)
    }

    /// Puts the observers of a release in the place of those of its line. A newer release that was read stays.
    pub(crate) fn add(&mut self, release: MagentoVersion, observers: BTreeSet<Observer>) -> bool {
        let read = self.read_of(release);
        if read.is_some_and(|read| read > release) {
            return false;
        }
        read.into_iter().for_each(|read| self.remove(read));
        self.read.insert(release);
        for observer in observers {
            self.rows.entry(observer).or_default().insert(release.minor);
        }
        true
    }

    /// Removes what was read in a release.
    pub(crate) fn remove(&mut self, release: MagentoVersion) {
        if self.read.remove(&release) {
            self.rows.values_mut().for_each(|lines| _ = lines.remove(&release.minor));
            self.rows.retain(|_, lines| !lines.is_empty());
        }
    }

    /// The text of the table.
    pub(super) fn text(&self) -> String {
        let mut text = self.head.clone();
        let read: Vec<String> = self.read.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "{READ}\t{}", read.join("\t"));
        let mut above = "";
        for ([event, name, module, area], lines) in &self.rows {
            if event != above {
                let _ = writeln!(text, "{event}");
                above = event;
            }
            let digits: String = lines.iter().map(ToString::to_string).collect();
            let lines = if *lines == self.lines() { "" } else { &digits };
            let row = format!("\t{name}\t{module}\t{area}\t{lines}");
            let _ = writeln!(text, "{}", row.trim_end_matches('\t'));
        }
        text
    }
}
