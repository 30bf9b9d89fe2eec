//! `etc/crontab.xml`.

use serde_json::json;

use super::{Entry, Names, Unsupported, needed};
use crate::formats::xml::Element;

pub(super) const HELP: &str = "it stays as it is; [[cron]] says a job with a class of the module, its method `execute`, \
    and a schedule of its own";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let mut entries = Vec::new();
    for group in root.named("group") {
        let group_id = needed(group, "id")?;
        for job in group.named("job") {
            let id = needed(job, "name")?;
            let schedule = job.named("schedule").next().map(Element::text);
            let Some(schedule) = schedule else {
                let what = format!("the job `{}` has no schedule of its own", id.value);
                return Err(Unsupported::new(what, &job.name.span));
            };
            let mut values = names.handler(id, needed(job, "instance")?, "Cron")?;
            values.push(("schedule".to_owned(), json!(schedule.trimmed())));
            if group_id.value != names.id() {
                values.push(("group".to_owned(), json!(group_id.value)));
            }
            entries.push(Entry { table: "cron", is_list: true, values, at: job.name.span.clone() });
        }
    }
    Ok(entries)
}
