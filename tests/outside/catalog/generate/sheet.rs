//! Tables that name sets of releases by number, and the table of those numbers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

use magespec::names::MagentoVersion;

use crate::catalog::tables::{self, Row};

pub(crate) type Releases = BTreeSet<MagentoVersion>;

/// The releases in version order, and of which of them the CSV files know what they ship.
pub(crate) struct History {
    pub(crate) order: Vec<MagentoVersion>,
    pub(crate) known: Releases,
}

impl History {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { order: tables::releases(folder).into_iter().collect(), known: tables::known(folder) }
    }

    /// The same for the routes, which more releases are known by.
    pub(crate) fn of_routes(folder: &Path) -> Self {
        let known = tables::acl(folder).into_keys().collect();
        Self { order: tables::releases(folder).into_iter().collect(), known }
    }

    /// The releases of a row, with those for which they stand in.
    pub(crate) fn of(&self, row: &Row) -> Releases {
        self.filled(tables::releases_in(&row["releases"], &self.known))
    }

    /// The releases, with those for which they stand in.
    pub(crate) fn filled(&self, mut releases: Releases) -> Releases {
        for (gap, before) in super::gaps(&self.known, &self.order) {
            if releases.contains(&before) {
                releases.insert(gap);
            }
        }
        releases
    }

    /// The releases of each state of rows: of those that are the same in what `state` takes of them.
    pub(crate) fn states<S: Ord>(&self, rows: &[Row], state: impl Fn(&Row) -> S) -> BTreeMap<S, Releases> {
        let mut states: BTreeMap<S, Releases> = BTreeMap::new();
        for row in rows {
            states.entry(state(row)).or_default().extend(self.of(row));
        }
        states
    }
}

/// One table: its lines with the releases of each, if it has any.
pub(crate) struct Sheet {
    name: &'static str,
    head: &'static str,
    lines: Vec<Line>,
}

struct Line {
    text: String,
    releases: Releases,
    /// The releases of the line it hangs under; all for one that hangs under none.
    above: Releases,
}

impl Sheet {
    pub(crate) fn new(name: &'static str, head: &'static str) -> Self {
        Self { name, head, lines: Vec::new() }
    }

    /// A line that releases stand in no column of: they are those of the lines below it.
    pub(crate) fn heading(&mut self, text: &str) {
        let none = Releases::new();
        self.lines.push(Line { text: text.to_owned(), releases: none.clone(), above: none });
    }

    pub(crate) fn line<const N: usize>(
        &mut self,
        columns: [&str; N],
        releases: &Releases,
        history: &History,
    ) {
        let above = history.order.iter().copied().collect();
        self.push(&columns.join("\t"), releases, &above);
    }

    /// A line below another, which holds in `above`.
    pub(crate) fn below<const N: usize>(
        &mut self,
        columns: [&str; N],
        releases: &Releases,
        above: &Releases,
    ) {
        self.push(&format!("\t{}", columns.join("\t")), releases, above);
    }

    fn push(&mut self, text: &str, releases: &Releases, above: &Releases) {
        assert!(!releases.is_empty(), "{text}");
        self.lines.push(Line { text: text.to_owned(), releases: releases.clone(), above: above.clone() });
    }
}

/// The text of each table, and of `runs`, in which the others' numbers stand.
pub(crate) fn render(sheets: &[Sheet], history: &History) -> Vec<(&'static str, String)> {
    let lines = sheets.iter().flat_map(|sheet| &sheet.lines);
    let sets: BTreeSet<&Releases> =
        lines.filter(|line| line.releases != line.above).map(|line| &line.releases).collect();
    let numbers: BTreeMap<&Releases, usize> = sets.into_iter().zip(1..).collect();
    let mut runs = "# number\treleases\n".to_owned();
    for (set, number) in &numbers {
        writeln!(runs, "{number}\t{}", super::runs(set, &history.order)).unwrap();
    }
    let mut tables = vec![("runs", runs)];
    for sheet in sheets {
        let mut table = format!("# {}\n", sheet.head);
        for line in &sheet.lines {
            let number = numbers.get(&line.releases).filter(|_| line.releases != line.above);
            let line = format!("{}\t{}", line.text, number.map(usize::to_string).unwrap_or_default());
            writeln!(table, "{}", line.trim_end_matches('\t')).unwrap();
        }
        tables.push((sheet.name, table));
    }
    tables
}

/// Names as the tables have them: `\Sales\Model\Order` and `\Sales` are a class and a module of Magento's own.
pub(crate) fn short(names: &str) -> String {
    names.replace("Magento\\", "\\").replace("Magento_", "\\")
}

/// The same of types below a class: `~OrderItemInterface` is in its namespace, `~.` is its extension attributes, and
/// `int?` is `int|null`.
pub(crate) fn short_of(class: &str, types: &str) -> String {
    let types = match class.strip_suffix("Interface") {
        Some(name) => types.replace(&format!("{name}ExtensionInterface"), "~."),
        None => types.to_owned(),
    };
    let (namespace, _) = class.rsplit_once('\\').unwrap();
    short(&types.replace(&format!("{namespace}\\"), "~")).replace("|null", "?")
}
