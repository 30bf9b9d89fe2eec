//! What has to be run after which files were changed (FACTS §7).

use magespec::plan::{Step, steps};

fn asked(paths: &[&str]) -> Vec<String> {
    steps(paths).iter().map(|step| format!("{}: {}", step.command.as_str(), step.files.join(" "))).collect()
}

#[test]
fn files_ask_for_what_they_need() {
    for (path, commands) in [
        ("etc/integration.xml", &["setup:upgrade"][..]),
        ("etc/acl.xml", &["setup:upgrade", "cache:flush"]),
        ("etc/integration/config.xml", &["setup:upgrade", "cache:flush"]),
        ("etc/integration/api.xml", &["setup:upgrade", "cache:flush"]),
        ("etc/module.xml", &["setup:upgrade"]),
        ("registration.php", &["setup:upgrade"]),
        ("Setup/InstallData.php", &["setup:upgrade", "setup:di:compile"]),
        ("etc/di.xml", &["setup:di:compile", "cache:flush"]),
        ("etc/webapi.xml", &["cache:flush"]),
        ("Model/Sync.php", &["setup:di:compile"]),
        ("i18n/de_DE.csv", &["cache:flush"]),
        ("composer.json", &[]),
        ("README.md", &[]),
    ] {
        let expected: Vec<String> = commands.iter().map(|command| format!("{command}: {path}")).collect();
        assert_eq!(asked(&[path]), expected);
    }
    assert_eq!(
        asked(&["README.md", "etc/acl.xml", "etc/integration.xml"]),
        ["setup:upgrade: etc/acl.xml etc/integration.xml", "cache:flush: etc/acl.xml"]
    );
}

#[test]
fn xml_alone_needs_no_compiling() {
    let why = |paths: &[&str]| steps(paths)[0].why();
    assert!(why(&["etc/integration.xml", "registration.php"]).contains("--keep-generated"));
    assert!(!why(&["etc/integration.xml", "Setup/InstallData.php"]).contains("--keep-generated"));
}

#[test]
fn an_upgrade_of_magento_needs_everything() {
    let steps = Step::of_an_upgrade();
    let commands: Vec<&str> = steps.iter().map(|step| step.command.as_str()).collect();
    assert_eq!(commands, ["setup:upgrade", "setup:di:compile", "cache:flush"]);
    assert!(steps.iter().all(|step| step.why() == "Magento itself changes"));
}
