//! Queries and forms as PHP reads them.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::oauth::{MOST_VARIABLES, percent};

/// Deepest arrays that PHP reads (`max_input_nesting_level`).
const DEEPEST: usize = 64;

/// Most arrays that variables can be in.
pub(in crate::mock) const MOST_ARRAYS: usize = MOST_VARIABLES * DEEPEST;

/// A value of PHP's.
#[derive(Debug)]
enum PhpValue {
    Text(String),
    Array(IndexMap<String, PhpValue>),
}

/// Reads `a=1&b[]=2&c[d]=3` (`parse_str`); the last value of a name counts. Arrays numbered from 0 in order are lists.
#[must_use]
pub fn parameters(query: &str) -> Map<String, Value> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    variables(pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (percent::decode_form_text(name), percent::decode_form_text(value))
    }))
}

/// Arrays and texts of variables with names such as `a` and `b[]`.
pub(in crate::mock) fn variables(pairs: impl Iterator<Item = (String, String)>) -> Map<String, Value> {
    let mut all = IndexMap::new();
    for (name, value) in pairs.take(MOST_VARIABLES) {
        let name = name.trim_start_matches(' ');
        // PHP ends a name at a NUL.
        let name = name.split('\0').next().unwrap_or_default();
        if name.is_empty() || name.starts_with('[') && !name.contains(']') {
            continue;
        }
        let (base, keys) = split(name);
        if keys.len() <= DEEPEST {
            insert(&mut all, &base, &keys, value);
        }
    }
    all.into_iter().map(|(name, value)| (name, value.into_json())).collect()
}

/// Name and keys of `a[b][]`: `a`, then `b` and an empty one. Dots and spaces of the name become underscores.
fn split(name: &str) -> (String, Vec<&str>) {
    let plain = |text: &str| text.replace(['.', ' '], "_");
    let Some((base, mut rest)) = name.split_once('[').filter(|(base, _)| !base.is_empty()) else {
        return (plain(name).replace('[', "_"), Vec::new());
    };
    let mut keys = Vec::new();
    while let Some((key, behind)) = rest.split_once(']') {
        keys.push(key);
        let Some(next) = behind.strip_prefix('[') else { return (plain(base), keys) };
        rest = next;
    }
    if keys.is_empty() { (format!("{}_{}", plain(base), rest), keys) } else { (plain(base), keys) }
}

fn insert(array: &mut IndexMap<String, PhpValue>, key: &str, below: &[&str], value: String) {
    let Some((next, below)) = below.split_first() else {
        array.insert(key.to_owned(), PhpValue::Text(value));
        return;
    };
    let slot = array.entry(key.to_owned()).or_insert_with(|| PhpValue::Array(IndexMap::new()));
    if let PhpValue::Text(_) = slot {
        *slot = PhpValue::Array(IndexMap::new());
    }
    if let PhpValue::Array(inner) = slot {
        let next = if next.is_empty() { next_index(inner) } else { (*next).to_owned() };
        insert(inner, &next, below, value);
    }
}

fn next_index(array: &IndexMap<String, PhpValue>) -> String {
    let highest = array.keys().filter_map(|key| key.parse::<i64>().ok()).max();
    highest.map_or(0, |highest| highest.saturating_add(1).max(0)).to_string()
}

impl PhpValue {
    fn into_json(self) -> Value {
        match self {
            Self::Text(text) => Value::String(text),
            Self::Array(array) => {
                let is_list = array.keys().enumerate().all(|(place, key)| *key == place.to_string());
                let values = array.into_iter().map(|(key, value)| (key, value.into_json()));
                if is_list {
                    Value::Array(values.map(|(_, value)| value).collect())
                } else {
                    Value::Object(values.collect())
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn queries_are_read_as_php_reads_them() {
        for (query, expected) in [
            ("a=1&b=a+b%2B&a=2", json!({"a": "2", "b": "a b+"})),
            ("a&b=&c=d=e", json!({"a": "", "b": "", "c": "d=e"})),
            ("t[]=a&t[]=b", json!({"t": ["a", "b"]})),
            ("t[1]=a&t[0]=b", json!({"t": {"1": "a", "0": "b"}})),
            ("t[5]=a&t[]=b", json!({"t": {"5": "a", "6": "b"}})),
            ("s%5Bf%5D[0][x]=1&s[f][0][y]=2", json!({"s": {"f": [{"x": "1", "y": "2"}]}})),
            ("a.b=1&c d=2&e[f.g]=3", json!({"a_b": "1", "c_d": "2", "e": {"f.g": "3"}})),
            ("a[b=1&c[d]e=2", json!({"a_b": "1", "c": {"d": "2"}})),
            ("a=1&a[b]=2", json!({"a": {"b": "2"}})),
            ("=1&&[=3", json!({})),
        ] {
            assert_eq!(Value::Object(parameters(query)), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn no_query_is_too_odd(query in "[a\\[\\]=&%0-9. ]{0,80}") {
            let _ = parameters(&query);
        }
    }

    #[test]
    fn depth_and_number_are_limited() {
        assert!(parameters(&format!("a{}=1", "[b]".repeat(10_000))).is_empty());
        let many: String = (0..5000).map(|number| format!("a{number}=1&")).collect();
        assert_eq!(parameters(&many).len(), MOST_VARIABLES);
    }
}
