//! The tables of `src/catalog/data`, read from disk and written in their one form: unchanged tables give the same bytes.

mod layout;
mod line;
mod mage_os;
mod observers;
mod releases;
mod runs;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use magespec::{
    diag::{Failure, io_reason},
    names::MagentoVersion,
};

pub(crate) use self::{
    layout::{Blocks, Layout, TABLES},
    line::Columns,
    mage_os::MageOsReleases,
    observers::{Observer, Observers},
    releases::{ReleaseList, Releases},
    runs::Runs,
    sheet::{Block, ScannedBlock, Sheet},
};

/// All tables that name releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tables {
    pub(crate) list: ReleaseList,
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) observers: Observers,
    pub(crate) mage_os: MageOsReleases,
    runs: Runs,
}

/// What one release has, by table.
pub(crate) type Contents = BTreeMap<&'static str, Vec<ScannedBlock>>;

impl Tables {
    /// Reads the tables of a folder.
    ///
    /// # Errors
    /// Fails if a table cannot be read, or refers to a release that there is not.
    pub(crate) fn read(folder: &Utf8Path) -> Result<Self, Failure> {
        let text = |name: &str| read(&file(folder, name));
        let told = |name: &str, error: String| Failure::new(format!("{}: {error}", file(folder, name)));
        let list = ReleaseList::parse(&text("releases")?).map_err(|error| told("releases", error))?;
        let runs = Runs::parse(&text("runs")?, &list).map_err(|error| told("runs", error))?;
        let sheet = |layout: &'static Layout| {
            let sheet = Sheet::parse(layout, &text(layout.name)?, &list, &runs);
            sheet.map_err(|error| told(layout.name, error))
        };
        let sheets = TABLES.iter().map(sheet).collect::<Result<_, _>>()?;
        let observers = Observers::parse(&text("observers")?).map_err(|error| told("observers", error))?;
        let mage_os = MageOsReleases::parse(&text("mage_os")?).map_err(|error| told("mage_os", error))?;
        Ok(Self { list, sheets, observers, mage_os, runs })
    }

    /// Text of each table by its file name.
    pub(crate) fn texts(&self) -> BTreeMap<String, String> {
        let sets = self.sheets.iter().flat_map(|sheet| sheet.sets(&self.list));
        let runs = self.runs.numbering(sets.collect::<BTreeSet<_>>());
        let sheets = self.sheets.iter().map(|sheet| (sheet.layout.name, sheet.text(&self.list, &runs)));
        let others = [
            ("releases", self.list.text()),
            ("runs", runs.text(&self.list)),
            ("observers", self.observers.text()),
            ("mage_os", self.mage_os.text()),
        ];
        sheets.chain(others).map(|(name, text)| (format!("{name}.tsv"), text)).collect()
    }

    /// Table with a name.
    pub(crate) fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.layout.name == name)
    }

    /// Removes a release; false if there is none.
    pub(crate) fn remove(&mut self, release: MagentoVersion) -> bool {
        let is_there = self.list.rows.remove(&release).is_some();
        self.sheets.iter_mut().for_each(|sheet| sheet.remove(release));
        self.observers.remove(release);
        is_there
    }

    /// Adds a release with its row in `releases.tsv`, and what it has.
    pub(crate) fn add(&mut self, release: MagentoVersion, row: String, mut contents: Contents) {
        self.list.rows.insert(release, row);
        for sheet in &mut self.sheets {
            sheet.add(release, contents.remove(sheet.layout.name).unwrap_or_default());
        }
    }
}

/// Table of a name in a folder.
pub(crate) fn file(folder: &Utf8Path, name: &str) -> Utf8PathBuf {
    folder.join(format!("{name}.tsv"))
}

/// Reads a text file.
///
/// # Errors
/// Names the file, and why it cannot be read.
pub(crate) fn read(file: &Utf8Path) -> Result<String, Failure> {
    std::fs::read_to_string(file)
        .map_err(|error| Failure::new(format!("cannot read {file}: {}", io_reason(&error))))
}

/// Writes a file as a whole: beside it first, then in its place.
///
/// # Errors
/// Names the file, and why it cannot be written.
pub(crate) fn write(file: &Utf8Path, text: &str) -> Result<(), Failure> {
    let new = file.with_extension("tsv.new");
    let written = std::fs::write(&new, text).and_then(|()| std::fs::rename(&new, file));
    written.map_err(|error| Failure::new(format!("cannot write {file}: {}", io_reason(&error))))
}

/// The comment at the start of a table, and its rows.
fn head_and_rows(text: &str) -> (String, impl Iterator<Item = &str>) {
    let is_comment = |line: &&str| line.starts_with('#');
    let head = text.split_inclusive('\n').take_while(is_comment).collect();
    (head, text.lines().skip_while(is_comment))
}
