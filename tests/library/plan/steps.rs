//! Commands that changed files ask for (docs/magento/deploying.md).

use magespec::plan::{Step, steps};

fn asked(paths: &[&str]) -> Vec<String> {
    steps(paths).iter().map(|step| format!("{}: {}", step.typed(), step.files.join(" "))).collect()
}

#[test]
fn files_ask_for_what_they_need() {
    for (path, commands) in [
        ("etc/integration.xml", &["setup:upgrade"][..]),
        ("etc/acl.xml", &["setup:upgrade", "cache:flush config"]),
        ("etc/integration/config.xml", &["setup:upgrade", "cache:flush config_integration"]),
        ("etc/integration/api.xml", &["setup:upgrade", "cache:flush config_integration_api"]),
        ("etc/module.xml", &["setup:upgrade"]),
        ("etc/db_schema.xml", &["setup:upgrade"]),
        ("etc/db_schema_whitelist.json", &[]),
        ("registration.php", &["setup:upgrade"]),
        ("Setup/InstallData.php", &["setup:upgrade", "setup:di:compile"]),
        ("etc/di.xml", &["setup:di:compile", "cache:flush config"]),
        ("etc/webapi_rest/di.xml", &["setup:di:compile", "cache:flush config"]),
        ("etc/webapi.xml", &["cache:flush config_webservice"]),
        ("etc/config.xml", &["cache:flush config"]),
        ("etc/adminhtml/system.xml", &["cache:flush config"]),
        ("etc/adminhtml/menu.xml", &["cache:flush block_html config"]),
        ("etc/crontab.xml", &["cache:flush config"]),
        ("etc/cron_groups.xml", &["cache:flush config"]),
        ("etc/events.xml", &["cache:flush config"]),
        ("etc/frontend/events.xml", &["cache:flush config"]),
        ("etc/csp_whitelist.xml", &["cache:flush config full_page"]),
        ("i18n/en_US.csv", &["cache:flush translate"]),
        ("Api/SyncInterface.php", &["setup:di:compile", "cache:flush config_webservice reflection"]),
        ("Model/Sync.php", &["setup:di:compile"]),
        ("i18n/de_DE.csv", &["cache:flush translate"]),
        ("Test/Unit/Model/ConfigTest.php", &[]),
        ("composer.json", &[]),
        ("README.md", &[]),
    ] {
        let expected: Vec<String> = commands.iter().map(|command| format!("{command}: {path}")).collect();
        assert_eq!(asked(&[path]), expected);
    }
    assert_eq!(
        asked(&["README.md", "etc/acl.xml", "etc/integration.xml"]),
        ["setup:upgrade: etc/acl.xml etc/integration.xml", "cache:flush config: etc/acl.xml"]
    );
}

#[test]
fn the_types_of_all_files_are_flushed_at_once() {
    assert_eq!(
        asked(&["etc/adminhtml/system.xml", "etc/config.xml", "etc/webapi.xml"]),
        ["cache:flush config config_webservice: etc/adminhtml/system.xml etc/config.xml etc/webapi.xml"]
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
    assert!(steps.iter().all(|step| step.why() == "Magento itself changed"));
}
