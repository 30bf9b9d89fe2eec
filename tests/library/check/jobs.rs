use magespec::diag::{Level, Rule};

use super::{findings, finds, passes};

fn job(schedule: &str, keys: &str) -> String {
    format!("[[cron]]\nname = \"pull_stock\"\nschedule = \"{schedule}\"\n{keys}\n")
}

#[test]
fn cron_schedule() {
    let finding = finds(Rule::CronSchedule, &job("* * * * «7»", ""));
    assert!(finding.message.contains("day of the week"), "it names the field");
    assert!(finding.reason.unwrap().contains("Sunday is 0"));
    assert_eq!(finding.level, Level::Error, "it never runs");
    let finding = finds(Rule::CronSchedule, &job("0,«61» * * * *", ""));
    assert_eq!(finding.level, Level::Warning, "it runs at minute 0");
    let finding = finds(Rule::CronSchedule, &job("0,«foo» * * * *", ""));
    assert_eq!(finding.level, Level::Error, "Magento cannot read it");
    let finding = finds(Rule::CronSchedule, &job("«*/90» * * * *", ""));
    assert_eq!(finding.reason.unwrap(), "a step is a number from 1 to 59; this one matches only 0");
    let finding = finds(Rule::CronSchedule, &job("* * * * «mon-sun»", ""));
    assert_eq!(finding.help.unwrap(), "write 1-6,0, or put the lower end first");
    let finding = finds(Rule::CronSchedule, &job("0 0 «31» 2 *", ""));
    assert!(finding.reason.unwrap().contains("29 days"));
    passes(&job("*/15 8-18 * jan-jun mon,fri", ""));
}

#[test]
fn cron_steps() {
    let spec = |target: &str, schedule: &str| {
        let rules = "[rules]\nbearer-token-refused = \"allow\"\n";
        format!("[target]\nmagento = \"{target}\"\n{rules}{}", job(schedule, ""))
    };
    passes(&spec("2.4.1", "5/15 * * * *"));
    let finding = finds(Rule::CronSchedule, &spec("2.4.0", "«5/15» * * * *"));
    assert_eq!(finding.message, "`5/15` is not a valid minute in a schedule");
    let found = findings(&super::spec(&spec(">=2.4.0 <2.4.2", "5/15 * * * *")));
    let [never, differs] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((never.rule, differs.rule), (Rule::CronSchedule, Rule::CronStepDiffers));
    assert!(never.message.ends_with("in a schedule of 2.4.0..2.4.0-p1"), "{}", never.message);
    assert!(differs.message.contains("nothing in 2.4.0..2.4.0-p1, and 5, 20, 35, 50 in"), "both readings");
    let finding = finds(Rule::CronStepDiffers, &spec(">=2.4.0 <2.4.2", "«10-40/20» * * * *"));
    assert_eq!(
        finding.message,
        "`10-40/20` matches 20, 40 in 2.4.0..2.4.0-p1, and 10, 30 in 2.4.1..2.4.1-p1"
    );
    for target in ["2.4.0", "2.4.1"] {
        passes(&spec(target, "10-40/20 * * * *"));
    }
    passes(&spec(">=2.4.0 <2.4.2", "*/20 * * * *"));
    let finding = finds(Rule::CronSchedule, &spec(">=2.4.0 <2.4.2", "7/20 * «31» 2 *"));
    assert!(finding.reason.unwrap().contains("29 days"), "whichever way the step is read");
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
