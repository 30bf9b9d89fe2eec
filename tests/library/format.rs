//! The layout of specs.

use std::{fs, path::Path};

use magespec::{
    diag::Source,
    spec::{format, load},
};
use proptest::{collection, prelude::*, sample::select};

fn formatted(text: &str) -> String {
    format(&Source::new("a.toml", text)).unwrap_or_else(|error| panic!("{error:?}\n{text}"))
}

/// Values with their types in the order of the text, and its comments.
fn meaning(text: &str) -> (String, Vec<String>) {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let comments = load(&Source::new("a.toml", text)).comments;
    (format!("{table:?}"), comments.iter().map(|it| it.text.trim_end().to_owned()).collect())
}

fn space() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", " ", "   ", "\t"])
}

/// Space in a list, where lines may break.
fn gap() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", " ", "  ", "\n", "\n\n\n", " # a\n", "# b\n\n", "   # \"c\n", "\n # d\n", "\r\n"])
}

fn scalar() -> impl Strategy<Value = &'static str> {
    select(vec![
        "1",
        "0x1F",
        "+1_000",
        "1.5e3",
        "true",
        "inf",
        "1979-05-27 07:32:00",
        "1979-05-27T07:32:00Z",
        "'# no'",
        r#""\e \x41 \\e é日""#,
        r#""""
 a \
   b""""#,
        "'''\n  # no\n\n\n'''",
        "'a long string, to come to the end of the line'",
        "\"\"",
    ])
}

fn value() -> impl Strategy<Value = String> {
    scalar().prop_map(str::to_owned).prop_recursive(3, 24, 5, |inner| {
        let item = (gap(), inner.clone(), gap());
        let list = (collection::vec(item, 0..5), any::<bool>(), gap()).prop_map(|(items, is_ended, end)| {
            let items: Vec<String> = items.iter().map(|(a, value, b)| format!("{a}{value}{b}")).collect();
            let comma = if is_ended && !items.is_empty() { "," } else { "" };
            format!("[{}{comma}{end}]", items.join(","))
        });
        let member = (gap(), space(), space(), inner, gap());
        let table = (collection::vec(member, 0..4), gap()).prop_map(|(members, end)| {
            let members: Vec<String> = members
                .iter()
                .enumerate()
                .map(|(at, (a, b, c, value, d))| format!("{a}k{at}{b}={c}{value}{d}"))
                .collect();
            format!("{{{}{end}}}", members.join(","))
        });
        prop_oneof![list, table]
    })
}

/// Valid TOML in the layout of someone in a hurry.
fn document() -> impl Strategy<Value = String> {
    let comment = select(vec!["", "", "# x", "  # y  ", "#"]);
    let end = select(vec!["\n", "\n", "\n\n\n", "\r\n", "\n# z\n", "\n\n# w\n\n"]);
    let line = (space(), value(), any::<u8>(), comment, end);
    collection::vec(line, 0..9).prop_map(|lines| {
        let line = |(at, (space, value, kind, comment, end)): (usize, (&str, String, u8, &str, &str))| {
            let text = match kind % 6 {
                0 => format!("[{space}t{at}{space}.{space}\"x y\"{space}]"),
                1 => format!("[[{space}list{space}]]"),
                2 => format!("\"k {at}\"{space}.{space}b{space}={space}{value}"),
                _ => format!("k{at}{space}={space}{value}"),
            };
            format!("{space}{text}{space}{comment}{end}")
        };
        lines.into_iter().enumerate().map(line).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_layout_changes_no_meaning_and_is_stable(text in document()) {
        let after = formatted(&text);
        prop_assert_eq!(meaning(&text), meaning(&after), "{}", after);
        prop_assert_eq!(formatted(&after), after);
    }
}

#[test]
fn specs_of_the_repository_are_formatted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let examples = fs::read_dir(root.join("examples")).unwrap();
    let mut specs: Vec<_> = examples.map(|entry| entry.unwrap().path().join("integration.toml")).collect();
    specs.push(root.join("integration.toml.example"));
    for spec in specs.iter().filter(|spec| spec.exists()) {
        let text = fs::read_to_string(spec).unwrap();
        assert_eq!(formatted(&text), text, "{}", spec.display());
    }
}

#[test]
fn a_wide_spec_keeps_its_meaning() {
    let wide = include_str!("../support/wide.toml");
    assert_eq!(meaning(wide), meaning(&formatted(wide)));
}
