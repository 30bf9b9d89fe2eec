use magespec::diag::{Level, Rule};

use super::{finds, passes};

const KNOWN: &str = "[rules]\nformer-name-left = \"allow\"\n";

#[test]
fn former_names() {
    let setting = |path: &str, former: &str| {
        format!("[[setting]]\npath = \"{path}\"\nrenamed_from = {former}\ntype = \"text\"\n")
    };
    let settings = |all: &str| format!("[settings]\nlabel = \"Acme\"\n{all}{KNOWN}");
    let other = "[[setting]]\npath = \"api/key\"\ntype = \"text\"\n";
    for former in [
        "«\"acme_erpbridge/api/url\"»",
        "«\"acme_erpbridge/api/key\"»",
        "«\"web/unsecure/base_url\"»",
        "[\"old_section/api/url\", «\"old_section/api/url\"»]",
    ] {
        finds(Rule::FormerName, &settings(&(setting("api/url", former) + other)));
    }
    passes(&settings(&(setting("api/url", "[\"old_section/api/url\", \"acme_erpbridge/api/uri\"]") + other)));
    let job = |keys: &str| format!("[[cron]]\nschedule = \"0 3 * * *\"\n{keys}\n");
    let pull = job("name = \"pull\"");
    finds(
        Rule::FormerName,
        &(pull.clone() + &job("name = \"fetch\"\nrenamed_from = «\"acme_erpbridge_pull\"»")),
    );
    finds(Rule::FormerName, &job("name = \"fetch\"\nrenamed_from = «\"sales_clean_quotes\"»"));
    passes(&(pull + &job("name = \"fetch\"\nrenamed_from = \"acme_erpbridge_get\"") + KNOWN));
}

#[test]
fn former_names_are_noted_until_they_go() {
    let settings = "[settings]\nlabel = \"Acme\"\n[[setting]]\npath = \"api/url\"\ntype = \"text\"\n";
    let setting = finds(Rule::FormerNameLeft, &format!("{settings}renamed_from = «\"a/b/c\"»\n"));
    assert_eq!(setting.message, "`a/b/c` can go as soon as no shop stores a value at that path");
    finds(Rule::FormerNameLeft, &format!("{settings}renamed_from = [«\"a/b/c\"»]\n"));
    let job = "[[cron]]\nschedule = \"0 3 * * *\"\nname = \"fetch\"\nrenamed_from = «\"acme_get\"»\n";
    finds(Rule::FormerNameLeft, job);
    let acl = "[[acl]]\nid = \"Acme_ErpBridge::a\"\ntitle = \"Acme\"\nparent = \"Magento_Backend::admin\"\n\
               renamed_from = «\"Acme_ErpBridge::b\"»\n[rules]\nacl-unused = \"allow\"\n";
    let resource = finds(Rule::FormerNameLeft, acl);
    assert!(resource.reason.unwrap().contains("`Acme_ErpBridge::a` once in each shop"));
}

#[test]
fn the_short_name_of_a_job_is_a_warning_that_can_be_allowed() {
    let job = "[[cron]]\nschedule = \"0 3 * * *\"\nname = \"fetch\"\nrenamed_from = «\"pull\"»\n";
    let finding = finds(Rule::FormerNameLeft, job);
    assert_eq!(finding.level, Level::Warning);
    assert_eq!(finding.help.unwrap(), "write `acme_erpbridge_pull`, unless crontab.xml had `pull`");
    passes(&(job.replace(['«', '»'], "") + "[rules]\nformer-name-left = \"allow\"\n"));
}

#[test]
fn a_name_that_the_module_still_uses_is_no_former_one() {
    let acl = |parent: &str, former: &str| {
        format!(
            "[[acl]]\nid = \"Acme_ErpBridge::a\"\ntitle = \"Acme\"\nparent = {parent}\nrenamed_from = «\"{former}\"»\n\
             [rules]\nacl-unused = \"allow\"\nunverifiable-resource = \"allow\"\n"
        )
    };
    let other = "\"Acme_Base::erp\"\nparents = [{ id = \"Magento_Backend::admin\" }, { id = \"Acme_Base::erp\", title = \"ERP\" }]";
    let finding = finds(Rule::FormerName, &acl(other, "Acme_Base::erp"));
    assert_eq!(finding.message, "the module still uses the resource `Acme_Base::erp`");
    let finding = finds(Rule::FormerName, &acl("\"Magento_Sales::ship\"", "Magento_Sales::ship"));
    assert_eq!(finding.message, "the resource `Magento_Sales::ship` belongs to Magento_Sales");
}

