//! One table: blocks of lines, each with its columns and its releases.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use magespec::names::MagentoVersion;

use super::{Blocks, Columns, Layout, ReleaseList, Releases, Runs, head_and_rows, layout::UNDECLARED};

/// Lines with their releases.
pub(crate) type Lines = BTreeMap<Columns, Releases>;

/// Table with the releases of each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) layout: &'static Layout,
    head: String,
    pub(crate) blocks: Vec<Block>,
}

/// Lines that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// What it is found by: its heading, or the columns that its first lines share.
    pub(crate) id: Columns,
    /// Its lines without a tab; none below a heading.
    pub(crate) heads: Lines,
    /// Lines below them.
    pub(crate) below: Lines,
}

/// Block that one release has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScannedBlock {
    pub(crate) id: Columns,
    pub(crate) heads: BTreeSet<Columns>,
    pub(crate) below: BTreeSet<Columns>,
}

impl Sheet {
    /// Parses a table.
    ///
    /// # Errors
    /// Describes the first line with an unknown release.
    pub(crate) fn parse(
        layout: &'static Layout,
        text: &str,
        list: &ReleaseList,
        runs: &Runs,
    ) -> Result<Self, String> {
        let (head, rows) = head_and_rows(text);
        let all = list.all();
        let mut sheet = Self { layout, head, blocks: Vec::new() };
        let mut above = all.clone();
        for row in rows {
            let below = row.strip_prefix('\t');
            let text = below.unwrap_or(row);
            let mut parts = text.split('\t').map(str::to_owned);
            let Some(count) = layout.columns(text, below.is_some()) else {
                sheet.block(&Columns(
                    text.trim_start_matches(UNDECLARED).split('\t').map(str::to_owned).collect(),
                ));
                continue;
            };
            let columns = Columns((0..count).map(|_| parts.next().unwrap_or_default()).collect());
            let named = parts.next().unwrap_or_default();
            let releases = match &*named {
                "" if below.is_some() => above.clone(),
                "" => all.clone(),
                runs if layout.has_runs => list.parse_runs(runs)?,
                number => runs.get(number)?.clone(),
            };
            if below.is_none() {
                if layout.blocks == Blocks::Owned {
                    above.clone_from(&releases);
                }
                sheet.block(&columns).heads.entry(columns).or_default().extend(releases);
            } else if let Some(block) = sheet.blocks.last_mut() {
                for columns in layout.apart(columns) {
                    block.below.entry(columns).or_default().extend(&releases);
                }
            }
        }
        Ok(sheet)
    }

    /// Block that a line without a tab starts, or belongs to.
    fn block(&mut self, head: &Columns) -> &mut Block {
        let id = Columns(self.layout.id(&head.0).to_vec());
        let last = self.blocks.last().is_some_and(|block| block.id == id);
        let at = if last {
            self.blocks.len().checked_sub(1)
        } else {
            self.blocks.iter().position(|it| it.id == id)
        };
        let at = at.unwrap_or_else(|| {
            self.blocks.push(Block { id, heads: Lines::new(), below: Lines::new() });
            self.blocks.len() - 1
        });
        &mut self.blocks[at]
    }

    /// Removes a release, and the lines that hold in no other.
    pub(crate) fn remove(&mut self, release: MagentoVersion) {
        for block in &mut self.blocks {
            for lines in [&mut block.heads, &mut block.below] {
                lines.values_mut().for_each(|releases| _ = releases.remove(&release));
                lines.retain(|_, releases| !releases.is_empty());
            }
        }
        self.blocks.retain(|block| !block.heads.is_empty() || !block.below.is_empty());
    }

    /// Adds what a release has.
    pub(crate) fn add(&mut self, release: MagentoVersion, scanned: Vec<ScannedBlock>) {
        for scanned in scanned {
            let block = self.block(&scanned.id);
            for (lines, columns) in [(&mut block.heads, scanned.heads), (&mut block.below, scanned.below)] {
                for columns in columns {
                    lines.entry(columns).or_default().insert(release);
                }
            }
        }
        if self.layout.blocks == Blocks::Owned {
            self.unite();
        }
    }

    /// Unites blocks that differ in the last column of their first line only: whether a route of any release names a type.
    fn unite(&mut self) {
        let mut united: BTreeMap<Vec<String>, Block> = BTreeMap::new();
        for block in std::mem::take(&mut self.blocks) {
            let key = block.id.0.iter().rev().skip(1).cloned().collect();
            let Some(other) = united.remove(&key) else {
                united.insert(key, block);
                continue;
            };
            let (mut stays, goes) = if other.id > block.id { (other, block) } else { (block, other) };
            let heads = goes.heads.into_values().map(|releases| (stays.id.clone(), releases));
            for (columns, releases) in heads {
                stays.heads.entry(columns).or_default().extend(releases);
            }
            for (columns, releases) in goes.below {
                stays.below.entry(columns).or_default().extend(releases);
            }
            united.insert(key, stays);
        }
        self.blocks = united.into_values().collect();
    }

