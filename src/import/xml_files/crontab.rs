//! Import of `etc/crontab.xml`.

use super::{Entry, Names, Unsupported, needed};
use crate::{
    parsers::{SpannedText, xml::Element},
    spec::pointer,
};

pub(super) const HELP: &str = "the file stays unchanged; [[cron]] supports jobs with their own <schedule> whose class is in this \
    module and has the method `execute`";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let mut entries = Vec::new();
    for group in root.named("group") {
        let id = needed(group, "id")?;
        for job in group.named("job") {
            entries.push(entry(names, id, job)?);
        }
    }
    Ok(entries)
}

fn entry(names: &Names<'_>, group: &SpannedText, job: &Element) -> Result<Entry, Unsupported> {
    let id = needed(job, "name")?;
    let schedule = job.named("schedule").next().map(Element::text);
    let schedule = schedule.ok_or_else(|| {
        Unsupported::new(format!("the job `{}` has no <schedule>", id.value), &job.name.span)
    })?;
    let mut entry = Entry::item("cron", &job.name.span);
    names.handler(&mut entry, id, needed(job, "instance")?, "Cron")?;
    entry.put(pointer!["schedule"], schedule.trimmed(), &schedule.span);
    if group.value != names.module.id() {
        entry.put(pointer!["group"], group.value.as_str(), &group.span);
    }
    Ok(entry)
}
