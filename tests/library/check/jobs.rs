use magespec::diag::{Level, Rule};

use super::{finds, passes};

fn job(schedule: &str, keys: &str) -> String {
    format!("[[cron]]\nname = \"pull_stock\"\nschedule = \"{schedule}\"\n{keys}\n")
}

#[test]
fn cron_schedule() {
    let finding = finds(Rule::CronSchedule, &job("* * * * «7»", ""));
    assert!(finding.message.contains("day of the week"), "it names the field");
    assert!(finding.reason.unwrap().contains("Sunday is 0"));
    finds(Rule::CronSchedule, &job("0,«61» * * * *", ""));
    finds(Rule::CronSchedule, &job("«5/15» * * * *", ""));
    let finding = finds(Rule::CronSchedule, &job("0 0 «31» 2 *", ""));
    assert!(finding.reason.unwrap().contains("29 days"));
    passes(&job("*/15 8-18 * jan-jun mon,fri", ""));
}

#[test]
fn unknown_cron_group() {
    let finding = finds(Rule::UnknownCronGroup, &job("0 3 * * *", "group = «\"defualt\"»"));
    assert_eq!(finding.help.unwrap(), "did you mean \"default\"?");
    let finding = finds(Rule::UnknownCronGroup, &job("0 3 * * *", "group = «\"zz9_plural\"»"));
    assert_eq!(finding.level, Level::Warning, "another module may bring it");
    let old = "[target]\nmagento = \">=2.2.8 <2.4\"\n[rules]\ntarget-always-resets = \"allow\"\n";
    let finding =
        finds(Rule::UnknownCronGroup, &(old.to_owned() + &job("0 3 * * *", "group = «\"consumers\"»")));
    assert!(finding.help.unwrap().contains("narrow the target"));
    for group in ["default", "index", "consumers", "acme_erpbridge"] {
        passes(&job("0 3 * * *", &format!("group = \"{group}\"")));
    }
}

#[test]
fn groups_of_others_are_taken_to_stay() {
    let later = "[target]\nmagento = \"2.4.6\"\n[rules]\nbearer-token-refused = \"allow\"\n";
    passes(&(later.to_owned() + &job("0 3 * * *", "group = \"ddg_automation\"")));
}
