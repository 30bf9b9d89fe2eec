//! Hover over keys and values.

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
