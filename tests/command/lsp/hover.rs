//! Hover over keys and values.

mod marks;

use serde_json::Value;

use super::{SPEC, editor::Editor};

const MORE: &str = "calls = [\"GET /V1/orders/:id\", \"POST /V1/acme-erp/sync\"]

[[acl]]
id = \"Acme_Erp::sync\"
title = \"Trigger a sync\"
parent = \"Magento_Backend::admin\"

[[service]]
name = \"Sync\"

[[service.method]]
name = \"run\"
route = \"POST /V1/acme-erp/sync\"
acl = \"Acme_Erp::sync\"
returns = \"Magento\\\\Sales\\\\Api\\\\Data\\\\OrderInterface\"

[settings]
label = \"Acme ERP\"
tab = \"sales\"

[[setting]]
path = \"connection/base_url\"
type = \"url\"
label = \"Base URL\"
default = \"https://erp.acme.com\"

[[setting]]
path = \"connection/signing_secret\"
type = \"secret\"

[[setting]]
path = \"connection/enabled\"
type = \"yesno\"

[[setting]]
path = \"connection/timeout\"
type = \"number\"
min = 1
max = 9

[[setting]]
path = \"connection/mode\"
type = \"select\"
options = { a = \"Option\" }
depends = { \"connection/enabled\" = true }

[[setting]]
path = \"connection/known\"
type = \"select\"
source_model = 'Magento\\Config\\Model\\Config\\Source\\Yesno'

[[data]]
name = \"Note\"
fields = { note = \"string\" }

[webhooks]
url = \"connection/base_url\"
secret = \"connection/signing_secret\"
enabled = \"connection/enabled\"
timeout = \"connection/timeout\"

[[webhook]]
topic = \"order.saved\"
event = \"sales_order_save_after\"
fields = { grand_total = \"float\", \"billing_address.city\" = \"string\", number = { from = \"increment_id\", type = \"string\" } }
when = { status = [\"processing\"] }

[[cron]]
name = \"pull\"
schedule = \"0 3 * * *\"
group = \"default\"

[rules]
event-caution = \"allow\"
";

fn text() -> String {
    let resources =
        "\"Magento_Sales::actions_view\", \"Magento_Sales::*invoice*\", \"!Magento_Sales::invoice\"";
    let spec = SPEC.replace("\"Magento_Sales::actions_view\", \"Magento_Log::online\"", resources);
    spec.replace(" 😀", "").replace("2.4.7", ">=2.2.0 <2.4.9") + MORE
}

#[test]
fn hover_says_what_is_known() {
    let text = text();
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &text);
    let places = [
        ("magento = \">=2", "Selects"),
        ("Magento_Sales::act", "**Sales > Operations > Orders > Actions > View**"),
        ("Magento_Sales::*inv", "Selects 2 resources:"),
        ("!Magento_Sales::inv", "**Sales > Operations > Orders > Actions > Invoice**"),
        ("GET /V1/orders/:", "`GET /V1/orders/:id`, in all releases of the target. It needs:"),
        ("POST /V1/acme", "`POST /V1/acme-erp/sync`"),
        ("Acme_Erp::sy", "**Trigger a sync**"),
        ("returns = \"Magento\\\\S", "`Magento\\Sales\\Api\\Data\\OrderInterface`, in all releases"),
        ("tab = \"sa", "**Sales**"),
        ("url = \"conn", "**Base URL**"),
        ("event = \"sales", "`sales_order_save_after`, in all releases of the target. Its entity is order"),
        ("fields = { grand", "`grand_total` of `Magento\\Sales\\Api\\Data\\OrderInterface`: float"),
        ("billing_address.ci", "`city` of `Magento\\Sales\\Api\\Data\\OrderAddressInterface`: string"),
        ("group = \"def", "Cron group `default`"),
        ("event-cau", "**An event that may not fire when its name suggests**"),
        ("sched", "Schedule: minute, hour"),
        ("[[cr", "A cron job."),
        ("grand_total = \"flo", "`grand_total` of `Magento\\Sales\\Api\\Data\\OrderInterface`: float"),
        (
            "billing_address.city\" = \"str",
            "`city` of `Magento\\Sales\\Api\\Data\\OrderAddressInterface`: string",
        ),
        ("number = { from = \"increment_id\", type = \"str", "`increment_id` of"),
        ("when = { status = [\"pro", "`status` of `Magento\\Sales\\Api\\Data\\OrderInterface`: string"),
        ("depends = { \"connection/enabled\" = tr", "Setting `connection/enabled` of this spec."),
        (
            "source_model = 'Magento",
            "`Magento\\Config\\Model\\Config\\Source\\Yesno` of Magento, in all releases",
        ),
        ("options = { a = \"Opt", "Options: stored value and label."),
        ("fields = { note = \"str", "Fields"),
    ];
    let mut all = String::new();
    for (place, start) in places {
        let hover = editor.behind("textDocument/hover", &text, place);
        let value = hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("{place}: {hover}"));
        assert!(value.starts_with(start), "{place}: {value}");
        all += &format!("## {place}\n{value}\n\n");
    }
    insta::assert_snapshot!(all);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn completions_have_the_same_documentation() {
    let text = text().replace("Magento_Sales::actions_view", "view order");
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &text);
    let list = editor.behind("textDocument/completion", &text, "view order");
    let item = list["items"][0].clone();
    assert_eq!(item["label"], "Magento_Sales::actions_view");
    let resolved = editor.request("completionItem/resolve", item);
    let value = resolved["documentation"]["value"].as_str().unwrap();
    assert!(value.starts_with("**Sales > Operations > Orders > Actions > View**"), "{value}");
    let list = editor.behind("textDocument/completion", &text, "type = \"yesno\"\n");
    let items = list["items"].as_array().unwrap();
    let scope: &Value = items.iter().find(|it| it["label"] == "scope").unwrap();
    let resolved = editor.request("completionItem/resolve", scope.clone());
    assert!(resolved["documentation"]["value"].as_str().unwrap().starts_with("Scope of the value"));
    assert_eq!(editor.request("completionItem/resolve", serde_json::json!({ "label": "x" }))["label"], "x");
    assert_eq!(editor.end(), Some(0));
}

/// Hovers behind places of tables below a spec with a target.
fn hovered(asked: &[(&str, &str, &str)]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    let sound = SPEC.replace(", \"Magento_Log::online\"", "");
    let mut all = Vec::new();
    for (target, tables, place) in asked {
        let text = sound.replace("2.4.7", target) + "\n" + tables;
        editor.set_text(&text);
        let hover = editor.behind("textDocument/hover", &text, place);
        all.push(hover["contents"]["value"].as_str().unwrap_or_default().to_owned());
    }
    assert_eq!(editor.end(), Some(0));
    all
}

#[test]
fn fields_of_other_releases_are_left_out() {
    let takes = |class: &str| {
        format!(
            "[[service]]\nname = \"Sync\"\n\n[[service.method]]\nname = \"run\"\nroute = \"POST /V1/erp/run\"\nacl = \"self\"\nreturns = '{class}'\n"
        )
    };
    let order = takes(r"Magento\Sales\Api\Data\OrderInterface");
    let [all, old, other] = [
        (">=2.2.0 <2.4.9", order.as_str()),
        ("2.0.0", order.as_str()),
        // Not there in 2.0.0: the fields are those that it has elsewhere.
        ("2.0.0", &takes(r"Magento\InventoryApi\Api\Data\SourceInterface")),
    ]
    .map(|(target, tables)| hovered(&[(target, tables, "returns = 'Magento")]).remove(0));
    let amount = "`base_discount_tax_compensation_amount`";
    assert_eq!(all.matches(amount).count(), 1, "{all}");
    assert!(old.contains(&format!("- {amount}: float\n")), "{old}");
    assert!(other.starts_with(r"`Magento\InventoryApi\Api\Data\SourceInterface`, in no release"), "{other}");
    assert!(other.contains("`country_id`: string|null\n"), "{other}");
    for hover in [all, old, other] {
        assert!(hover.lines().all(|line| !line.ends_with("in ")), "{hover}");
    }
}

#[test]
fn hovers_describe_the_releases_of_the_target() {
    let studio = "[[menu]]\nid = \"Acme_Erp::x\"\ntitle = \"Erp\"\nparent = \"Dotdigitalgroup_Email::automation_studio\"\n";
    let key = "[[cron]]\nname = \"pull\"\nconfig_path = \"payment/braintree/public_key\"\n";
    let tab = "[settings]\nlabel = \"Acme\"\ntab = \"ddg_automation\"\n";
    let group = "[[cron]]\nname = \"pull\"\nschedule = \"0 3 * * *\"\ngroup = \"default\"\n";
    let found = hovered(&[
        ("2.2.2", studio, "parent = \"Dot"),
        ("2.4.3", studio, "parent = \"Dot"),
        ("2.3.0", key, "config_path = \"pay"),
        ("2.4.0", key, "config_path = \"pay"),
        (">=2.3.0 <2.4.1", key, "config_path = \"pay"),
        ("2.4.3", tab, "tab = \"ddg"),
        ("2.0.0", group, "group = \"def"),
        ("2.4.7", group, "group = \"def"),
    ]);
    insta::assert_snapshot!(found.join("\n\n----\n\n"));
}

#[test]
fn settings_are_those_of_their_sections() {
    let settings = "[settings]
label = \"Acme\"

[[settings.section]]
id = \"acme_ship\"
label = \"Ship\"
tab = \"sales\"

[[setting]]
path = \"api/mode\"
label = \"First\"
type = \"yesno\"

[[setting]]
path = \"store_information/name\"
label = \"Own name\"
type = \"text\"
depends = { \"api/mode\" = true, \"acme_ship/api/mode\" = \"x\" }

[[setting]]
path = \"api/mode\"
section = \"acme_ship\"
label = \"Second\"
type = \"text\"

[[setting]]
path = \"api/other\"
section = \"acme_ship\"
label = \"Third\"
type = \"text\"
depends = { \"api/mode\" = \"y\" }

[[setting]]
path = \"api/moved\"
label = \"Moved\"
type = \"text\"
config_path = \"acme/else/where\"
";
    let job = |path: &str| format!("{settings}\n[[cron]]\nname = \"pull\"\nconfig_path = \"{path}\"\n");
    let at = "name = \"pull\"\nconfig_path = \"";
    let found = hovered(&[
        ("2.4.3", &job("general/store_information/name"), &format!("{at}gen")),
        ("2.4.3", &job("acme_erp/store_information/name"), &format!("{at}acme")),
        ("2.4.3", &job("acme_ship/api/mode"), &format!("{at}acme")),
        ("2.4.3", &job("acme_erp/api/mode"), &format!("{at}acme")),
        ("2.4.3", &job("acme/else/where"), &format!("{at}acme")),
        ("2.4.3", settings, "depends = { \"api/mo"),
        ("2.4.3", settings, "true, \"acme_ship/api/mo"),
        ("2.4.3", settings, "depends = { \"api/mode\" = \"y"),
        ("2.4.3", &job("acme_erp/api/moved"), &format!("{at}acme")),
        (
            "2.4.3",
            &format!("{settings}\n[config.default]\n\"acme_ship/api/mode\" = \"x\"\n"),
            "[config.default]\n\"acme_ship",
        ),
    ]);
    let starts = [
        "Setting `general/store_information/name` of Magento_Backend",
        "**Own name**",
        "**Second**",
        "**First**",
        "**Moved**",
        "**First**",
        "**Second**",
        "**Second**",
        "Path of the setting that holds the schedule",
        "**Second**",
    ];
    for (found, start) in found.iter().zip(starts) {
        assert!(found.starts_with(start), "{start}: {found}");
    }
    assert_eq!(found.len(), starts.len());
}

#[test]
fn links_of_rules_lead_to_their_pages() {
    let rules = "[rules]\nevent-caution = \"allow\"\n";
    let found = hovered(&[("2.4.7", rules, "event-cau")]).remove(0);
    let base = concat!("/blob/v", env!("CARGO_PKG_VERSION"), "/docs/magento/events.md#order-save)");
    assert!(found.contains(base), "{found}");
    for link in found.split("](").skip(1) {
        assert!(link.starts_with("https://"), "{found}");
    }
}

#[test]
fn what_the_spec_itself_names_is_described() {
    let menu = "[[menu]]\nid = \"Acme_Erp::menu\"\ntitle = \"Export\"\nparent = \"Magento_Backend::stores\"\nresource = \"Magento_Sales::sales\"\n";
    let require = "[[webhook]]\ntopic = \"a.b\"\nevent = \"sales_order_save_after\"\n\
                   fields = { number = { from = \"increment_id\", type = \"string\" } }\n";
    let found = hovered(&[
        ("2.4.7", menu, "id = \"Acme_Erp::me"),
        ("2.4.7", require, "fields = { numb"),
        ("2.4.7", "[[cron]]\nname = \"a\"\nschedule = \"* * * * *\"\n", "[[cr"),
    ]);
    assert_eq!(
        found[0],
        "**Export**\n\nMenu entry `Acme_Erp::menu` of this spec, below `Magento_Backend::stores`."
    );
    assert!(found[1].starts_with("`increment_id` of `Magento"), "{}", found[1]);
    assert!(found[2].contains("```toml\n[[cron]]\nname = "), "{}", found[2]);
}
