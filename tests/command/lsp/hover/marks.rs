//! Marks of what ends, and hovers without Markdown.

use super::{
    super::{SPEC, editor::Editor},
    text,
};

/// Route that 2.4.4 does not have any more.
const GONE: &str = "PUT /V1/amazon-shipping-address/:amazonOrderReferenceId";

const DEPRECATED: &str = "[[service]]
name = \"Orders\"

[[service.method]]
name = \"get\"
route = \"GET /V1/acme-erp/orders/:id\"
acl = \"Magento_Sales::actions_view\"
deprecated = { since = \"2026-12-01\", until = \"2027-06-01\" }
replaced_by = \"GET /V2/acme-erp/orders/:id\"

[[service.method]]
name = \"read\"
route = \"GET /V2/acme-erp/orders/:id\"
acl = \"Magento_Sales::actions_view\"
";

#[test]
fn routes_that_end_are_marked() {
    let dir = tempfile::tempdir().unwrap();
    let calls = "calls = [\"GET /V1/acme-erp/orders/:id\", \"GONE\"]\n\n".replace("GONE", GONE);
    let text = SPEC.replace("2.4.7", "2.4.3").replace(" 😀", "") + &calls + DEPRECATED;
    let mut editor = Editor::open(dir.path(), &text);
    let mut value = |place: &str| {
        let hover = editor.behind("textDocument/hover", &text, place);
        hover["contents"]["value"].as_str().unwrap().to_owned()
    };
    let ends = "**Deprecated** since 2026-12-01: it may be removed from 2027-06-01 on. Call `GET /V2/acme-erp/orders/:id` instead.";
    assert!(value("calls = [\"GET /V1/acme-erp").ends_with(ends), "{}", value("calls = [\"GET"));
    assert!(value("route = \"GET /V1/acme-erp").ends_with(ends));
    assert!(!value("route = \"GET /V2/acme-erp").contains("Deprecated"));
    assert!(value(GONE).ends_with("is the last release that has it."), "{}", value(GONE));
    let list = editor.behind("textDocument/completion", &text, "calls = [\"GET /V1/acme-erp");
    let items = list["items"].as_array().unwrap();
    let item = |label: &str| items.iter().find(|item| item["label"] == label).unwrap();
    let old = item("GET /V1/acme-erp/orders/:id");
    assert_eq!(old["tags"], serde_json::json!([1]));
    assert_eq!(
        old["detail"],
        "route of this module; deprecated, ends 2027-06-01; replaced by GET /V2/acme-erp/orders/:id"
    );
    let list = editor.behind("textDocument/completion", &text, GONE);
    let gone = list["items"].as_array().unwrap().iter().find(|item| item["label"] == GONE).unwrap();
    assert_eq!(gone["tags"], serde_json::json!([1]));
    assert!(gone["detail"].as_str().unwrap().contains("; gone after 2.4."), "{gone}");
    let list = editor.behind("textDocument/completion", &text, "route = \"GET /V1/acme-erp");
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["tags"].is_null()));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_editor_of_plain_text_gets_no_markdown() {
    let dir = tempfile::tempdir().unwrap();
    let text = text();
    let mut editor = Editor::start(dir.path());
    editor.initialize_with("", "plaintext");
    editor.open_file("integration.toml", "toml", &text);
    for (place, start) in [
        (
            "Magento_Sales::act",
            "Sales > Operations > Orders > Actions > View\n\nMagento_Sales::actions_view, in",
        ),
        ("sched", "Schedule: minute, hour"),
        ("event-cau", "An event that may not fire when its name suggests (note)"),
    ] {
        let hover = editor.behind("textDocument/hover", &text, place);
        assert_eq!(hover["contents"]["kind"], "plaintext");
        let value = hover["contents"]["value"].as_str().unwrap();
        assert!(value.starts_with(start), "{value}");
        assert!(!value.contains("```") && !value.contains("**") && !value.contains("]("), "{value}");
    }
    let list = editor.behind("textDocument/completion", &text, "[[cron]]\nname = \"pull\"\nsch");
    let item = editor.request("completionItem/resolve", list["items"][0].clone());
    let documentation = item["documentation"].as_str().unwrap();
    assert!(!documentation.contains("```") && documentation.contains("schedule = "), "{documentation}");
    assert_eq!(editor.end(), Some(0));
}
