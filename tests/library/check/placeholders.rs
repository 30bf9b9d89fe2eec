//! Values that take the place of invalid ones, so that the rest is checked.

use magespec::{
    diag::{Rule, Source},
    spec::load,
};
use toml::Value;

use super::{findings, spec};
use crate::support::made::WIDE;

fn rules(text: &str) -> Vec<Rule> {
    findings(&spec(text))
        .iter()
        .map(|finding| finding.rule)
        .filter(|rule| *rule != Rule::MissingKey)
        .collect()
}

#[test]
fn what_is_compared_with_a_placeholder_is_not_reported() {
    let settings = "[settings]\nlabel = \"Acme\"\n[[setting]]\npath = \"bad path\"\nlabel = \"Acme\"\ntype = \"text\"\n\
                    [[setting]]\nlabel = \"Second\"\ntype = \"text\"\n";
    for second in [
        "path = \"connection/base_url\"\n",
        "path = \"shop/name\"\ndepends = { \"connection/bse_url\" = \"1\" }\n",
    ] {
        assert_eq!(rules(&format!("{settings}{second}")), [Rule::InvalidValue], "{second}");
    }
    let unknown = format!("{settings}path = \"shop/name\"\ndepends = {{ \"shop/other\" = \"1\" }}\n");
    assert_eq!(rules(&unknown), [Rule::InvalidValue, Rule::UnknownSetting]);
}

/// Each value of a wide spec, made invalid or left out.
#[test]
fn no_finding_names_a_placeholder() {
    let whole: Value = toml::from_str(WIDE).unwrap();
    let mut places = Vec::new();
    list(&whole, &mut Vec::new(), &mut places);
    assert!(places.len() > 100, "{}", places.len());
    for place in &places {
        for invalid in [Some(Value::from("\u{1}")), Some(Value::Array(vec![Value::from("")])), None] {
            let mut changed = whole.clone();
            change(&mut changed, place, invalid);
            let text = toml::to_string(&changed).unwrap();
            let loaded = load(&Source::new("integration.toml", text.as_str()));
            for finding in findings(&text).iter().filter(|finding| !loaded.findings.contains(finding)) {
                let is_named = |text: &&String| text.len() > 3 && finding.message.contains(text.as_str());
                let named = loaded.placeholders.iter().find(is_named);
                assert!(named.is_none(), "{place:?}: {named:?} in {finding:?}");
            }
        }
    }
}

/// Lists the places of all values that are not tables.
fn list(value: &Value, place: &mut Vec<String>, places: &mut Vec<Vec<String>>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    if !value.is_table() && !place.is_empty() {
        places.push(place.clone());
    }
    for (key, member) in members {
        place.push(key);
        list(member, place, places);
        place.pop();
    }
}

fn change(value: &mut Value, place: &[String], to: Option<Value>) {
    let [key, rest @ ..] = place else { return };
    match (value, rest) {
        (Value::Table(table), []) => match to {
            Some(to) => drop(table.insert(key.clone(), to)),
            None => drop(table.remove(key)),
        },
        (Value::Array(items), []) => match to {
            Some(to) => items[key.parse::<usize>().unwrap()] = to,
            None => drop(items.remove(key.parse::<usize>().unwrap())),
        },
        (Value::Table(table), rest) => change(&mut table[key], rest, to),
        (Value::Array(items), rest) => change(&mut items[key.parse::<usize>().unwrap()], rest, to),
        _ => unreachable!("a place of the spec"),
    }
}
