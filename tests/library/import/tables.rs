//! Declarations other than integrations: each file is imported completely or not at all.

use std::fs;

use magespec::diag::Rule;

use super::{DI, magespec, spec_of};
use crate::support::modules::{findings, finds, imported, module};

const CSP: &str = r#"<csp_whitelist>
    <policies>
        <policy id="img-src"><values>
            <value id="cdn" type="host">https://cdn.acme.com</value>
            <value id="other" type="host">*.acme.com</value>
        </values></policy>
        <policy id="connect-src"><values><value id="api" type="host"> https://api.acme.com </value></values></policy>
    </policies>
</csp_whitelist>"#;

const CRONTAB: &str = r#"<config>
    <group id="default">
        <!-- twice an hour is enough -->
        <job name="acme_erpbridge_pull_stock" instance="Acme\ErpBridge\Cron\PullStock" method="execute">
            <schedule>*/30 * * * *</schedule>
        </job>
    </group>
</config>"#;

const EVENTS: &str = r#"<config>
    <event name="sales_order_place_after">
        <observer name="acme_erpbridge_log_order" instance="Acme\ErpBridge\Observer\LogOrder"/>
    </event>
    <event name="sales_order_save_commit_after">
        <observer name="acme_erpbridge_log_order" instance="Acme\ErpBridge\Observer\LogOrder"/>
    </event>
</config>"#;

const WEBAPI: &str = r#"<routes>
    <route url="/V1/acme-erp/orders/:orderId" method="GET">
        <service class="Acme\ErpBridge\Api\OrderExportInterface" method="get"/>
        <resources><resource ref="Magento_Sales::actions_view"/></resources>
    </route>
</routes>"#;

const JOB: &str = "<?php\nclass PullStock\n{\n    public function execute()\n    {\n    }\n}\n";

#[test]
fn what_can_be_said_becomes_tables() {
    let files = [
        ("etc/csp_whitelist.xml", CSP),
        ("etc/crontab.xml", CRONTAB),
        ("etc/events.xml", EVENTS),
        ("etc/frontend/events.xml", EVENTS),
        ("Cron/PullStock.php", JOB),
    ];
    let dir = module(&files);
    let told = imported(dir.path(), None);
    assert!(findings(&told).iter().all(|(_, it)| it.rule != Rule::NotCarried));
    let spec = told.spec.unwrap();
    let (_, tables) = spec.split_once("\n[csp]\n").unwrap();
    insta::assert_snapshot!(format!("[csp]\n{tables}"));
    assert_eq!(told.seeded.iter().map(|path| path.as_str()).collect::<Vec<_>>(), ["Cron/PullStock.php"]);
}

#[test]
fn names_of_events_with_capitals_are_the_same_names() {
    let dir = module(&[("etc/events.xml", &EVENTS.replace("sales_order_place", "Sales_Order_Place"))]);
    let told = imported(dir.path(), None);
    assert!(findings(&told).iter().all(|(_, it)| it.rule != Rule::NotCarried));
}

#[test]
fn the_build_keeps_what_is_there() {
    let dir = module(&[
        ("etc/crontab.xml", CRONTAB),
        ("etc/events.xml", EVENTS),
        ("etc/di.xml", DI),
        ("Cron/PullStock.php", JOB),
        ("Observer/LogOrder.php", "<?php\nclass LogOrder extends Base {}\n"),
    ]);
    let dir = dir.path();
    magespec(dir, &["import", "--in-place"]);
    let lock = fs::read_to_string(dir.join("integration.lock")).unwrap();
    assert!(
        lock.lines().any(|line| line.starts_with("\"Cron/PullStock.php\"") && line.contains("seeded")),
        "{lock}"
    );
    magespec(dir, &["build"]);
    let read = |path: &str| fs::read_to_string(dir.join(path)).unwrap();
    assert_eq!((read("etc/di.xml").as_str(), read("Cron/PullStock.php").as_str()), (DI, JOB));
    assert!(read("etc/crontab.xml").contains("<schedule>*/30 * * * *</schedule>"));
    assert!(read("integration.toml").contains("# twice an hour is enough\n[[cron]]"));
    // What was built is carried again.
    fs::remove_file(dir.join("integration.toml")).unwrap();
    assert!(spec_of(dir).contains("name = \"pull_stock\"") && spec_of(dir).contains("name = \"log_order\""));
}

