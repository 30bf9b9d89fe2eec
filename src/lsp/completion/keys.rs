//! Keys of tables and names of tables, from the JSON Schema.

use std::ops::Range;

use super::proposal::Proposal;
use crate::{
    project::Project,
    spec::{Pointer, schema_keys},
};

/// Keys that a table lacks, required ones first. `written` is the key at the cursor, which may be there already.
pub(super) fn of_table(project: &Project, table: &Pointer, written: &Range<usize>) -> Vec<Proposal> {
    let spans = &project.loaded.spans;
    let is_there = |key: &str| spans.key(&table.key(key)).is_some_and(|span| !overlaps(&span, written));
    let mut keys: Vec<_> = schema_keys(table).into_iter().filter(|key| !is_there(key.name)).collect();
    keys.sort_by_key(|key| !key.is_required);
    keys.into_iter().map(proposal).collect()
}

/// Names that a header may have behind the part in front.
pub(super) fn of_header(table: &Pointer) -> Vec<Proposal> {
    schema_keys(table).into_iter().filter(|key| key.is_table).map(proposal).collect()
}

fn proposal(key: crate::spec::SchemaKey) -> Proposal {
    let required = if key.is_required { "required; " } else { "" };
    Proposal::new(key.name, format!("{required}{}", first_sentence(key.description)))
}

fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start <= other.end && other.start <= one.end
}
