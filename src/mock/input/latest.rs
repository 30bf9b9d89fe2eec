//! Values of which later ones replace earlier ones.

use std::{collections::HashSet, hash::Hash};

use serde_json::Value;

/// Leaves the last value of each key, in the order of those that stay.
pub(in crate::mock) fn latest<K: Eq + Hash>(values: Vec<Value>, key: impl Fn(&Value) -> K) -> Vec<Value> {
    let mut seen = HashSet::new();
    let mut latest: Vec<Value> = values.into_iter().rev().filter(|it| seen.insert(key(it))).collect();
    latest.reverse();
    latest
}

/// Leaves the last custom attribute of each code.
pub(in crate::mock) fn latest_attributes(attributes: Vec<Value>) -> Vec<Value> {
    latest(attributes, |it| it.get("attribute_code").cloned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_last_value_of_a_code_counts() {
        let of = |code: &str, value: i64| json!({ "attribute_code": code, "value": value });
        let all = vec![of("a", 1), of("b", 2), of("a", 3), of("c", 4)];
        assert_eq!(latest_attributes(all), [of("b", 2), of("a", 3), of("c", 4)]);
    }

    #[test]
    fn long_lists_end() {
        let all = (0..200_000).map(Value::from).collect();
        assert_eq!(latest(all, Value::clone).len(), 200_000);
    }
}
