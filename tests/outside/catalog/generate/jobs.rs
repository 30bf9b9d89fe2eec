//! Cron groups, cron jobs and message queue topics.

use std::{collections::BTreeMap, path::Path};

use super::sheet::{History, Releases, Sheet, short};
use crate::catalog::tables;

pub(super) fn sheets(folder: &Path, history: &History) -> [Sheet; 2] {
    [cron(folder, history), topics(folder, history)]
}

fn cron(folder: &Path, history: &History) -> Sheet {
    let groups = tables::read(&folder.join("cron_groups.csv"));
    let groups = history.states(&groups, |row| [row["id"].clone(), short(&row["module"])]);
    let jobs = tables::read(&folder.join("cron_jobs.csv"));
    let jobs =
        history.states(&jobs, |row| [row["group"].clone(), row["name"].clone(), short(&row["module"])]);
    // Jobs may be of a group that no cron_groups.xml declares.
    let mut by_group: BTreeMap<&str, Vec<([&str; 2], &Releases)>> =
        groups.keys().map(|[id, _]| (id.as_str(), Vec::new())).collect();
    for ([group, name, module], releases) in &jobs {
        by_group.entry(group).or_default().push(([name, module], releases));
    }
    let mut sheet = Sheet::new("cron", "group\tmodule\treleases, then: job\tmodule\treleases");
    let all = history.order.iter().copied().collect();
    for (group, jobs) in by_group {
        let declared: Vec<_> = groups.iter().filter(|([id, _], _)| id == group).collect();
        if declared.is_empty() {
            sheet.heading(&format!("={group}"));
        }
        for ([_, module], releases) in declared {
            sheet.line([group, module], releases, history);
        }
        for (job, releases) in jobs {
            sheet.below(job, releases, &all);
        }
    }
    sheet
}

fn topics(folder: &Path, history: &History) -> Sheet {
    let mut rows = tables::read(&folder.join("topics.csv"));
    rows.retain(|row| row["kind"] == "topic");
    let mut sheet = Sheet::new("topics", "topic\tmodule\treleases");
    for (state, releases) in history.states(&rows, |row| [row["name"].clone(), short(&row["module"])]) {
        sheet.line(state.each_ref().map(String::as_str), &releases, history);
    }
    sheet
}