/// A class that is there gets no other log than it had.
#[test]
fn existing_classes_get_no_wiring() {
    let dir = module(&[("etc/crontab.xml", CRONTAB), ("Cron/PullStock.php", JOB)]);
    assert!(spec_of(dir.path()).contains("\"etc/di.xml\""));
    magespec(dir.path(), &["import", "--in-place"]);
    magespec(dir.path(), &["build"]);
    assert!(!dir.path().join("etc/di.xml").exists());
}

/// Others refer to jobs and observers by the names they have.
#[test]
fn jobs_and_observers_keep_their_names_and_classes() {
    let crontab = CRONTAB.replace("acme_erpbridge_pull_stock", "Acme-stock.PULL");
    let events = EVENTS
        .replacen("acme_erpbridge_log_order", "acmeLog", 1)
        .replace(r"Observer\LogOrder", r"Model\Observer\Order\LogOrder");
    let (job, observer) = ("Cron/PullStock.php", "Model/Observer/Order/LogOrder.php");
    let dir = module(&[
        ("etc/crontab.xml", &crontab),
        ("etc/events.xml", &events),
        (job, JOB),
        (observer, "<?php\nclass LogOrder extends Base {}\n"),
    ]);
    let told = imported(dir.path(), None);
    assert!(findings(&told).iter().all(|(_, it)| it.rule != Rule::NotCarried));
    assert_eq!(told.seeded.iter().map(|path| path.as_str()).collect::<Vec<_>>(), [job, observer]);
    let spec = told.spec.unwrap();
    let (_, tables) = spec.split_once("\n# twice an hour is enough\n").unwrap();
    insta::assert_snapshot!(tables);
    magespec(dir.path(), &["import", "--in-place"]);
    magespec(dir.path(), &["build"]);
    let read = |path: &str| fs::read_to_string(dir.path().join(path)).unwrap();
    let job = r#"name="Acme-stock.PULL" instance="Acme\ErpBridge\Cron\PullStock""#;
    assert!(read("etc/crontab.xml").contains(job), "{}", read("etc/crontab.xml"));
    for name in ["acmeLog", "acme_erpbridge_log_order"] {
        let text = format!(r#"name="{name}" instance="Acme\ErpBridge\Model\Observer\Order\LogOrder""#);
        assert!(read("etc/events.xml").contains(&text), "{}", read("etc/events.xml"));
    }
}

/// Classes of other modules, several methods of one class, schedules in settings, and observers that are switched off.
#[test]
fn jobs_and_observers_of_all_kinds_are_imported() {
    let crontab = r#"<config><group id="acme-group">
        <job name="pull" instance="\Acme\ErpBridge\Cron\Sync" method="pullAll"><config_path>acme/cron/pull</config_path></job>
        <job name="push" instance="Acme\ErpBridge\Cron\Sync" method="pushAll">
            <schedule>5 * * * *</schedule><config_path>acme/cron/push</config_path></job>
        <job name="other" instance="Acme\Other\Model\clean" method="run"><schedule>6 * * * *</schedule></job>
        <job name="never" instance="cleanJob" method="execute"/>
    </group></config>"#;
    let events = r#"<config><event name="sales_order_place_after">
        <observer name="Acme_ErpBridge::log" instance="Acme\ErpBridge\Observer\LogOrder" shared="false" disabled="false"/>
        <observer name="acme_other" disabled="true"/>
        <observer name="acme_own" instance="Acme\ErpBridge\Observer\Own" disabled="true"/>
        <observer name="acme_gone" instance="Acme\ErpBridge\Observer\Gone" shared="true"/>
    </event></config>"#;
    let observer = "<?php\nclass X extends Base {}\n";
    let dir = module(&[
        ("etc/crontab.xml", crontab),
        ("etc/events.xml", events),
        ("Cron/Sync.php", "<?php\nclass Sync { function pullAll() {} function pushAll() {} }\n"),
        ("Observer/LogOrder.php", observer),
        ("Observer/Own.php", observer),
    ]);
    let told = imported(dir.path(), None);
    assert!(findings(&told).iter().all(|(_, it)| it.rule != Rule::NotCarried), "{:#?}", findings(&told));
    let spec = told.spec.unwrap();
    let (_, tables) = spec.split_once("\n[[cron]]\n").unwrap();
    insta::assert_snapshot!(format!("[[cron]]\n{tables}"));
    magespec(dir.path(), &["import", "--in-place"]);
    magespec(dir.path(), &["build", "--reformat"]);
    let read = |path: &str| fs::read_to_string(dir.path().join(path)).unwrap();
    insta::assert_snapshot!("built_jobs_and_observers", read("etc/crontab.xml") + &read("etc/events.xml"));
    for absent in ["Observer/Gone.php", "Observer/Other.php", "etc/cron_groups.xml"] {
        assert!(!dir.path().join(absent).exists(), "{absent}");
    }
}

/// A file without entries says nothing that a spec could lose.
#[test]
fn an_empty_file_is_left_alone() {
    let dir = module(&[("etc/events.xml", "<config/>")]);
    assert!(findings(&imported(dir.path(), None)).iter().all(|(_, it)| it.rule != Rule::NotCarried));
    magespec(dir.path(), &["import", "--in-place"]);
    magespec(dir.path(), &["build"]);
    assert_eq!(fs::read_to_string(dir.path().join("etc/events.xml")).unwrap(), "<config/>");
}

#[test]
fn a_file_that_cannot_be_said_whole_is_left_alone() {
    for (path, text, from, to, marked, message) in [
        (
            "etc/csp_whitelist.xml",
            CSP,
            "id=\"api\" type=\"host\"",
            "id=\"api\" type=\"hash\"",
            "\"hash\"",
            "connect-src has a value of type hash",
        ),
        ("etc/csp_whitelist.xml", CSP, "*.acme.com", "'none'", "'none'", "none"),
        ("etc/csp_whitelist.xml", CSP, "\"img-src\"", "\"image-src\"", "\"image-src\"", "image-src"),
        ("etc/crontab.xml", CRONTAB, "*/30 * * * *", "*/30 * * *", "*/30 * * *", "*/30 * * *"),
        (
            "etc/webapi.xml",
            WEBAPI,
            "",
            "",
            "\"Acme",
            r"a route calls `Acme\ErpBridge\Api\OrderExportInterface`, but this module has no such class",
        ),
    ] {
        let text = text.replacen(from, to, if from.is_empty() { 0 } else { 1 });
        let dir = module(&[(path, &text)]);
        let told = imported(dir.path(), None);
        let (file, at, finding) = finds(&told, Rule::NotCarried);
        assert!(file.ends_with(path) && at.starts_with(marked), "{path}: {at}: {finding:#?}");
        assert!(finding.message.starts_with(&format!("{path} stays yours: ")), "{finding:#?}");
        assert!(finding.message.contains(message), "{message}: {finding:#?}");
        let spec = told.spec.unwrap();
        assert!(!["[csp]", "[[cron]]", "[[observer]]"].iter().any(|table| spec.contains(table)), "{spec}");
        magespec(dir.path(), &["import", "--in-place"]);
        magespec(dir.path(), &["build"]);
        assert_eq!(fs::read_to_string(dir.path().join(path)).unwrap(), text);
    }
}

#[test]
fn one_file_does_not_hold_up_another() {
    let other = CRONTAB.replace("*/30 * * * *", "*/30 * * *");
    let dir = module(&[("etc/crontab.xml", &other), ("etc/csp_whitelist.xml", CSP)]);
    let spec = spec_of(dir.path());
    assert!(spec.contains("[csp]") && !spec.contains("[[cron]]"), "{spec}");
}

#[test]
fn unreadable_xml_is_reported() {
    let dir = module(&[("etc/crontab.xml", "<config>")]);
    let told = imported(dir.path(), None);
    finds(&told, Rule::XmlUnreadable);
    assert!(told.spec.is_some());
}

#[test]
fn hashes_of_csp_come_over() {
    let digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    let value = format!("<value id=\"Acme_ErpBridge_1\" type=\"hash\" algorithm=\"sha256\">{digest}</value>");
    let csp = format!(
        "<csp_whitelist><policies><policy id=\"script-src\"><values>{value}<value id=\"Acme_ErpBridge_2\" type=\"host\">acme.com</value></values></policy></policies></csp_whitelist>"
    );
    let dir = module(&[("etc/csp_whitelist.xml", &csp)]);
    let told = imported(dir.path(), None);
    let spec = told.spec.unwrap();
    assert!(spec.contains(&format!("script-src = [\"'sha256-{digest}'\", \"acme.com\"]")), "{spec}");
    let compiled =
        magespec::compile(magespec::diag::Source::new("x", spec), magespec::catalog::Catalog::bundled());
    let path = magespec::tree::TreePath::new("etc/csp_whitelist.xml").unwrap();
    let made = String::from_utf8(compiled.tree.get(&path).unwrap().contents.clone()).unwrap();
    assert!(made.contains(&format!(" type=\"hash\" algorithm=\"sha256\">{digest}</value>")), "{made}");
}