    /// What a release has.
    pub(crate) fn of(&self, release: MagentoVersion) -> Vec<ScannedBlock> {
        let those = |lines: &Lines| -> BTreeSet<Columns> {
            let those = lines.iter().filter(|(_, releases)| releases.contains(&release));
            those.map(|(columns, _)| columns.clone()).collect()
        };
        let blocks = self.blocks.iter().map(|block| ScannedBlock {
            id: block.id.clone(),
            heads: those(&block.heads),
            below: those(&block.below),
        });
        blocks.filter(|block| !block.heads.is_empty() || !block.below.is_empty()).collect()
    }

    /// Sets of releases that the table names by number.
    pub(crate) fn sets(&self, list: &ReleaseList) -> BTreeSet<Releases> {
        let mut sets = BTreeSet::new();
        if !self.layout.has_runs {
            self.write(list, &mut |releases| {
                sets.insert(releases.clone());
                String::new()
            });
        }
        sets
    }

    /// The text of the table.
    pub(crate) fn text(&self, list: &ReleaseList, runs: &Runs) -> String {
        if self.layout.has_runs {
            self.write(list, &mut |releases| list.runs(releases))
        } else {
            self.write(list, &mut |releases| runs.number(releases))
        }
    }

    /// Writes the table, with the releases of a line as `name` says them, if it does not hold wherever the line above
    /// it does.
    fn write(&self, list: &ReleaseList, name: &mut dyn FnMut(&Releases) -> String) -> String {
        let all = list.all();
        let mut text = self.head.clone();
        let mut line = |tab: &str, columns: &[String], releases: &Releases, above: &Releases| {
            let is_named = self.layout.has_runs || releases != above;
            let named = if is_named { name(releases) } else { String::new() };
            let line = format!("{tab}{}\t{named}", columns.join("\t"));
            let _ = writeln!(text, "{}", line.trim_end_matches('\t'));
        };
        let mut blocks: Vec<&Block> = self.blocks.iter().collect();
        if self.layout.blocks != Blocks::Unordered {
            blocks.sort_by(|one, other| one.id.cmp(&other.id));
        }
        for block in blocks {
            if self.layout.has_headings() {
                line("", &block.id.0, &all, &all);
            } else if block.heads.is_empty() {
                line(&UNDECLARED.to_string(), &block.id.0, &all, &all);
            }
            for (columns, releases) in self.layout.together(&block.heads) {
                line("", &columns.0, releases, &all);
            }
            let owner = block.heads.values().next().filter(|_| self.layout.blocks == Blocks::Owned);
            let above = owner.unwrap_or(&all);
            for (columns, releases) in self.layout.together(&block.below) {
                line("\t", &columns.0, releases, above);
            }
        }
        text
    }
}

impl Layout {
    /// Lines of the things that one line of the table joins.
    fn apart(&self, columns: Columns) -> Vec<Columns> {
        match columns.0.split_first() {
            Some((things, rest)) if self.blocks == Blocks::Joined => {
                let one = |thing: &str| [&[thing.to_owned()], rest].concat();
                things.split(' ').map(|thing| Columns(one(thing))).collect()
            }
            _ => vec![columns],
        }
    }

    /// Lines as the table has them: in its order, and joined if they are the same but for their first column.
    fn together<'a>(&self, lines: &'a Lines) -> Vec<(Columns, &'a Releases)> {
        if self.blocks != Blocks::Joined {
            let mut lines: Vec<_> =
                lines.iter().map(|(columns, releases)| (columns.clone(), releases)).collect();
            if self.is_by_release() {
                lines.sort_by(|(one, in_one), (other, in_other)| {
                    let [key, other_key] = [one, other].map(|it| (it.is_route(), it.first()));
                    key.cmp(&other_key).then_with(|| in_one.cmp(in_other))
                });
            }
            return lines;
        }
        let mut joined: BTreeMap<(Columns, &Releases), Vec<&str>> = BTreeMap::new();
        for (columns, releases) in lines {
            let rest = Columns(columns.0.iter().skip(1).cloned().collect());
            joined.entry((rest, releases)).or_default().push(columns.first());
        }
        let line = |((rest, releases), things): ((Columns, &'a Releases), Vec<&str>)| {
            (Columns([vec![things.join(" ")], rest.0].concat()), releases)
        };
        joined.into_iter().map(line).collect()
    }
}
