//! Import of `etc/crontab.xml`.

use serde_json::json;

use super::{Entry, Names, Unsupported, needed};
use crate::parsers::xml::Element;

pub(super) const HELP: &str = "the file stays unchanged; [[cron]] supports jobs with their own <schedule> whose class is in this \
    module and has the method `execute`";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let mut entries = Vec::new();
    for group in root.named("group") {
        let group_id = needed(group, "id")?;
        for job in group.named("job") {
            let id = needed(job, "name")?;
            let schedule = job.named("schedule").next().map(Element::text);
            let Some(schedule) = schedule else {
                let what = format!("the job `{}` has no <schedule>", id.value);
                return Err(Unsupported::new(what, &job.name.span));
            };
            let mut values = names.handler(id, needed(job, "instance")?, "Cron")?;
            values.push(("schedule".to_owned(), json!(schedule.trimmed())));
            if group_id.value != names.module.id() {
                values.push(("group".to_owned(), json!(group_id.value)));
            }
            entries.push(Entry { table: "cron", is_list: true, values, at: job.name.span.clone() });
        }
    }
    Ok(entries)
}
