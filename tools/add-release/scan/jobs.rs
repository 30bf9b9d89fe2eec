//! Cron groups, cron jobs and topics of the message queue.

use std::collections::BTreeMap;

use magespec::diag::Failure;

use super::blocks::{Blocks, short};
use crate::{root::Root, tables::ScannedBlock};

/// Blocks of `cron.tsv`: each group and job with the module that declares it first.
///
/// # Errors
/// Fails if a file cannot be parsed.
pub(super) fn cron(root: &Root) -> Result<Vec<ScannedBlock>, Failure> {
    let mut groups: BTreeMap<String, &str> = BTreeMap::new();
    for file in root.files("cron_groups.xml")? {
        for id in file.root.named("group").filter_map(|group| group.attribute("id")) {
            groups.entry(id.value.clone()).or_insert(file.module);
        }
    }
    let mut jobs: BTreeMap<(String, String), &str> = BTreeMap::new();
    for file in root.files("crontab.xml")? {
        for group in file.root.named("group") {
            for job in group.named("job").filter_map(|job| job.attribute("name")) {
                let Some(id) = group.attribute("id") else { continue };
                jobs.entry((id.value.clone(), job.value.clone())).or_insert(file.module);
            }
        }
    }
    let mut blocks = Blocks::default();
    groups.iter().for_each(|(id, module)| blocks.line([id, &short(module)]));
    jobs.iter().for_each(|((group, job), module)| blocks.below([group], [job, &short(module)]));
    Ok(blocks.finish())
}

/// Rows of `topics.tsv`: those of communication.xml.
///
/// # Errors
/// Fails if a file cannot be parsed.
pub(super) fn topics(root: &Root) -> Result<Vec<ScannedBlock>, Failure> {
    let mut topics: BTreeMap<String, &str> = BTreeMap::new();
    for file in root.files("communication.xml")? {
        for name in file.root.named("topic").filter_map(|topic| topic.attribute("name")) {
            topics.entry(name.value.clone()).or_insert(file.module);
        }
    }
    let mut blocks = Blocks::default();
    topics.iter().for_each(|(name, module)| blocks.line([name, &short(module)]));
    Ok(blocks.finish())
}
