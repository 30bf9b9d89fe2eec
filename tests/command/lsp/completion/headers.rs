//! Headers of tables, with the lines that their tables need.

use serde_json::{Value, json};

use super::{HEAD, TABLES, behind, completed};
use crate::lsp::editor::{Editor, applied, position};

/// Parents of the tables within others.
const PARENTS: [&str; 6] = [
    "",
    "[[service]]\nname = \"Orders\"\n",
    "[[acl]]\nid = \"Acme_Erp::top\"\ntitle = \"Top\"\nparent = \"Magento_Backend::admin\"\n",
    "[[menu]]\nid = \"Acme_Erp::m\"\ntitle = \"Menu\"\nparent = \"Magento_Backend::stores\"\nresource = \"Acme_Erp::config\"\n",
    "[settings]\nlabel = \"Acme\"\n",
    "[[webhook]]\ntopic = \"order.saved\"\nevent = \"sales_order_save_after\"\n",
];

/// Findings on a text, as rules with messages.
fn findings(editor: &mut Editor, text: &str) -> Vec<String> {
    editor.set_text(text);
    let found = editor.latest_diagnostics();
    found.iter().map(|it| format!("{}: {}", it["code"], it["message"])).collect()
}

#[test]
fn a_table_comes_with_all_that_check_demands_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(dir.path());
    // Without snippets, the places are filled with examples.
    editor.request("initialize", json!({ "capabilities": {} }));
    editor.open_file("integration.toml", "toml", HEAD);
    let mut taken = Vec::new();
    for parent in PARENTS {
        let text = format!("{HEAD}\n{parent}\n[");
        editor.set_text(&text);
        let params =
            json!({ "textDocument": { "uri": editor.uri }, "position": position(&text, text.len()) });
        let list = editor.request("textDocument/completion", params);
        let before = findings(&mut editor, &format!("{HEAD}\n{parent}"));
        for item in list["items"].as_array().unwrap() {
            let applied = applied(&text, &[item["textEdit"].clone()]);
            let found = findings(&mut editor, &applied);
            let is_fault = |it: &&String| {
                let faults =
                    ["missing-key", "toml-syntax", "unknown-key", "wrong-type", "settings-home", "acl-id"];
                faults.iter().any(|rule| it.starts_with(&format!("\"{rule}\""))) && !before.contains(it)
            };
            // A setting needs a section, which another table has.
            let is_elsewhere = |it: &&String| {
                it.contains("there is no `[settings]` table")
                    || it.contains("the section has no `[[setting]]`")
            };
            let faults: Vec<&String> = found.iter().filter(is_fault).filter(|it| !is_elsewhere(it)).collect();
            assert!(faults.is_empty(), "{applied}\n{faults:#?}");
            taken.push(item["label"].as_str().unwrap().to_owned());
        }
    }
    for label in [
        "[[menu]]",
        "[[cron]]",
        "[[menu.children]]",
        "[settings]",
        "[[settings.section]]",
        "[config.default]",
    ] {
        assert!(taken.iter().any(|it| it == label), "{label} in {taken:?}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn headers_are_completed_with_what_is_behind_their_dots() {
    let order = "[[webhook]]\ntopic = \"order.saved\"\nevent = \"sales_order_save_after\"\n\n";
    let method =
        "[[service]]\nname = \"A\"\n\n[[service.method]]\nname = \"b\"\nroute = \"GET /V1/a/:id\"\n\n";
    let section = "[[settings.section]]\nid = \"acme_other\"\nlabel = \"Other\"\n\n\
                   [[setting]]\npath = \"far/away\"\nsection = \"acme_other\"\n\n";
    let cases: [(&str, &[&str], &[&str]); 15] = [
        ("[[settings.|", &["[[settings.tab]]", "[[settings.section]]"], &["[settings]"]),
        (
            "[settings.|",
            &["[settings.groups.connection]", "[[settings.tab]]"],
            &["[settings]", "[settings.groups.away]"],
        ),
        ("[settings.groups.|]", &["[settings.groups.connection]"], &[]),
        (
            &format!("{section}[settings.section.groups.|"),
            &["[settings.section.groups.far]"],
            &["[settings.groups.far]"],
        ),
        ("[config.|", &["[config.default]", "[config.websites.base]", "[config.stores.german]"], &[]),
        ("[config.default]\n\n[config.|", &["[config.websites.base]"], &["[config.default]"]),
        ("[config]\ndefault = {}\n\n[config.|", &["[config.websites.base]"], &["[config.default]"]),
        (&format!("{order}[webhook.|"), &["[webhook.fields]", "[webhook.when]"], &[]),
        (&format!("{order}fields = {{}}\n[webhook.|"), &["[webhook.when]"], &["[webhook.fields]"]),
        ("[webhook.|", &[], &["[webhook.fields]"]),
        (
            &format!("{method}[service.method.|"),
            &["[service.method.parameters]", "[service.method.data.id]"],
            &[],
        ),
        ("[module.|", &["[module.require]", "[[module.authors]]"], &["[module]"]),
        ("[[module.authors]]\n\n[[module.|", &["[[module.authors]]"], &[]),
        (
            "[settings.groups.connection]\n\n[settings.groups.|",
            &["[settings.groups.connection.depends]"],
            &["[settings.groups.connection]"],
        ),
        ("[i18|", &["[i18n]"], &[]),
    ];
    for (completed, (marked, there, absent)) in behind(&cases.map(|case| case.0)).iter().zip(cases) {
        let labels = completed.labels();
        assert!(there.iter().all(|it| labels.contains(it)), "{marked}: {labels:?}");
        assert!(!absent.iter().any(|it| labels.contains(it)), "{marked}: {labels:?}");
    }
    // Each can be inserted.
    let taken = behind(&["[settings.gro|", "[config.web|", "[[setting|]]"]);
    assert_eq!(taken[0].taken("[settings.groups.connection]"), "[settings.groups.connection]\n$0");
    assert_eq!(taken[1].taken("[config.websites.base]"), "[config.websites.${1:base}]\n$0");
    assert!(
        taken[2].taken("[[settings.tab]]").starts_with("[[settings.tab]]\nid = "),
        "{:?}",
        taken[2].labels()
    );
}

#[test]
fn examples_in_snippets_are_of_this_module() {
    let cases = ["[[acl|", "[[menu|", "[[service|"];
    let texts = cases.map(|marked| format!("{HEAD}\n{marked}"));
    let all = completed(&texts.each_ref().map(String::as_str));
    assert!(all[0].taken("[[acl]]").contains("id = \"${1:Acme_Erp::erp}\""), "{}", all[0].taken("[[acl]]"));
    assert!(all[1].taken("[[menu]]").contains("resource = \"${3:Acme_Erp::erp}\""));
    assert!(!all[2].taken("[[service]]").contains("Acme_ErpBridge"));
    // What the spec declares itself comes before an example.
    let method = behind(&["[[service]]\nname = \"A\"\n\n[[service.m|"]).remove(0);
    assert!(
        method.taken("[[service.method]]").ends_with("acl = \"${3:Acme_Erp::erp}\"\n")
            || method.taken("[[service.method]]").ends_with("acl = \"${3:Acme_Erp::erp}\"")
    );
    let items: Vec<Value> = method.list["items"].as_array().unwrap().clone();
    assert!(!items.is_empty() && TABLES.contains("Acme_Erp::erp"));
}
