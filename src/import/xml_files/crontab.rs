//! Import of `etc/crontab.xml`.

use super::{Entry, Names, Reading, Unsupported, needed};
use crate::{
    parsers::{SpannedText, xml::Element},
    spec::pointer,
};

pub(super) const HELP: &str = "the file stays unchanged; [[cron]] supports jobs with their own <schedule> whose class is in this \
    module and has the method `execute`";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Reading {
    let mut reading = Reading::default();
    for group in root.named("group") {
        let Some(id) = reading.keep(needed(group, "id")) else { continue };
        for job in group.named("job") {
            let entry = entry(&mut reading, names, id, job);
            let entry = reading.keep(entry);
            reading.entries.extend(entry);
        }
    }
    reading
}

fn entry(
    reading: &mut Reading,
    names: &Names<'_>,
    group: &SpannedText,
    job: &Element,
) -> Result<Entry, Unsupported> {
    let id = needed(job, "name")?;
    let schedule = job.named("schedule").next().map(Element::text);
    let schedule = schedule.ok_or_else(|| {
        Unsupported::new(format!("the job `{}` has no <schedule>", id.value), &job.name.span)
    })?;
    let mut entry = Entry::item("cron", &job.name.span);
    let unsupported = names.handler(&mut entry, id, needed(job, "instance")?, "Cron");
    reading.unsupported.extend(unsupported);
    entry.put(pointer!["schedule"], schedule.trimmed(), &schedule.span);
    if group.value != names.module.id() {
        entry.put(pointer!["group"], group.value.as_str(), &group.span);
    }
    Ok(entry)
}
