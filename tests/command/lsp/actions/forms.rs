//! Code actions on specs whose tables are written in each form that TOML has.

use serde_json::Value;

use super::{
    super::editor::{Editor, applied},
    sound, taken,
};

/// Spec without `resources`, with other lines behind the keys of its integration.
fn integrating(lines: &str) -> String {
    sound().replace("resources = [\"Magento_Sales::actions_view\"]\n", lines)
}

/// Spec with a service, and keys of its method.
fn serving(method: &str) -> String {
    let service = "[[service]]\nname = \"OrderSync\"\n[[service.method]]\nname = \"run\"\n";
    format!("{}{service}{method}[rules]\nurl-not-https = \"warn\"\n", sound())
}

/// Spec with one resource that does not exist, and lines in front and behind.
fn unknown(before: &str, behind: &str) -> String {
    format!("{before}{}{behind}", sound().replace("actions_view", "nothing"))
}

const INLINE: &str =
    "integration = [{ name = \"Acme ERP\", email = \"erp@acme.com\", calls = [\"GET /V1/orders\"] }]\n";
const KEY: &str = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";

/// Spec whose integration is written in braces.
fn inline() -> String {
    let text = sound();
    format!("{INLINE}{}", &text[..text.find("[[integration]]").unwrap()])
}

