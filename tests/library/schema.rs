//! The JSON Schema in the repository is the one of the Rust types, and both accept the same specs.

mod made;

use std::sync::LazyLock;

use crate::support::generated;
use magespec::{
    diag::{Rule, Source},
    names::{CatalogPath, FilePath},
    spec::{Document, Spans, Spec, load_document},
    tree::TreePath,
};
use proptest::prelude::*;
use serde_json::Value;

#[test]
fn committed_schema_is_the_one_of_the_types() {
    let schema = serde_json::to_string_pretty(magespec::spec::schema()).unwrap() + "\n";
    generated::assert_current("schema/integration.schema.json", &schema);
}

#[test]
fn every_key_has_a_description_and_an_example() {
    let mut missing = Vec::new();
    visit(magespec::spec::schema(), &mut |key, property| {
        if property.get("description").is_none() {
            missing.push(format!("{key}: description"));
        }
        if property.get("examples").is_none() {
            missing.push(format!("{key}: example"));
        }
    });
    assert_eq!(missing, Vec::<String>::new());
}

fn visit(schema: &Value, see: &mut impl FnMut(&str, &Value)) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (key, property) in properties {
            see(key, property);
        }
    }
    for definition in
        schema.get("$defs").and_then(Value::as_object).into_iter().flat_map(|defs| defs.values())
    {
        visit(definition, see);
    }
}

/// A spec with every key.
static FULL: LazyLock<Value> = LazyLock::new(|| {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/integration.toml.example")).unwrap();
    let mut spec = Document::parse(&Source::new("integration.toml", text)).unwrap().json;
    // The example only mentions it: there is no such file beside it.
    spec["target"]["catalog"] = "shop.catalog".into();
    spec
});

/// Routes to every value of a document, the document itself left out.
fn routes(value: &Value, route: &str) -> Vec<String> {
    let steps: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    let below = |(step, value): (String, &Value)| {
        let route = format!("{route}/{step}");
        [vec![route.clone()], routes(value, &route)].concat()
    };
    steps.into_iter().flat_map(below).collect()
}

/// Values that TOML can hold and that lie on either side of some limit.
fn values() -> impl Strategy<Value = Value> {
    let texts = prop_oneof![
        "\\PC{0,4}".prop_map(Value::from),
        "[A-Z][a-z]{1,3}_[A-Z][a-z0-9]{0,3}(::[a-z_]{0,3}(/\\*\\*)?)?".prop_map(Value::from),
        "!?[A-Z][a-z]_[A-Z][a-z]::[a-z*?]{0,4}".prop_map(Value::from),
        "[a-z]{0,3}[@.]?[a-z]{0,3}[@.]?[a-z ]{0,3}".prop_map(Value::from),
        "[a-z0-9]{1,3}[/-]{0,2}[a-z0-9.-]{0,4}".prop_map(Value::from),
        "(https?:)?[/a-z0-9.:@#?%\\[\\]]{0,12}".prop_map(Value::from),
        "[0-9v.]{0,6}(-(beta|p|RC)[0-9]?)?".prop_map(Value::from),
        "(GET|PUT|PATCH) {0,2}(x?/rest(/[a-z0]{0,2})?)?(/async(/bulk)?)?/V[0-9]{0,2}(/[a-z:{}]{0,2}){0,2}([?#][a-z/ ]?)?".prop_map(Value::from),
        "[ \t\n\r\u{85}\u{a0}\u{feff}\u{2028}]{0,2}[a-z]{0,2}\n?".prop_map(Value::from),
        "[a-z]{1,3}(_[a-z0-9]{0,2}){0,2}".prop_map(Value::from),
        "(string|int|Ab|a|[A-Z]b\\\\[A-Za-z]{0,2})(\\[\\])?\\??".prop_map(Value::from),
        "(GET|PATCH|PUT) ?/V1(/:?[A-Za-z_.]{0,2}){0,2}".prop_map(Value::from),
        "[0-9*/,a-]{1,3}( {1,2}[0-9*]{1,2}){3,5}".prop_map(Value::from),
        "[a-z1]{0,2}/[a-z_]{0,3}".prop_map(Value::from),
        "(https?://|data:)?(\\*\\.)?[a-z.]{0,4}(:[0-9*]{0,3})?(/[a-z;]{0,2})?".prop_map(Value::from),
        "[a-z]{1,3}_[A-Za-z]{1,4}(_[A-Z]{2})?".prop_map(Value::from),
        "[a-z.]{0,3}[\n*/]{0,3}[a-z]{0,2}".prop_map(Value::from),
        "20[0-9]{2}-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])".prop_map(Value::from),
        "[+-]?[0-9]{4}-02-(28|29|30)".prop_map(Value::from),
        "[a-z][a-z0-9-]{0,2}(:[a-z_]{0,2}){0,2}".prop_map(Value::from),
        "[A-Za-z]{0,2}(\\[\\])?(\\.[A-Za-z_]{0,2}(\\[\\])?){0,2}".prop_map(Value::from),
        (250usize..260).prop_map(|length| Value::from("ü".repeat(length))),
        (48usize..53).prop_map(|length| Value::from("x".repeat(length))),
        prop_oneof!["allow", "warn", "deny", "commerce", "open-source"].prop_map(Value::from),
    ];
    prop_oneof![
        6 => texts,
        1 => any::<i64>().prop_map(Value::from),
        1 => (-3i64..3).prop_map(|offset| Value::from(i64::from(i32::MAX) + offset)),
        1 => (-2i64..3).prop_map(Value::from),
        1 => (-2i64..3).prop_map(|offset| Value::from(1_000_000 + offset)),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(serde_json::json!([])),
        1 => Just(serde_json::json!({})),
        1 => Just(serde_json::json!(["MIT", "x y"])),
        1 => Just(serde_json::json!([{ "id": "A1_B1::c", "title": "abc" }])),
        1 => Just(serde_json::json!({ "route": "GET /V1/x" })),
        1 => Just(serde_json::json!({ "increment_id": "string", "Line": "int" })),
        1 => Just(serde_json::json!({ "increment_id": "string?" })),
        1 => Just(serde_json::json!({ "erp/url": true })),
        1 => Just(serde_json::json!([{ "name": "get", "route": "GET /V1/x", "acl": "self" }])),
    ]
}

