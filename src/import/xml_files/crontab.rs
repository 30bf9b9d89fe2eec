//! Import of `etc/crontab.xml`.

use super::{Entry, Names, Unsupported, needed, webhooks::is_of_webhooks};
use crate::{
    parsers::{SpannedText, xml::Element},
    spec::pointer,
};

pub(super) const HELP: &str = "[[cron]] supports jobs with a class, a method and a schedule or the \
    setting that holds it";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let mut entries = Vec::new();
    for group in root.named("group") {
        let id = needed(group, "id")?;
        let jobs = group.named("job").filter(|job| {
            let class = job.attribute("instance");
            !class.is_some_and(|it| is_of_webhooks(names.outline, names.module, &it.value))
        });
        for job in jobs {
            entries.push(entry(names, id, job)?);
        }
    }
    Ok(entries)
}

fn entry(names: &Names<'_>, group: &SpannedText, job: &Element) -> Result<Entry, Unsupported> {
    let id = needed(job, "name")?;
    let mut entry = Entry::item("cron", &job.name.span);
    names.handler(&mut entry, id, Some(needed(job, "instance")?), "Cron")?;
    let method = needed(job, "method")?;
    if method.value != "execute" {
        entry.put(pointer!["method"], method.value.as_str(), &method.span);
    }
    let times = ["schedule", "config_path"].map(|key| (key, job.named(key).next().map(Element::text)));
    if times.iter().all(|(_, text)| text.is_none()) {
        entry.put(pointer!["scheduled"], false, &job.name.span);
    }
    for (key, text) in times {
        text.into_iter().for_each(|text| entry.put(pointer![key], text.trimmed(), &text.span));
    }
    if group.value != names.module.id() {
        entry.put(pointer!["group"], group.value.as_str(), &group.span);
    }
    Ok(entry)
}
