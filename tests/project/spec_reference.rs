//! `docs/spec.md` has every key of the format, and what it says of constraints and examples is so.

use magespec::{
    catalog::{Catalog, Constraint},
    compile,
    diag::Source,
};
use serde_json::Value;

const REFERENCE: &str = include_str!("../../docs/spec.md");

/// The tables of the format, as the reference heads them, and their keys' place in the schema.
const TABLES: [(&str, &str); 18] = [
    ("## `[module]`", "Module"),
    ("## `[target]`", "Target"),
    ("## `[[integration]]`", "Integration"),
    ("## `[retired]`", "Retired"),
    ("## `[[acl]]`", "Acl"),
    ("## `[[service]]`", "Service"),
    ("## `[[data]]`", "Data"),
    ("## `[settings]`", "Settings"),
    ("## `[[setting]]`", "Setting"),
    ("## `[config]`", "Config"),
    ("## `[[menu]]`", "MenuEntry"),
    ("## `[webhooks]`", "Webhooks"),
    ("## `[[webhook]]`", "Webhook"),
    ("## `[[cron]]`", "Cron"),
    ("## `[[observer]]`", "Observer"),
    ("## `[csp]`", "Csp"),
    ("## `[i18n]`", "I18n"),
    ("## `[files]`", "Files"),
];

#[test]
fn tables_have_the_keys_of_the_schema_and_no_others() {
    for (heading, definition) in TABLES {
        let keys = magespec::spec::schema()["$defs"][definition]["properties"].as_object().unwrap();
        let expected: Vec<&str> = keys.keys().map(String::as_str).collect();
        let described: Vec<&str> = rows(section(heading), "| Key |").map(|cells| code(cells[0])).collect();
        let sorted = |mut keys: Vec<&'static str>| {
            keys.sort_unstable();
            keys
        };
        assert_eq!(sorted(described), sorted(expected), "{heading}");
    }
}

#[test]
fn required_keys_are_called_required() {
    for (heading, definition) in TABLES {
        let required = &magespec::spec::schema()["$defs"][definition]["required"];
        for cells in rows(section(heading), "| Key |") {
            let is_required =
                required.as_array().is_some_and(|keys| keys.contains(&Value::from(code(cells[0]))));
            assert_eq!(cells[2].starts_with("required"), is_required, "{heading}, {}", cells[0]);
        }
    }
}

#[test]
fn constraints_have_the_releases_that_are_listed() {
    let catalog = Catalog::bundled();
    let mut count = 0;
    for cells in rows(section("## `[target]`"), "| Constraint |") {
        let text = code(cells[0]).replace("\\|", "|");
        let constraint: Constraint = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        let releases = catalog.resolve(&constraint).map(|target| catalog.describe(target.releases));
        assert_eq!(releases.as_deref(), Some(cells[1]), "{text}");
        count += 1;
    }
    assert!(count > 10);
}

#[test]
fn first_example_is_a_whole_spec_and_the_others_make_one() {
    let blocks: Vec<&str> =
        REFERENCE.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let (first, others) = blocks.split_first().unwrap();
    for text in [(*first).to_owned(), others.join("\n")] {
        let compilation = compile(Source::new("integration.toml", text.as_str()), Catalog::bundled());
        assert!(!compilation.report.has_errors(), "{text}\n{:#?}", compilation.report.diagnostics);
    }
}

#[test]
fn links_lead_to_rules() {
    for link in REFERENCE.split("](rules/").skip(1).filter_map(|rest| rest.split(".md)").next()) {
        assert!(link == "README" || link.parse::<magespec::diag::Rule>().is_ok(), "{link}");
    }
}

/// The section below the heading, up to the next heading of its level.
fn section(heading: &str) -> &'static str {
    let (_, section) = REFERENCE.split_once(&format!("\n{heading}\n")).unwrap();
    section.split("\n## ").next().unwrap()
}

/// The cells of the table whose header starts so.
fn rows<'a>(section: &'a str, header: &str) -> impl Iterator<Item = Vec<&'a str>> {
    let rows = section.lines().skip_while(move |line| !line.starts_with(header)).skip(2);
    rows.take_while(|line| line.starts_with('|')).map(|line| line.split(" | ").map(cell).collect())
}

fn cell(text: &str) -> &str {
    text.trim_matches(['|', ' '])
}

fn code(cell: &'static str) -> &'static str {
    cell.trim_matches('`')
}
