//! Commands that changed files need.

use magespec::{
    deploy::{DeployMode, Needs, Situation, instructions, steps},
    names::ModuleName,
};

/// Commands in production mode, which clears only what a file needs, for a module that is enabled.
fn asked(paths: &[&str]) -> Vec<String> {
    let module = ModuleName::new("Acme_Orders").unwrap();
    let situation = Situation {
        version: "2.4.7".parse().unwrap(),
        mode: DeployMode::Production,
        is_enabled: true,
        is_closed: true,
        is_behind: false,
    };
    steps(&module, situation, &Needs::of(paths)).iter().map(|step| step.line()).collect()
}

#[test]
fn files_ask_for_what_they_need() {
    const UPGRADE: &[&str] = &["setup:upgrade --keep-generated", "cache:flush"];
    const COMPILE: &[&str] = &["setup:di:compile", "cache:flush"];
    const BOTH: &[&str] =
        &["setup:upgrade", "setup:di:compile", "setup:static-content:deploy", "cache:flush"];
    for (path, commands) in [
        ("etc/integration.xml", UPGRADE),
        ("etc/acl.xml", UPGRADE),
        ("etc/integration/config.xml", UPGRADE),
        ("etc/integration/api.xml", UPGRADE),
        ("etc/module.xml", UPGRADE),
        ("etc/db_schema.xml", UPGRADE),
        ("etc/db_schema_whitelist.json", &[]),
        ("registration.php", UPGRADE),
        ("Setup/InstallData.php", BOTH),
        ("etc/di.xml", COMPILE),
        ("etc/webapi_rest/di.xml", COMPILE),
        ("etc/webapi.xml", &["cache:flush config_webservice"]),
        ("etc/config.xml", &["cache:flush config"]),
        ("etc/adminhtml/system.xml", &["cache:flush config"]),
        ("etc/adminhtml/menu.xml", &["cache:flush block_html config"]),
        ("etc/crontab.xml", &["cache:flush config"]),
        ("etc/cron_groups.xml", &["cache:flush config"]),
        ("etc/events.xml", &["cache:flush config"]),
        ("etc/frontend/events.xml", &["cache:flush config"]),
        ("etc/csp_whitelist.xml", &["cache:flush config full_page"]),
        ("i18n/en_US.csv", &["cache:flush block_html translate"]),
        ("i18n/de_DE.csv", &["cache:flush block_html translate"]),
        ("Api/SyncInterface.php", COMPILE),
        ("Model/Sync.php", COMPILE),
        ("Test/Unit/Model/ConfigTest.php", &[]),
        ("composer.json", &[]),
        ("README.md", &[]),
    ] {
        assert_eq!(asked(&[path]), commands, "{path}");
    }
    let types = ["etc/adminhtml/system.xml", "etc/config.xml", "etc/webapi.xml"];
    assert_eq!(asked(&types), ["cache:flush config config_webservice"]);
}

#[test]
fn each_command_names_its_files() {
    let module = ModuleName::new("Acme_Orders").unwrap();
    let version = "2.4.7".parse().unwrap();
    let listed = |paths: &[&str]| {
        let all = instructions(&module, version, true, &Needs::of(paths)).into_iter();
        all.map(|it| format!("{}: {}: {}", it.line, it.files.join(" "), it.remark())).collect::<Vec<_>>()
    };
    assert_eq!(
        listed(&["README.md", "etc/acl.xml", "etc/integration.xml"]),
        [
            "maintenance:enable: : closes the shop to customers while these commands run; production mode only",
            "setup:upgrade: etc/acl.xml etc/integration.xml: applies it to the database; in production mode, add --keep-generated",
            "cache:flush: etc/acl.xml: clears outdated cache entries",
            "maintenance:disable: : reopens the shop; production mode only",
        ]
    );
    assert_eq!(
        listed(&["Model/Sync.php"])[1..3],
        [
            "setup:upgrade: Model/Sync.php: clears code that was generated from old classes; not in production mode",
            "setup:di:compile: Model/Sync.php: production mode does not generate code on demand; production mode only",
        ]
    );
}