#[test]
fn keys_are_added_in_the_form_of_their_table() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let orders = "Request the permission this route needs instead: Magento_Sales::actions_view";
    let allow = "Allow unknown-resource in this spec";
    let secret = "Move to a secret setting: remove the default and encrypt the value";
    let own = "Add the permission this route needs: Acme_Erp::order_sync_run";
    let settings = |setting: &str| format!("{}[settings]\nlabel = \"Acme\"\n{setting}", sound());
    let header = "\n[[integration.calls]]\nroute = \"GET /V1/orders\"\n";
    let cases = [
        // Text, place, title, and what the text has afterwards.
        (integrating(header), "/V1/ord", "Add `why`", "route = \"GET /V1/orders\"\nwhy = \"TODO\"\n"),
        (
            integrating(header.trim_end()),
            "/V1/ord",
            "Add `why`",
            "route = \"GET /V1/orders\"\nwhy = \"TODO\"\n",
        ),
        (
            integrating("calls = [{ route = \"GET /V1/orders\" }]\n"),
            "/V1/ord",
            "Add `why`",
            "calls = [{ route = \"GET /V1/orders\", why = \"TODO\" }]\n",
        ),
        (
            integrating(header),
            "/V1/ord",
            orders,
            "email = \"erp@acme.com\"\nresources = [\"Magento_Sales::actions_view\"]\n",
        ),
        (
            integrating("calls = [\"GET /V1/orders\"]\n"),
            "/V1/ord",
            orders,
            "email = \"erp@acme.com\"\nresources = [\"Magento_Sales::actions_view\"]\n",
        ),
        (
            integrating("calls = [\"GET /V1/orders\"] # all\n"),
            "/V1/ord",
            orders,
            "email = \"erp@acme.com\"\nresources = [\n  \"Magento_Sales::actions_view\", # all\n]\n",
        ),
        (
            integrating(
                "calls = [\n  \"GET /V1/orders\", # all\n  \"GET /V1/invoices\",\n]\nresources = []\n",
            ),
            "/V1/ord",
            orders,
            "calls = [\n  \"GET /V1/invoices\",\n]\nresources = [\n  \"Magento_Sales::actions_view\", # all\n]\n",
        ),
        (
            inline(),
            "/V1/ord",
            orders,
            "email = \"erp@acme.com\", resources = [\"Magento_Sales::actions_view\"] }]\n",
        ),
        (inline(), "/V1/ord", "Add `why`", "calls = [{ route = \"GET /V1/orders\", why = \"TODO\" }] }]\n"),
        (
            serving("route = \"POST /V1/acme-erp/sync\"\n"),
            "[[service.meth",
            own,
            "route = \"POST /V1/acme-erp/sync\"\nacl = \"Acme_Erp::order_sync_run\"\n[rules]",
        ),
        (
            serving("acl = \"anonymous\"\nroute = \"POST /V1/acme-erp/sync\"\n"),
            "\"anony",
            own,
            "acl = \"Acme_Erp::order_sync_run\"\nroute",
        ),
        (
            "service = [{ name = \"OrderSync\", method = [{ name = \"run\", route = \"POST /V1/acme-erp/sync\" }] }]\n"
                .to_owned()
                + &sound(),
            "method = [{ na",
            own,
            "route = \"POST /V1/acme-erp/sync\", acl = \"Acme_Erp::order_sync_run\" }] }]\n",
        ),
        (
            unknown("rules.url-not-https = \"warn\"\n", ""),
            "::noth",
            allow,
            "rules.url-not-https = \"warn\"\nrules.unknown-resource = \"allow\"\n[module]",
        ),
        (
            unknown("rules = { url-not-https = \"warn\" } # few\n", ""),
            "::noth",
            allow,
            "rules = { url-not-https = \"warn\", unknown-resource = \"allow\" } # few\n",
        ),
        (unknown("rules = {}\n", ""), "::noth", allow, "rules = { unknown-resource = \"allow\" }\n"),
        (unknown("rules = { }\n", ""), "::noth", allow, "rules = { unknown-resource = \"allow\" }\n"),
        (
            unknown("", "[rules]\n# one\n\n[settings]\nlabel = \"Acme\"\n"),
            "::noth",
            allow,
            "[rules]\nunknown-resource = \"allow\"\n# one\n",
        ),
        (unknown("", "[rules]"), "::noth", allow, "[rules]\nunknown-resource = \"allow\"\n"),
        (
            unknown("", "[rules]\nurl-not-https = \"warn\""),
            "::noth",
            allow,
            "[rules]\nurl-not-https = \"warn\"\nunknown-resource = \"allow\"\n",
        ),
        (
            settings(&format!("[[setting]]\nlabel = \"Key\"\ndefault = \"{KEY}\"\npath = \"api/key\"")),
            "sk_live",
            secret,
            "label = \"Key\"\npath = \"api/key\"\ntype = \"secret\"\n",
        ),
        (
            format!("setting = [{{ path = \"api/key\", type = \"text\", default = \"{KEY}\" }}]\n")
                + &settings(""),
            "sk_live",
            secret,
            "setting = [{ path = \"api/key\", type = \"secret\" }]\n",
        ),
        (
            format!("setting = [{{ default = \"{KEY}\", path = \"api/key\" }}]\n") + &settings(""),
            "sk_live",
            secret,
            "setting = [{ path = \"api/key\", type = \"secret\" }]\n",
        ),
        (
            "acl = [{ id = \"Acme_Erp::aaa\", title = \"Aaa\", parent = \"Magento_Backend::admin\" }]\n"
                .to_owned()
                + &sound().replace("Magento_Sales::actions_view", "Acme_Erp::xxx"),
            "Acme_Erp::xx",
            "Declare Acme_Erp::xxx in [[acl]]",
            "\" }, { id = \"Acme_Erp::xxx\", title = \"Xxx\", parent = \"Acme_Erp::aaa\" }]\n",
        ),
        (
            sound() + "[[acl]]\nid = \"Acme_Erp::aaa\"\ntitle = \"Aaa\"\nparent = \"Acme_Erp::xxx\"\n",
            "Acme_Erp::xx",
            "Declare Acme_Erp::xxx in [[acl]]",
            "\n\n[[acl]]\nid = \"Acme_Erp::xxx\"\ntitle = \"Xxx\"\nparent = \"Magento_Backend::admin\"\n",
        ),
    ];
    for (text, place, title, written) in cases {
        let (after, rules) = taken(&mut editor, &text, place, title);
        assert!(after.contains(written), "{title}:\n{after}");
        let faults = ["toml-syntax", "unknown-key", "acl-cycle", "declared-twice", "implied-resource"];
        assert!(!rules.iter().any(|rule| faults.contains(&rule.as_str())), "{rules:?} of {after}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn comments_and_reasons_stay_when_a_permission_replaces_a_call() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let title = "Request the permission this route needs instead: Magento_Sales::actions_view";
    let cases = [
        // Lines of an integration before and after.
        (
            "calls = [{ route = \"GET /V1/orders\", why = \"Nightly export\" }]\n",
            "resources = [\n  \"Magento_Sales::actions_view\", # Nightly export\n]\n",
        ),
        (
            "calls = [\n  # export\n  \"GET /V1/orders\", # all\n  # other\n  \"GET /V1/invoices\",\n]\n\
             resources = [\"Magento_Sales::ship\"] # more\n",
            "calls = [\n  # other\n  \"GET /V1/invoices\",\n]\n\
             resources = [\n  \"Magento_Sales::ship\",\n  # export\n  # all\n  \"Magento_Sales::actions_view\",\n] # more\n",
        ),
        (
            // A comment above several entries stays above the others.
            "calls = [\n  # sales\n  \"GET /V1/orders\",\n  \"GET /V1/invoices\", # too\n]\n",
            "calls = [\n  # sales\n  \"GET /V1/invoices\", # too\n]\nresources = [\"Magento_Sales::actions_view\"]\n",
        ),
        (
            "calls = [\n  \"GET /V1/orders\",\n  \"GET /V1/invoices\",\n]\n\
             resources = [\n  \"Magento_Sales::ship\" # ships\n]\n",
            "calls = [\n  \"GET /V1/invoices\",\n]\n\
             resources = [\n  \"Magento_Sales::ship\", # ships\n  \"Magento_Sales::actions_view\",\n]\n",
        ),
        (
            "calls = [\"GET /V1/orders\"] # all\nresources = [\"Magento_Sales::actions_view\"]\n",
            "# all\nresources = [\"Magento_Sales::actions_view\"]\n",
        ),
        (
            "\n# export\n[[integration.calls]]\nroute = \"GET /V1/orders\" # all\nwhy = \"Nightly\"\n",
            "email = \"erp@acme.com\"\nresources = [\n  # Nightly\n  # export\n  # all\n  \"Magento_Sales::actions_view\",\n]\n",
        ),
    ];
    for (before, after) in cases {
        for text in [integrating(before), integrating(before).replace('\n', "\r\n")] {
            let (changed, rules) = taken(&mut editor, &text, "/V1/ord", title);
            assert!(changed.replace("\r\n", "\n").contains(after), "{before}{changed}");
            assert!(rules.iter().all(|rule| rule != "toml-syntax"), "{changed}");
        }
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_a_pattern_stands_for_is_granted_as_before() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let all = "\"Magento_Sales::*invoice*\"";
    for (resources, place, count, expected) in [
        // What was excluded before comes back.
        (
            format!("\"Magento_Sales::invoice\", \"!Magento_Sales::invoice\", {all}"),
            "::*inv",
            2,
            "\"Magento_Sales::invoice\", \"!Magento_Sales::invoice\", \"Magento_Sales::invoice\", \"Magento_Sales::sales_invoice\"",
        ),
        (
            format!("\"Magento_Sales::invoice\", {all}"),
            "::*inv",
            1,
            "\"Magento_Sales::invoice\", \"Magento_Sales::sales_invoice\"",
        ),
        (
            format!("{all}, \"!Magento_Sales::*invoice\", \"Magento_Sales::invoice\""),
            "!Magento_Sales::*inv",
            2,
            "\"Magento_Sales::*invoice*\", \"!Magento_Sales::invoice\", \"!Magento_Sales::sales_invoice\", \"Magento_Sales::invoice\"",
        ),
    ] {
        let text = sound().replace("\"Magento_Sales::actions_view\"", &resources);
        let ids = if count == 1 { "1 id it stands for" } else { "2 ids it stands for" };
        editor.set_text(&text);
        let offered = editor.actions(&text, place);
        let title = format!("Replace with the {ids}");
        let Some(action) = offered.iter().find(|action| action["title"] == title) else {
            panic!("no {title} in {offered:#?}")
        };
        let after = applied(&text, action["edit"]["changes"][&editor.uri].as_array().unwrap());
        assert!(after.contains(&format!("resources = [{expected}]")), "{after}");
    }
    assert_eq!(editor.end(), Some(0));
}

/// Errors of a text by their rules.
fn errors(editor: &mut Editor, text: &str) -> Vec<String> {
    // What is opened is checked at once.
    editor.open_file("integration.toml", "toml", text);
    let found = editor.latest_diagnostics();
    let errors = found.iter().filter(|it| it["severity"] == 1);
    errors.map(|it| it["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn no_action_makes_a_spec_worse() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let faulty = "integration = [{ name = \"Acme ERP\", email = \"erp@acme\", calls = [\"GET /V1/ordrs\"], \
                  resources = [\"Magento_Sales::sales\", \"Magento_Sales::actions_view\"], extra = 1 }]\n\
                  rules.url-not-https = \"warn\"\nsetting = [{ path = \"api/key\", default = \"sk_live_4eC39HqLyjWDarjtT1zdp7dc\" }]\n\
                  acl = [{ id = \"Acme_Erp::aaa\", titel = \"A\", parent = \"Acme_Erp::xxx\" }]\n";
    let faulty = format!("{faulty}{}", &sound()[..sound().find("[[integration]]").unwrap()]);
    let mended = faulty.replace(", extra = 1", "").replace("titel = \"A\"", "title = \"Aaa\"");
    let mut taken = 0;
    for text in
        [faulty.clone(), mended.clone(), mended.replace('\n', "\r\n"), mended.replace("2.4.7", ">=2.3.0")]
    {
        let before = errors(&mut editor, &text);
        let lines: Vec<&str> = text.lines().collect();
        let mut offered: Vec<Value> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let place = |column: usize| serde_json::json!({ "line": at, "character": column });
            for (start, end) in [(0, line.len()), (line.len() / 2, line.len() / 2)] {
                let params = serde_json::json!({
                    "textDocument": { "uri": editor.uri }, "context": { "diagnostics": [] },
                    "range": { "start": place(start), "end": place(end) },
                });
                offered.extend(editor.request("textDocument/codeAction", params).as_array().unwrap().clone());
            }
        }
        let edits = offered.iter().map(|action| action["edit"]["changes"][&editor.uri].as_array().unwrap());
        let mut all: Vec<String> = edits.map(|edits| applied(&text, edits)).collect();
        all.sort();
        all.dedup();
        for after in all {
            let left = errors(&mut editor, &after);
            let is_better = before.len() >= left.len() && !left.iter().any(|rule| rule == "toml-syntax");
            assert!(is_better, "{before:?} became {left:?} by\n{after}");
            taken += 1;
        }
    }
    assert!(taken > 20, "{taken}");
    assert_eq!(editor.end(), Some(0));
}
