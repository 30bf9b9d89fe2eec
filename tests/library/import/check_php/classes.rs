//! Classes that XML names, and the files that should declare them.

use magespec::diag::Rule;

use crate::support::modules::{found, place};

const CRONTAB: &str = "<config><group id=\"default\">\n<job name=\"acme\" instance=\"Acme\\ErpBridge\\Cron\\Pull\" method=\"execute\"><schedule>0 0 * * *</schedule></job></group></config>";

const PULL: &str =
    "<?php\nnamespace Acme\\ErpBridge\\Cron;\nclass Helper {}\nclass pull { function execute() {} }\n";

#[test]
fn a_file_declares_the_class_that_is_named() {
    let of = |php: &str| found(&[("etc/crontab.xml", CRONTAB), ("Cron/Pull.php", php)]);
    assert_eq!(of(PULL), []);
    for php in [
        PULL.replace("class pull", "class Push"),
        PULL.replace(r"Acme\ErpBridge\Cron", r"Acme\ErpBridge\Model"),
        PULL.replace("namespace", "// namespace"),
        "<?php return [];".to_owned(),
        String::new(),
        PULL.replace("() {} }", "() {"),
    ] {
        let marked = r#""Acme\ErpBridge\Cron\Pull""#;
        assert_eq!(of(&php), [place("etc/crontab.xml", 2, Rule::ClassMissing, marked)], "{php}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_found() {
    use std::process::Command;

    use magespec::diag::Level;

    use super::told;
    use crate::support::modules::{checked, module};

    let dir = module(&[("etc/crontab.xml", CRONTAB), ("Cron/Push.php", "<?php\n")]);
    assert!(Command::new("mkfifo").arg(dir.path().join("Cron/Pull.php")).status().unwrap().success());
    assert_eq!(told(dir.path()).len(), 1);
    let reports = checked(dir.path());
    let finding = reports.iter().flat_map(|it| &it.diagnostics).find(|it| it.rule == Rule::ClassMissing);
    let finding = finding.unwrap();
    assert_eq!(finding.message, "cannot read Cron/Pull.php: Cron/Pull.php is not a regular file");
    assert_eq!(finding.level, Level::Warning);
}
