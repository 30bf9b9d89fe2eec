//! Jobs and observers.

use magespec::diag::Rule;

use super::{nothing_in, only, told};
use crate::support::modules::{COMPOSER, module};

const JOB: &str = "<?php\nnamespace Acme\\ErpBridge\\Cron;\nclass Pull { public function execute() {} }\n";

fn crontab(group: &str, job: &str) -> String {
    format!("<config>\n<group id=\"{group}\">\n{job}\n</group>\n</config>\n")
}

const PULL: &str = r#"<job name="acme_pull" instance="Acme\ErpBridge\Cron\Pull" method="execute"><schedule>*/5 * * * *</schedule></job>"#;

#[test]
fn jobs_are_judged_one_by_one() {
    for (from, to, rule, marked) in [
        ("*/5", "61", Rule::CronSchedule, "61"),
        ("*/5", "5,61", Rule::CronSchedule, "61"),
        ("*/5 * * * *", "@daily", Rule::CronSchedule, "@daily"),
        ("*/5", "x", Rule::CronSchedule, "x"),
        ("*/5 * * * *", "61  *  * * *", Rule::CronSchedule, "61  *  * * *"),
        ("*/5 * * * *", " 61 * * * * ", Rule::CronSchedule, "61"),
        ("Cron\\Pull", "Cron\\Pul", Rule::ClassMissing, r#""Acme\ErpBridge\Cron\Pul""#),
        ("\"execute\"", "\"run\"", Rule::MethodMissing, "\"run\""),
        ("acme_pull", "sales_clean_quotes", Rule::NameTaken, "\"sales_clean_quotes\""),
    ] {
        let xml = crontab("default", &PULL.replace(from, to));
        let told = only(&[("etc/crontab.xml", &xml), ("Cron/Pull.php", JOB)]);
        assert_eq!(told, (rule, "etc/crontab.xml:3".to_owned(), marked.to_owned()), "{to}");
    }
    let told = only(&[("etc/crontab.xml", &crontab("defualt", PULL)), ("Cron/Pull.php", JOB)]);
    assert_eq!(told, (Rule::UnknownCronGroup, "etc/crontab.xml:2".to_owned(), "\"defualt\"".to_owned()));
    let twice = crontab("default", &[PULL, PULL].join("\n"));
    assert_eq!(only(&[("etc/crontab.xml", &twice), ("Cron/Pull.php", JOB)]).1, "etc/crontab.xml:4");
}

/// A setting may give it (docs/magento/cron.md#without-schedule).
#[test]
fn jobs_without_a_schedule_never_run() {
    let job = PULL.replace("<schedule>*/5 * * * *</schedule>", "");
    let files = [("etc/crontab.xml", crontab("default", &job)), ("Cron/Pull.php", JOB.to_owned())];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    let expected = (Rule::CronSchedule, "etc/crontab.xml:3".to_owned(), "\"acme_pull\"".to_owned());
    assert_eq!(only(&files), expected);
    let config = "<config><default><crontab><default><jobs><acme_pull><schedule><cron_expr/></schedule></acme_pull></jobs></default></crontab></default></config>";
    nothing_in(&[files[0], files[1], ("etc/config.xml", config)]);
}

#[test]
fn jobs_that_run_have_no_findings() {
    let groups = "<config><group id=\"acme\"/></config>";
    let several = [
        PULL.to_owned(),
        PULL.replace("acme_pull", "acme_other"),
        PULL.replace("acme_pull", "acme_config")
            .replace("<schedule>*/5 * * * *</schedule>", "<config_path>acme/a/b</config_path>"),
        PULL.replace("acme_pull", "acme_wide").replace("*/5 * * * *", "\n  */5  * * * *\n"),
        // Another time for a job of Magento.
        PULL.replace("acme_pull", "sales_clean_quotes")
            .replace(r"Acme\ErpBridge\Cron\Pull", r"Magento\Sales\Cron\CleanExpiredQuotes"),
    ];
    nothing_in(&[
        ("etc/cron_groups.xml", groups),
        ("etc/crontab.xml", &crontab("acme", &several.join("\n"))),
        ("Cron/Pull.php", JOB),
    ]);
    let virtual_type = "<config><virtualType name=\"Acme\\ErpBridge\\Cron\\Virtual\" type=\"Acme\\ErpBridge\\Cron\\Pull\"/></config>";
    nothing_in(&[
        ("etc/di.xml", virtual_type),
        ("etc/crontab.xml", &crontab("default", &PULL.replace("Cron\\Pull", "Cron\\Virtual"))),
        ("Cron/Pull.php", JOB),
    ]);
}

#[test]
fn groups_of_magento_are_its_own() {
    let told = only(&[(
        "etc/cron_groups.xml",
        "<config>\n<group id=\"index\"><schedule_lifetime>1</schedule_lifetime></group></config>",
    )]);
    assert_eq!(told, (Rule::NameTaken, "etc/cron_groups.xml:2".to_owned(), "\"index\"".to_owned()));
}

const OBSERVER: &str =
    "<?php\nnamespace Acme\\ErpBridge\\Observer;\nclass Log { public function execute($observer) {} }\n";

fn events(event: &str) -> String {
    format!(
        "<config>\n<event name=\"{event}\">\n<observer name=\"acme_log\" instance=\"Acme\\ErpBridge\\Observer\\Log\"/>\n</event>\n</config>\n"
    )
}

#[test]
fn events_of_all_areas_are_looked_up() {
    for area in ["", "frontend/", "adminhtml/", "crontab/", "webapi_rest/", "webapi_soap/", "graphql/"] {
        let path = format!("etc/{area}events.xml");
        let told = only(&[(&path, &events("sales_order_plase_after")), ("Observer/Log.php", OBSERVER)]);
        assert_eq!(told, (Rule::UnknownEvent, format!("{path}:2"), "\"sales_order_plase_after\"".to_owned()));
    }
    let taken = events("checkout_submit_all_after").replace("acme_log", "inventory");
    let told = only(&[("etc/frontend/events.xml", &taken), ("Observer/Log.php", OBSERVER)]);
    assert_eq!(told, (Rule::NameTaken, "etc/frontend/events.xml:3".to_owned(), "\"inventory\"".to_owned()));
    let missing = events("checkout_submit_all_after").replace("Observer\\Log", "Observer\\Lag");
    let told = only(&[("etc/events.xml", &missing), ("Observer/Log.php", OBSERVER)]);
    assert_eq!(
        told,
        (Rule::ClassMissing, "etc/events.xml:3".to_owned(), r#""Acme\ErpBridge\Observer\Lag""#.to_owned())
    );
    let without = OBSERVER.replace("execute", "run");
    let told =
        only(&[("etc/events.xml", &events("checkout_submit_all_after")), ("Observer/Log.php", &without)]);
    assert_eq!(told.0, Rule::MethodMissing);
}

#[test]
fn events_that_fire_have_no_findings() {
    nothing_in(&[("etc/events.xml", &events("Checkout_Submit_All_After")), ("Observer/Log.php", OBSERVER)]);
    // The module's own.
    let service = "<?php class A { function b() { $this->events->dispatch('acme_stock_pulled', []); } }";
    nothing_in(&[
        ("etc/events.xml", &events("acme_stock_pulled")),
        ("Observer/Log.php", OBSERVER),
        ("Model/A.php", service),
    ]);
    let model = "<?php class A extends B { protected $_eventPrefix = 'acme_stock'; }";
    nothing_in(&[
        ("etc/events.xml", &events("acme_stock_save_after")),
        ("Observer/Log.php", OBSERVER),
        ("Model/A.php", model),
    ]);
    let virtual_type = "<config><virtualType name=\"Acme\\ErpBridge\\Observer\\Virtual\" type=\"Acme\\ErpBridge\\Observer\\Log\"/></config>";
    for area in ["frontend", "adminhtml", "crontab", "webapi_rest", "webapi_soap", "graphql"] {
        nothing_in(&[
            (&format!("etc/{area}/di.xml"), virtual_type),
            (
                &format!("etc/{area}/events.xml"),
                &events("checkout_submit_all_after").replace("Observer\\Log", "Observer\\Virtual"),
            ),
            ("Observer/Log.php", OBSERVER),
        ]);
    }
    // An observer that is switched off needs no class.
    let off =
        events("gone_event").replace("instance=\"Acme\\ErpBridge\\Observer\\Log\"", "disabled=\"true\"");
    nothing_in(&[("etc/events.xml", &off)]);
}

#[test]
fn digits_in_names_of_events_are_found_before_2_2_4() {
    let composer = COMPOSER.replace("103.0.*", "101.0.*").replace("100.4.*", "100.2.*");
    let composer = composer.replace("~8.1.0||~8.2.0||~8.3.0||~8.4.0", "~7.0.13||~7.1.0");
    let dir = module(&[
        ("composer.json", &composer),
        ("etc/events.xml", &events("acme_2_after")),
        ("Observer/Log.php", OBSERVER),
    ]);
    assert!(told(dir.path()).iter().any(|it| it.0 == Rule::EventName && it.1 == "etc/events.xml:2"));
}
