//! `etc/crontab.xml`.

use serde_json::{Value, json};

use super::{Entry, Names, Unsaid, needed};
use crate::import::format::xml::Element;

pub(super) const HELP: &str = "it stays as it is; [[cron]] says a job named after the module, `acme_erpbridge_pull_stock`, with the \
    class Cron\\PullStock, its method `execute`, and a schedule of its own";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsaid> {
    let mut entries = Vec::new();
    for group in root.named("group") {
        let id = needed(group, "id")?;
        for job in group.named("job") {
            let name = names.own(needed(job, "name")?, "the job")?;
            let schedule = job.named("schedule").next().map(Element::text);
            let Some(schedule) = schedule else {
                let what = format!("the job `{}` has no schedule of its own", name.value);
                return Err(Unsaid::new(what, &job.name.span));
            };
            let mut values: Vec<(String, Value)> = vec![
                ("name".to_owned(), json!(name.value)),
                ("schedule".to_owned(), json!(schedule.trimmed())),
            ];
            if id.value != names.module.as_str().to_lowercase() {
                values.push(("group".to_owned(), json!(id.value)));
            }
            entries.push(Entry { table: "cron", is_list: true, values, at: job.name.span.clone() });
        }
    }
    Ok(entries)
}