#[test]
fn declared_twice() {
    let method =
        |name: &str, route: &str| format!("{{ name = {name}, route = {route}, acl = \"anonymous\" }}");
    let service = |name: &str, methods: &str| format!("[[service]]\nname = {name}\nmethod = [{methods}]\n");
    let one = service("\"Orders\"", &method("\"get\"", "\"GET /V1/acme/:id\""));
    finds(
        Rule::DeclaredTwice,
        &(one.clone() + &service("«\"ORDERS\"»", &method("\"get\"", "\"GET /V1/x\""))),
    );
    finds(
        Rule::DeclaredTwice,
        &(one.clone() + &service("\"Parcels\"", &method("\"get\"", "«\"GET /V1/acme/:other\"»"))),
    );
    let methods = [
        method("\"get\"", "\"GET /V1/a\""),
        method("«\"GET\"»", "\"GET /V1/b\"").replace("GET\"»", "gET\"»"),
    ];
    finds(Rule::DeclaredTwice, &service("\"Orders\"", &methods.join(", ")));
    finds(
        Rule::DeclaredTwice,
        "[[data]]\nname = \"Order\"\nfields = { id = \"int\" }\n[[data]]\nname = «\"ORder\"»\nfields = { id = \"int\" }\n",
    );
    finds(
        Rule::DeclaredTwice,
        "[[cron]]\nname = \"pull_stock\"\nschedule = \"0 3 * * *\"\n[[cron]]\nname = «\"pull_stock\"»\nschedule = \"0 4 * * *\"\n",
    );
    let observer = |event: &str, name: &str| format!("[[observer]]\nname = {name}\nevent = \"{event}\"\n");
    let first = observer("customer_login", "\"log\"");
    finds(Rule::DeclaredTwice, &(first.clone() + &observer("customer_login", "«\"log\"»")));
    passes(&(first.clone() + &observer("customer_logout", "\"log\"")));
    // By their names for Magento; several may share a class.
    let cron = |keys: &str| format!("[[cron]]\n{keys}\nschedule = \"0 3 * * *\"\n");
    let pull = cron("name = \"pull\"");
    let acme = cron("name = \"x1\"\nid = \"acme_pull\"");
    finds(Rule::DeclaredTwice, &(acme.clone() + &cron("name = \"x2\"\nid = «\"ACME_pull\"»")));
    passes(&(pull.clone() + &cron("name = \"push\"\nclass = 'Cron\\Pull'\nmethod = \"pushAll\"")));
    passes(&(pull.clone() + &cron("name = \"pull\"\ngroup = \"default\"")));
    finds(Rule::DeclaredTwice, &(pull.clone() + &cron("name = «\"pull\"»\nclass = 'Cron\\Other'")));
    passes(&(pull + &cron("name = \"pull\"\nid = \"acme\"\nclass = 'Cron\\Other'")));
    passes(&(first.clone() + &observer("customer_login", "\"log\"\nid = \"acme_log\"")));
    finds(
        Rule::DeclaredTwice,
        &(first.clone() + &observer("customer_login", "\"other\"\nid = «\"acme_erpbridge_log\"»")),
    );
    let setting = |path: &str| format!("[[setting]]\npath = {path}\ntype = \"text\"\n");
    let section = "[settings]\nlabel = \"Acme ERP\"\n";
    finds(Rule::DeclaredTwice, &format!("{section}{}{}", setting("\"erp/key\""), setting("«\"erp/Key\"»")));
    passes(&format!("{section}{}{}", setting("\"erp/key\""), setting("\"shop/key\"")));
    // With the group in front both would be read by getAaBbCc.
    let alike = ["\"aa/bb_cc\"", "«\"aa_bb/cc\"»", "\"x1/cc\"", "\"x1/bb_cc\""];
    finds(Rule::DeclaredTwice, &format!("{section}{}", alike.map(setting).concat()));
}

