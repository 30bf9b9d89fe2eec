//! What a module declares beside its integrations: taken over file by file, whole or not at all.

use std::{fs, path::Path, process::Command};

use magespec::diag::Rule;

use crate::support::{
    files::contents,
    modules::{findings, finds, imported, module},
};

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

const DI: &str = "<config><preference for=\"A\" type=\"B\"/></config>";

fn spec(dir: &Path) -> String {
    imported(dir, None).spec.unwrap()
}

fn magespec(dir: &Path, arguments: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_magespec")).current_dir(dir).args(arguments).output().unwrap();
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

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
    assert!(spec(dir).contains("name = \"pull_stock\"") && spec(dir).contains("name = \"log_order\""));
}

/// A class that is there gets no other log than it had.
#[test]
fn no_wiring_comes_to_classes_that_are_there() {
    let dir = module(&[("etc/crontab.xml", CRONTAB), ("Cron/PullStock.php", JOB)]);
    assert!(spec(dir.path()).contains("\"etc/di.xml\""));
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

#[test]
fn a_file_that_cannot_be_said_whole_is_left_alone() {
    for (path, text, from, to, marked, message) in [
        (
            "etc/csp_whitelist.xml",
            CSP,
            "id=\"api\" type=\"host\"",
            "id=\"api\" type=\"hash\" algorithm=\"sha256\"",
            "\"hash\"",
            "connect-src has a value of type hash",
        ),
        ("etc/csp_whitelist.xml", CSP, "*.acme.com", "'none'", "<csp_whitelist>", "none"),
        ("etc/csp_whitelist.xml", CSP, "\"img-src\"", "\"image-src\"", "<csp_whitelist>", "image-src"),
        (
            "etc/crontab.xml",
            CRONTAB,
            "<schedule>*/30 * * * *</schedule>",
            "<config_path>a/b/c</config_path>",
            "<job",
            "no <schedule>",
        ),
        ("etc/crontab.xml", CRONTAB, "\"execute\"", "\"run\"", "\"run\"", "`method` of <job>"),
        (
            "etc/crontab.xml",
            CRONTAB,
            r"Acme\ErpBridge\Cron\PullStock",
            r"Acme\Other\Cron\PullStock",
            r#""Acme\Other\Cron\PullStock""#,
            r"`Acme\Other\Cron\PullStock` is not a class of this module",
        ),
        (
            "etc/crontab.xml",
            CRONTAB,
            "ErpBridge\\Cron\\PullStock",
            "ErpBridge\\Cron\\_Pull__Stock",
            "<config>",
            "`class` cannot be",
        ),
        (
            "etc/crontab.xml",
            CRONTAB,
            r#"acme_erpbridge_pull_stock" instance="Acme\ErpBridge\Cron\PullStock"#,
            r#"pull" instance="Acme\ErpBridge\Cron\Pull__Stock"#,
            "\"Acme",
            "no name can be derived from",
        ),
        ("etc/crontab.xml", CRONTAB, r"Cron\PullStock", r"Setup\PullStock", "<config>", r"`Setup\PullStock`"),
        ("etc/crontab.xml", CRONTAB, "*/30 * * * *", "*/30 * * *", "<config>", "*/30 * * *"),
        (
            "etc/events.xml",
            EVENTS,
            "LogOrder\"/>",
            "LogOrder\" disabled=\"true\"/>",
            "\"true\"",
            "express `disabled` of <observer>",
        ),
        ("etc/events.xml", "<config/>", "", "", "<config/>", "it has no entries"),
        (
            "etc/webapi.xml",
            WEBAPI,
            "",
            "",
            "\"Acme",
            r"`Acme\ErpBridge\Api\OrderExportInterface` is missing or unreadable",
        ),
    ] {
        let text = text.replacen(from, to, if from.is_empty() { 0 } else { 1 });
        let dir = module(&[(path, &text)]);
        let told = imported(dir.path(), None);
        let (file, at, finding) = finds(&told, Rule::NotCarried);
        assert!(file.ends_with(path) && at.starts_with(marked), "{path}: {at}: {finding:#?}");
        assert!(finding.message.starts_with(&format!("{path} is not imported: ")), "{finding:#?}");
        assert!(finding.message.contains(message), "{message}: {finding:#?}");
        let spec = told.spec.unwrap();
        assert!(!["[csp]", "[[cron]]", "[[observer]]"].iter().any(|table| spec.contains(table)), "{spec}");
        magespec(dir.path(), &["import", "--in-place"]);
        magespec(dir.path(), &["build"]);
        assert_eq!(fs::read_to_string(dir.path().join(path)).unwrap(), text);
    }
}

const INTERFACE: &str = r"<?php
namespace Acme\ErpBridge\Api;

use Acme\ErpBridge\Api\Data\OrderInterface as Order;
use Magento\Framework\Api\SearchCriteriaInterface;

interface OrderExportInterface
{
    /**
     * @param integer $orderId
     * @return Order|null
     */
    public function get($orderId);

    /**
     * @param string $store
     * @param SearchCriteriaInterface $searchCriteria
     * @return Data\OrderSearchResultsInterface
     */
    public function getList($store, SearchCriteriaInterface $searchCriteria);

    /**
     * @param string[] $notes
     * @param ?bool $urgent
     * @param \Magento\Sales\Api\Data\OrderInterface $order
     * @return void
     */
    public function add(array $notes, $urgent, $order);

    /** @return mixed */
    public function other();
}
";

const DATA: &str = r"<?php
namespace Acme\ErpBridge\Api\Data;

interface OrderInterface
{
    const ID = 'id';
    /** @return int */
    public function getId();
    /** @param int $id
     *  @return $this */
    public function setId($id);
    /** @return OrderInterface[]|null */
    public function getChildren();
    /** @return LineInterface[] */
    public function getLines();
}
";

const LINE: &str =
    "<?php\ninterface LineInterface\n{\n    /** @return float */\n    public function getQty();\n}\n";

const ROUTES: &str = r#"<routes>
    <route url="/V1/acme-erp/orders/:orderId" method="GET">
        <service class="Acme\ErpBridge\Api\OrderExportInterface" method="get"/>
        <resources><resource ref="Magento_Sales::actions_view"/></resources>
    </route>
    <!-- from the warehouse -->
    <route url="/V1/acme-erp/orders" method="POST">
        <service class="Acme\ErpBridge\Api\OrderExportInterface" method="add"/>
        <resources><resource ref="Magento_Sales::actions_view"/><resource ref="Magento_Sales::ship"/></resources>
    </route>
    <route url="/V1/acme-erp/orders" method="GET">
        <service class="Acme\ErpBridge\Api\OrderExportInterface" method="getList"/>
        <resources><resource ref="anonymous"/></resources>
    </route>
</routes>"#;

fn with_routes(routes: &str, interface: &str, data: &str) -> tempfile::TempDir {
    module(&[
        ("etc/webapi.xml", routes),
        ("etc/di.xml", DI),
        ("Api/OrderExportInterface.php", interface),
        ("Api/Data/OrderInterface.php", data),
        ("Api/Data/LineInterface.php", LINE),
        ("Model/Order/Export.php", "<?php\nclass Export {}\n"),
    ])
}

#[test]
fn routes_become_services_and_their_php_stays() {
    let interface = INTERFACE.replace("@return Data", r"@return \Acme\ErpBridge\Api\Data");
    let dir = with_routes(ROUTES, &interface, DATA);
    let told = imported(dir.path(), None);
    assert!(findings(&told).iter().all(|(_, it)| it.rule != Rule::NotCarried), "{:#?}", findings(&told));
    let spec = told.spec.unwrap();
    let (_, tables) = spec.split_once("\n# from the warehouse\n").unwrap();
    insta::assert_snapshot!(tables);
    let before = contents(dir.path());
    magespec(dir.path(), &["import", "--in-place"]);
    magespec(dir.path(), &["build"]);
    let after = contents(dir.path());
    let is_own = |path: &str| path != "registration.php" && (path.ends_with(".php") || path == "etc/di.xml");
    for (path, bytes) in before.iter().filter(|(path, _)| is_own(path)) {
        assert_eq!(after.get(path), Some(bytes), "{path}");
    }
    let come: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    assert!(come.iter().all(|path| !path.ends_with(".php")), "{come:?}");
    assert!(String::from_utf8_lossy(&after["etc/webapi.xml"]).contains("Generated by magespec"));
}

#[test]
fn routes_that_cannot_be_said_stay() {
    let good = INTERFACE.replace("@return Data", r"@return \Acme\ErpBridge\Api\Data");
    for (from, to, marked, message) in [
        ("method=\"add\"", "method=\"put\"", "\"put\"", "does not declare the method `put`"),
        ("method=\"add\"", "method=\"getList\"", "\"getList\"", "two routes call the method `getList`"),
        ("method=\"add\"", "method=\"other\"", "\"other\"", "has the type \"mixed\""),
        (":orderId", ":id", "\"get\"", "does not describe the path parameter `id`"),
        (
            r"Api\OrderExportInterface",
            r"Model\OrderExport",
            "\"Acme",
            "not an interface in the module's Api folder",
        ),
        ("<resource ref=\"anonymous\"/>", "", "<routes>", "acl"),
        ("method=\"getList\"/>", "method=\"getList\"/><data/>", "<data/>", "a spec cannot express <data>"),
        (
            "/V1/acme-erp/orders\" method=\"POST",
            "/V1/acme-erp/orders\" secure=\"true\" method=\"POST",
            "\"true\"",
            "express `secure` of <route>",
        ),
        ("method=\"POST\"", "method=\"PATCH\"", "<routes>", "PATCH"),
    ] {
        assert!(ROUTES.contains(from), "{from}");
        refused(&with_routes(&ROUTES.replacen(from, to, 1), &good, DATA), marked, message);
    }
    for (from, to, message) in [
        ("@param integer", "@param array", "has the type \"array\""),
        ("@param integer $orderId", "@param $orderId", "no type for `$orderId`"),
        ("Order|null", "Order|int", "has the type \"Order|int\""),
        ("@return void", "", "has the type \"\""),
        (
            "OrderInterface as Order",
            "OtherInterface as Order",
            "Api/Data/OtherInterface.php is missing or unreadable",
        ),
        (r"Data\OrderInterface as Order", r"Data\Deep\OrderInterface as Order", "has the type"),
        (r"Api\Data\OrderInterface as Order", r"Model\Order", "has the type"),
    ] {
        assert!(good.contains(from), "{from}");
        refused(&with_routes(ROUTES, &good.replacen(from, to, 1), DATA), "\"", message);
    }
    let data = DATA.replace("@return LineInterface[]", "@return array");
    refused(
        &with_routes(ROUTES, &good, &data),
        "\"get\"",
        "the doc block of `getLines` has the type \"array\"",
    );
}

/// `etc/webapi.xml` is not imported, with the place.
fn refused(dir: &tempfile::TempDir, marked: &str, message: &str) {
    let told = imported(dir.path(), None);
    let (file, at, finding) = finds(&told, Rule::NotCarried);
    assert!(file.ends_with("etc/webapi.xml") && at.starts_with(marked), "{message}: {at}: {finding:#?}");
    assert!(finding.message.contains(message), "{message}: {finding:#?}");
    assert!(!told.spec.unwrap().contains("[[service]]"), "{message}");
}

const SERVICES: &str = r#"
[module]
name = "Acme_ErpBridge"
description = "Lets the Acme ERP read orders"
version = "1.0.0"

[target]
magento = ">=2.4.4 <2.4.9"

[[integration]]
name = "Acme ERP"
email = "erp@acme.com"
resources = ["Magento_Sales::actions_view"]

[[service]]
name = "OrderExport"
description = "What the ERP reads"

[[service.method]]
name = "get"
description = "One order, by its number"
route = "GET /V1/acme-erp/orders/:orderId"
acl = "Magento_Sales::actions_view"
parameters = { orderId = "int" }
returns = "Order"

[[service.method]]
name = "getList"
route = "GET /V1/acme-erp/orders"
acl = "Magento_Sales::actions_view"
returns = "Order"
search = true

[[data]]
name = "Order"
fields = { id = "int", lines = "Line[]", erp_number = "string?" }

[[data]]
name = "Line"
description = "A line of an order"
fields = { qty = "float" }
"#;

#[test]
fn services_that_were_built_come_back() {
    let dir = built(SERVICES);
    let before = contents(dir.path());
    magespec(dir.path(), &["import", "--in-place", "--target", ">=2.4.4 <2.4.9"]);
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    assert!(spec.contains("search = true") && !spec.contains("Api/"), "{spec}");
    magespec(dir.path(), &["build"]);
    let after = contents(dir.path());
    let same = |path: &&String| path.ends_with(".php") || path.ends_with(".xml");
    for path in before.keys().filter(same) {
        assert_eq!(before[path], after[path], "{path}");
    }
}

const SETTINGS: &str = r#"
[module]
name = "Acme_ErpBridge"
description = "Lets the Acme ERP read orders"
version = "1.0.0"

[target]
magento = ">=2.4.4 <2.4.9"

[[integration]]
name = "Acme ERP"
email = "erp@acme.com"
resources = ["Magento_Sales::actions_view"]

[[acl]]
id = "Acme_ErpBridge::config"
title = "Acme ERP"
parent = "Magento_Config::config"

[settings]
label = "Acme ERP"
tab = "sales"
sort_order = 30
resource = "Acme_ErpBridge::config"
menu = "Magento_Backend::stores_settings"
groups = { connection = "The connection", other = "Other" }

[[setting]]
path = "connection/enabled"
type = "yesno"
default = false
scope = "store"

[[setting]]
path = "connection/base_url"
type = "url"
comment = "Without a slash at the end."
default = "https://erp.acme.com"
required = true
depends = { "connection/enabled" = true }

[[setting]]
path = "connection/key"
type = "secret"

[[setting]]
path = "connection/stage"
type = "select"
options = { sandbox = "Sandbox", production = "Production" }
default = "sandbox"
depends = { "connection/enabled" = true, "other/name" = "x" }

[[setting]]
path = "connection/retries"
type = "number"
min = -5
max = 60
default = 10
required = false
scope = "global"

[[setting]]
path = "connection/days"
type = "multiselect"
options = { mo = "Monday", tu = "Tuesday" }
default = ["mo", "tu"]

[[setting]]
path = "other/contact"
type = "email"
default = "it@acme.com"

[[setting]]
path = "other/name"
type = "text"

[[setting]]
path = "other/note"
type = "textarea"
"#;

/// A module that was built, as one that is there already.
fn built(spec: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    magespec(dir.path(), &["build"]);
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    fs::remove_file(dir.path().join("integration.lock")).unwrap();
    dir
}

#[test]
fn settings_come_back_with_all_that_is_said_of_them() {
    let dir = built(SETTINGS);
    let told = imported(dir.path(), Some(">=2.4.4 <2.4.9"));
    let refused: Vec<_> = findings(&told).into_iter().filter(|(_, it)| it.rule == Rule::NotCarried).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let spec = told.spec.unwrap();
    let (_, tables) = spec.split_once("\n[settings]\n").unwrap();
    insta::assert_snapshot!(format!("[settings]\n{tables}"));
    let read = |path: &str| fs::read_to_string(dir.path().join(path)).unwrap();
    let before = ["etc/adminhtml/system.xml", "etc/config.xml", "etc/adminhtml/menu.xml", "Model/Config.php"]
        .map(read);
    magespec(dir.path(), &["import", "--in-place", "--target", ">=2.4.4 <2.4.9"]);
    magespec(dir.path(), &["build"]);
    let after = ["etc/adminhtml/system.xml", "etc/config.xml", "etc/adminhtml/menu.xml", "Model/Config.php"]
        .map(read);
    assert_eq!(before, after);
}

#[test]
fn settings_that_cannot_be_said_stay_with_their_defaults() {
    for (path, from, to, message) in [
        ("etc/adminhtml/system.xml", "type=\"textarea\"", "type=\"file\"", "fields of type `file`"),
        ("etc/adminhtml/system.xml", "validate-email", "validate-emails", "cannot express <validate>"),
        ("etc/adminhtml/system.xml", r"Source\Yesno", r"Source\Enabledisable", "has no options"),
        (
            "etc/adminhtml/system.xml",
            "<tab>sales</tab>",
            "<tab>sales</tab><class>separator-top</class>",
            "cannot express <class>",
        ),
        (
            "etc/adminhtml/system.xml",
            "</section>",
            "</section><section id=\"second\"/>",
            "more than one section",
        ),
        (
            "etc/adminhtml/system.xml",
            "showInDefault=\"1\" showInWebsite=\"1\" showInStore=\"0\" canRestore",
            "showInDefault=\"0\" showInWebsite=\"1\" showInStore=\"0\" canRestore",
            "`showInDefault`",
        ),
        (
            "etc/config.xml",
            "</default>",
            "</default><websites><base/></websites>",
            "cannot express <websites>",
        ),
        (
            "etc/config.xml",
            "<enabled>0</enabled>",
            "<enabled>0</enabled><hidden>1</hidden>",
            "cannot express <hidden>",
        ),
    ] {
        let dir = built(SETTINGS);
        let text = fs::read_to_string(dir.path().join(path)).unwrap();
        assert!(text.contains(from), "{from}: {text}");
        fs::write(dir.path().join(path), text.replacen(from, to, 1)).unwrap();
        let told = imported(dir.path(), Some(">=2.4.4 <2.4.9"));
        let all = findings(&told);
        let refused: Vec<&str> = all
            .iter()
            .filter(|(_, it)| it.rule == Rule::NotCarried)
            .map(|(_, it)| it.message.as_str())
            .collect();
        assert!(
            refused
                .iter()
                .any(|it| it.starts_with("etc/adminhtml/system.xml is not imported") && it.contains(message)),
            "{message}: {refused:#?}"
        );
        // Without the section there is no entry that leads to it.
        assert!(
            refused.iter().any(|it| it.starts_with("etc/adminhtml/menu.xml is not imported")),
            "{refused:#?}"
        );
        assert!(!told.spec.unwrap().contains("[settings]"));
    }
}

#[test]
fn places_are_an_order_and_boxes_show_what_is_in_them() {
    let dir = built(SETTINGS);
    let path = dir.path().join("etc/adminhtml/system.xml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("sortOrder=\"20\"", "sortOrder=\"27\"").replace(" canRestore=\"1\"", "");
    fs::write(&path, text.replace("<attribute type=\"expanded\">1</attribute>", "")).unwrap();
    assert!(spec(dir.path()).contains("[settings]"));
}

#[test]
fn one_file_does_not_hold_up_another() {
    let other = CRONTAB.replace("\"execute\"", "\"run\"");
    let dir = module(&[("etc/crontab.xml", &other), ("etc/csp_whitelist.xml", CSP)]);
    let spec = spec(dir.path());
    assert!(spec.contains("[csp]") && !spec.contains("[[cron]]"), "{spec}");
}

#[test]
fn what_is_no_xml_is_told() {
    let dir = module(&[("etc/crontab.xml", "<config>")]);
    let told = imported(dir.path(), None);
    finds(&told, Rule::XmlUnreadable);
    assert!(told.spec.is_some());
}