/// A change of a document at a route.
#[derive(Debug, Clone)]
enum Edit {
    Remove,
    Add(&'static str, Value),
    Replace(Value),
    /// Another text at this share of the old one, in place of so many characters.
    Splice(usize, usize, String),
    /// As many characters as the schema sets a limit at, and so many more.
    Length(usize, i64),
    /// A list of the value.
    Wrap,
    /// The first item of the list.
    Unwrap,
}

fn edits() -> impl Strategy<Value = Edit> {
    let keys = [
        "name",
        "children",
        "url-not-https",
        "acl-id",
        "ext-x",
        "acme/x",
        "why",
        "zebra",
        "line_1",
        "erpNumber",
        "erp/url",
        "x",
        "A1",
        "NAME",
    ];
    let pieces = prop_oneof![
        "[ -~]{0,2}",
        "[A-Za-z0-9_]{1,2}",
        proptest::sample::select(vec![
            "", " ", "\n", "\t", "\0", "\u{7f}", "\u{85}", "\u{a0}", "\u{feff}", "ß", "İ", "٣", "_", "-",
            "\\", "::", "/", "//", "..", ".", "*", "**", "!", "{", "}", ":", "@", "%", "?", "#", "[]", "\"",
            "'", "<",
        ])
        .prop_map(str::to_owned),
    ];
    prop_oneof![
        1 => Just(Edit::Remove),
        2 => (proptest::sample::select(keys.to_vec()), values()).prop_map(|(key, value)| Edit::Add(key, value)),
        4 => values().prop_map(Edit::Replace),
        6 => (0usize..=100, 0usize..3, pieces).prop_map(|(at, count, text)| Edit::Splice(at, count, text)),
        2 => (0usize..6, -1i64..=1).prop_map(|(limit, more)| Edit::Length(limit, more)),
        1 => Just(Edit::Wrap),
        1 => Just(Edit::Unwrap),
    ]
}

/// Numbers that the schema sets as limits of lengths.
static LIMITS: LazyLock<Vec<i64>> = LazyLock::new(|| {
    let mut limits = Vec::new();
    let mut open = vec![magespec::spec::schema()];
    while let Some(part) = open.pop() {
        match part {
            Value::Object(members) => {
                let set = ["minLength", "maxLength"].iter().filter_map(|limit| part[limit].as_i64());
                limits.extend(set);
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    limits.sort_unstable();
    limits.dedup();
    limits
});

fn edited(spec: &Value, route: &str, edit: Edit) -> Value {
    let mut spec = spec.clone();
    let (parent, step) = route.rsplit_once('/').unwrap();
    let step = step.replace("~1", "/");
    match edit {
        Edit::Remove => match spec.pointer_mut(parent).unwrap() {
            Value::Object(members) => drop(members.remove(&step)),
            Value::Array(items) => drop(items.remove(step.parse().unwrap())),
            _ => unreachable!(),
        },
        Edit::Add(key, value) => match spec.pointer_mut(route).unwrap() {
            Value::Object(members) => drop(members.insert(key.to_owned(), value)),
            Value::Array(items) => items.push(value),
            other => *other = value,
        },
        Edit::Replace(value) => *spec.pointer_mut(route).unwrap() = value,
        Edit::Wrap => {
            let value = spec.pointer_mut(route).unwrap();
            *value = vec![value.take()].into();
        }
        Edit::Unwrap => {
            let value = spec.pointer_mut(route).unwrap();
            if let Some(first) = value.get(0).cloned() {
                *value = first;
            }
        }
        Edit::Splice(at, count, text) => {
            let splice = |old: &str| {
                let at = old.chars().count() * at / 100;
                let rest = old.chars().skip(at + count);
                old.chars().take(at).chain(text.chars()).chain(rest).collect::<String>()
            };
            match spec.pointer(route).unwrap() {
                Value::String(old) => *spec.pointer_mut(route).unwrap() = splice(old).into(),
                // A key instead: those of `fields`, `require` and others are names, too.
                _ => {
                    if let Some(Value::Object(members)) = spec.pointer_mut(parent) {
                        let value = members.remove(&step).unwrap();
                        members.insert(splice(&step), value);
                    }
                }
            }
        }
        Edit::Length(limit, more) => {
            let length = usize::try_from(LIMITS[limit % LIMITS.len()] + more).unwrap_or_default();
            if let Value::String(old) = spec.pointer_mut(route).unwrap() {
                let fill = old.chars().last().unwrap_or('a');
                *old = old.chars().chain(std::iter::repeat(fill)).take(length).collect();
            }
        }
    }
    spec
}

/// Loads a document without the positions of its keys, and asserts that the types alone decide like the schema: it is
/// accepted by both, or refused by both with a finding.
fn assert_same_verdict(spec: Value) {
    let by_schema = VALIDATOR.is_valid(&spec);
    let by_types = Spec::of_json(&spec);
    assert_eq!(by_schema, by_types.is_some(), "{:?}\n{spec:#}", serde_json::from_value::<Spec>(spec.clone()));
    let loaded = load_document(Document { json: spec, spans: Spans::default() });
    let is_about_characters = |rule| matches!(rule, Rule::ControlCharacter | Rule::InvisibleCharacter);
    let refused = loaded.findings.iter().any(|finding| !is_about_characters(finding.rule));
    assert_eq!(by_schema, !refused, "{:?}", loaded.findings);
    assert_eq!(by_types.is_some(), loaded.spec.is_some() && !refused);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The schema and the types accept the same values.
    #[test]
    fn schema_and_types_accept_the_same(
        route in proptest::sample::select(routes(&FULL, "")),
        edit in edits(),
    ) {
        assert_same_verdict(edited(&FULL, &route, edit));
    }
}

#[test]
fn schema_and_types_refuse_each_unknown_and_each_missing_key_alike() {
    for route in routes(&FULL, "") {
        assert_same_verdict(edited(&FULL, &route, Edit::Remove));
        if FULL.pointer(&route).unwrap().is_object() {
            assert_same_verdict(edited(&FULL, &route, Edit::Add("zebra", true.into())));
        }
    }
}

/// Null stands for values of TOML that no key takes: floats, dates and integers beyond 64 bits.
#[test]
fn schema_and_types_refuse_null_everywhere() {
    for route in routes(&FULL, "") {
        let spec = edited(&FULL, &route, Edit::Replace(Value::Null));
        assert!(!VALIDATOR.is_valid(&spec), "{route}");
        assert_same_verdict(spec);
    }
}

static VALIDATOR: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(magespec::spec::schema()).unwrap());

#[test]
fn the_example_has_every_key_and_compiles_without_a_finding_but_notes() {
    let spec = &*FULL;
    assert!(VALIDATOR.is_valid(spec));
    let mut missing = Vec::new();
    let text = spec.to_string();
    visit(magespec::spec::schema(), &mut |key, _| {
        let is_rule = magespec::diag::Rule::ALL.iter().any(|rule| rule.id() == key);
        if !is_rule && !text.contains(&format!("\"{key}\":")) {
            missing.push(key.to_owned());
        }
    });
    assert_eq!(missing, Vec::<String>::new());
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/integration.toml.example")).unwrap();
    let compilation = magespec::compile(Source::new("x", text), magespec::catalog::Catalog::bundled());
    let mut found = compilation.report.diagnostics;
    found.retain(|finding| {
        use magespec::diag::Rule::{FormerNameLeft, ReleaseNotVerified};
        ![FormerNameLeft, ReleaseNotVerified].contains(&finding.rule)
    });
    assert_eq!(found, []);
    assert!(compilation.module.is_some());
}

#[test]
fn unmanaged_files_lie_below_the_output_root() {
    for path in ["etc/acl.xml", "README.md", ".hidden/..a", "a b/ü", "..a", "..."] {
        assert!(FilePath::new(path).is_ok() && TreePath::new(path).is_ok(), "{path}");
    }
    for path in ["shop.catalog", "../shops/eu.catalog", "./a", "a.git", ".github/a", "a b/ü"] {
        assert!(CatalogPath::new(path).is_ok(), "{path}");
    }
    for path in ["", "/a", "a//b", "a/", "a\\b", "C:x", "a\n", ".git", "../.GIT/a", "a/.git/b"] {
        assert!(CatalogPath::new(path).is_err(), "{path:?}");
    }
    for path in ["", ".", "..", "a/..", "../a", "/a", "a//b", "a/", "a\\b", "C:x", "a\n", "a/./b", "\u{85}"] {
        assert!(FilePath::new(path).is_err() && TreePath::new(path).is_err(), "{path:?}");
    }
}