#[test]
fn class_name() {
    let cron = |name: &str| format!("[[cron]]\nname = {name}\nschedule = \"0 3 * * *\"\n");
    for name in ["list", "config", "deliver_webhooks"] {
        finds(Rule::ClassName, &cron(&format!("«\"{name}\"»")));
    }
    passes(&cron("\"list_stock\""));
    let observer = |name: &str| format!("[[observer]]\nname = {name}\nevent = \"customer_login\"\n");
    for name in ["observer", "record_webhook", "switch"] {
        finds(Rule::ClassName, &observer(&format!("«\"{name}\"»")));
    }
    let handler = |class: &str| {
        [
            format!("[[cron]]\nname = \"x1\"\nschedule = \"0 3 * * *\"\nclass = {class}\n"),
            format!("[[observer]]\nname = \"x1\"\nevent = \"customer_login\"\nclass = {class}\n"),
        ]
    };
    for class in [
        r"Api\Sync",
        r"Model\Data\Sync",
        r"setup\X",
        r"Model\CONFIG\X",
        r"Cron\DELIVERWebhooks",
        r"Model\List\X",
        r"Model\List",
    ] {
        let class = class.replacen("setup", "Setup", 1);
        for text in handler(&format!("«'{class}'»")) {
            finds(Rule::ClassName, &text);
        }
    }
    for class in [r"Model\Data", r"Model\Configured\X", r"Plugin\A\B_c"] {
        handler(&format!("'{class}'")).iter().for_each(|text| passes(text));
    }
    // One file holds one of them.
    let [job, observer] = [handler("'Model\\Sync'")[0].clone(), handler("«'Model\\Sync'»")[1].clone()];
    finds(Rule::ClassName, &(job + &observer));
    finds(Rule::ClassName, "[[data]]\nname = «\"String\"»\nfields = { id = \"int\" }\n");
    let service = "[[service]]\nname = \"Orders\"\nmethod = [{ name = \"getList\", route = \"GET /V1/acme\", acl = \"anonymous\", returns = \"Order\", search = true }]\n[[data]]\nname = \"Order\"\nfields = { id = \"int\" }\n";
    passes(service);
    finds(
        Rule::ClassName,
        &format!("{service}[[data]]\nname = «\"OrderSearchResults\"»\nfields = {{ id = \"int\" }}\n"),
    );
    let named = service.replace("\"Orders\"", "«\"Config\"»");
    finds(
        Rule::ClassName,
        &format!(
            "{named}[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"erp/key\"\ntype = \"text\"\n"
        ),
    );
}

#[test]
fn getters_and_parameters_that_are_one() {
    let data = |fields: &str| format!("[[data]]\nname = \"Order\"\nfields = {{ {fields} }}\n");
    finds(Rule::DeclaredTwice, &data("a_b = \"int\", «ab» = \"int\""));
    passes(&data("a_bc = \"int\", ab_cd = \"int\""));
    let method = |route: &str, body: &str| {
        format!(
            "[[service]]\nname = \"Orders\"\n[[service.method]]\nname = \"put\"\nroute = {route}\nacl = \"Magento_Sales::sales\"\nbody = {{ {body} }}\n"
        )
    };
    let plain = "\"POST /V1/acme/:order_id\"";
    finds(Rule::DeclaredTwice, &method(plain, "erpNumber = \"int\", «erp_number» = \"int\""));
    finds(Rule::DeclaredTwice, &method(plain, "«orderId» = \"int\""));
    finds(Rule::DeclaredTwice, &method("«\"POST /V1/acme/:order_id/:orderId\"»", "erp = \"int\""));
    passes(&method(plain, "erpNumber = \"int\""));
}

#[test]
fn name_taken() {
    let job = |keys: &str| format!("[[cron]]\nname = \"clean_quotes\"\nschedule = \"0 3 * * *\"\n{keys}\n");
    let finding = finds(Rule::NameTaken, &job("group = \"default\"\nid = «\"sales_clean_quotes\"»"));
    assert_eq!(
        finding.message,
        "`sales_clean_quotes` is a job of Magento_Sales in the group `default` in 2.4.3..2.4.3-p3"
    );
    passes(&job("group = \"index\"\nid = \"sales_clean_quotes\""));
    let named =
        |name: &str| format!("[module]\nname = «\"{name}\"»\ndescription = \"x\"\nversion = \"1.0.0\"\n");
    let finding = finds(Rule::NameTaken, &named("Magento_Sales"));
    assert_eq!(finding.message, "`Magento_Sales` is a module of Magento in 2.4.3..2.4.3-p3");
    finds(Rule::NameTaken, &named("Magento_SALES"));
    let observer = |keys: &str| format!("[[observer]]\nname = \"log\"\n{keys}\n");
    let finding = finds(
        Rule::NameTaken,
        &observer("event = \"admin_system_config_changed_section_cataloginventory\"\nid = «\"inventory\"»"),
    );
    assert_eq!(
        finding.message,
        "`inventory` is an observer of Magento_CatalogInventory for `admin_system_config_changed_section_cataloginventory` in 2.4.7-p8"
    );
    passes(&observer(
        "event = \"admin_system_config_changed_section_cataloginventory\"\nid = \"acme_inventory\"",
    ));
    // Core has it in Admin.
    finds(Rule::NameTaken, &observer("event = \"admin_user_authenticate_after\"\nid = «\"magento_user\"»"));
    passes(&observer(
        "event = \"admin_user_authenticate_after\"\nid = \"magento_user\"\narea = \"frontend\"",
    ));
    let in_2_3_7 = "[target]\nmagento = \"2.3.7\"\n";
    // The group of its own jobs is that of Dotdigitalgroup_Email.
    let finding = finds(Rule::NameTaken, &(in_2_3_7.to_owned() + &named("Ddg_Automation") + &job("")));
    assert!(finding.message.contains("a cron group of Dotdigitalgroup_Email"), "{}", finding.message);
    passes(
        &(in_2_3_7.to_owned()
            + &named("Ddg_Automation").replace(['«', '»'], "")
            + &job("group = \"default\"")),
    );
}
