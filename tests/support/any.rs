//! Any spec: each kind of thing, with text as people and rascals write it.

use std::collections::BTreeMap;

use magespec::{
    catalog::Catalog,
    compile,
    diag::{Level, Source},
    tree::Tree,
};
use proptest::{collection, option, prelude::*, sample::select};
use serde_json::{Map, Value, json};

/// Text as people and rascals write it.
fn line() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a", "Z", "7", " ", "é", "日", "<", ">", "&", "\"", "'", "\\", "$", "{{ x }}", "{% y %}", "{# z #}",
        "--", "]]>", "<!--", "<?php", "?>", "/*", "//", "#", "%s", "\u{a0}", "\u{2028}", "&amp;", "&#10;",
        ",",
    ]);
    let text = collection::vec(piece, 3..12).prop_map(|pieces| pieces.concat());
    text.prop_filter("titles begin and end with something", |text| {
        text.trim().len() > 2 && text.trim() == text
    })
}

fn word() -> impl Strategy<Value = String> {
    "[a-z]{2,8}(_[a-z0-9]{1,5})?"
}

fn setting() -> impl Strategy<Value = Map<String, Value>> {
    let kind = prop_oneof![
        Just(json!({ "type": "yesno", "default": true })),
        Just(json!({ "type": "secret" })),
        Just(json!({ "type": "email", "required": true })),
        line().prop_map(|default| json!({ "type": "text", "default": default })),
        line().prop_map(|default| json!({ "type": "textarea", "default": format!("{default}\n{default}") })),
        (line(), line()).prop_map(
            |(a, b)| json!({ "type": "select", "options": { "a": a, "b.1": b }, "default": "b.1" })
        ),
        line().prop_map(|a| json!({ "type": "multiselect", "options": { "a": a } })),
        (-9i32..0, option::of(0..99i32)).prop_map(|(min, max)| match max {
            Some(max) => json!({ "type": "number", "min": min, "max": max, "default": max }),
            None => json!({ "type": "number", "min": min }),
        }),
    ];
    let scope = select(vec!["global", "website", "store"]);
    (kind, scope, line(), option::of(line())).prop_map(|(kind, scope, label, comment)| {
        let mut setting = kind.as_object().unwrap().clone();
        setting.insert("scope".to_owned(), scope.into());
        setting.insert("label".to_owned(), label.into());
        setting.extend(comment.map(|comment| ("comment".to_owned(), comment.into())));
        setting
    })
}

fn settings() -> impl Strategy<Value = Vec<Value>> {
    collection::btree_map((word(), word()), setting(), 1..6).prop_map(|settings| {
        let settings = settings.into_iter().map(|((group, field), mut setting)| {
            setting.insert("path".to_owned(), format!("{group}/{field}").into());
            Value::Object(setting)
        });
        settings.collect()
    })
}

fn data() -> impl Strategy<Value = Value> {
    let kind = select(vec!["string", "int?", "float", "bool", "string[]", "Thing?", "Thing[]", "int[]?"]);
    (line(), collection::btree_map(word(), kind, 1..6)).prop_map(
        |(description, fields)| json!({ "name": "Thing", "description": description, "fields": fields }),
    )
}

fn method() -> impl Strategy<Value = Value> {
    let kind = select(vec!["string", "int?", "Thing", "Thing[]?", "bool"]);
    let body = collection::btree_map("[a-z]{3,6}[A-Z][a-z]{1,4}", kind, 0..4);
    (line(), body, any::<bool>()).prop_map(|(description, body, answers)| {
        let mut method = json!({
            "name": "put", "route": "POST /V1/acme-any/:thingId", "acl": "Acme_Any::use", "body": body,
            "description": description,
        });
        if answers {
            method["returns"] = "Thing".into();
        }
        method
    })
}

fn webhooks() -> impl Strategy<Value = Vec<Value>> {
    let kind = select(vec!["string", "int", "float", "bool"]);
    let fields = collection::btree_map(word(), kind, 1..5);
    let event = select(vec!["catalog_product_save_after", "customer_save_after", "sales_order_save_after"]);
    collection::btree_map(event, ("[a-z]{1,6}\\.[a-z]{1,6}", fields), 0..3).prop_map(|webhooks| {
        let webhooks: BTreeMap<String, Value> = webhooks
            .into_iter()
            .map(|(event, (topic, fields))| {
                (topic.clone(), json!({ "topic": topic, "event": event, "fields": fields }))
            })
            .collect();
        webhooks.into_values().collect()
    })
}

pub(crate) fn spec() -> impl Strategy<Value = Value> {
    let target = select(vec![">=2.4.4 <2.4.9", ">=2.3.1 <2.4.4"]);
    let titles = (line(), line(), line(), line());
    (target, titles, settings(), data(), method(), webhooks()).prop_map(
        |(target, (description, section, title, name), mut settings, data, method, webhooks)| {
            let title: String = title.chars().take(50).collect();
            // An apostrophe is an error there.
            let name = name.replace('\'', "’");
            let mut spec = json!({
                "module": { "name": "Acme_Any", "description": description, "version": "1.0.0" },
                "target": { "magento": target },
                "integration": [{ "name": name, "email": "a@acme.com", "resources": ["Acme_Any::use"] }],
                "acl": [{ "id": "Acme_Any::use", "title": title.trim(), "parent": "Magento_Backend::admin" }],
                "settings": { "label": section, "menu": "Magento_Backend::stores_settings" },
                "data": [data],
                "service": [{ "name": "Things", "method": [method] }],
                "rules": { "unknown-field": "allow", "field-type": "allow" },
            });
            if !webhooks.is_empty() {
                settings.extend([
                    json!({ "path": "zz/url", "type": "url" }),
                    json!({ "path": "zz/secret", "type": "secret" }),
                    json!({ "path": "zz/second", "type": "secret" }),
                    json!({ "path": "zz/enabled", "type": "yesno", "scope": "store" }),
                    json!({ "path": "zz/timeout", "type": "number", "min": 1, "max": 60 }),
                ]);
                spec["webhooks"] = json!({
                    "url": "zz/url", "secret": "zz/secret", "second_secret": "zz/second", "enabled": "zz/enabled",
                    "timeout": "zz/timeout", "commands": "any:webhooks", "notify_minutes": 5,
                });
                spec["webhook"] = webhooks.into();
            }
            spec["setting"] = settings.into();
            spec
        },
    )
}

/// The tree of a spec that is accepted.
pub(crate) fn accepted(spec: &Value) -> Option<Tree> {
    let source = Source::new("integration.toml", toml::to_string(spec).unwrap());
    let compilation = compile(source, Catalog::bundled());
    let is_refused = compilation.report.diagnostics.iter().any(|finding| finding.level == Level::Error);
    (!is_refused).then_some(compilation.tree)
}
