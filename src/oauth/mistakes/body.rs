//! JSON bodies as clients sign them.

use serde_json::Value;

use crate::oauth::percent::encode;

/// Longest body that is tried.
const LONGEST: usize = 8 << 10;

/// Encoded parameter.
type Pair = (String, String);

/// Parameters that clients make of a JSON body, one list per way: as PHP and as JavaScript build a query of it, its first
/// level only, and the whole text as a name.
pub(super) fn spelled(body: &str) -> Vec<Vec<Pair>> {
    let Some(Value::Object(fields)) =
        Some(body).filter(|it| it.len() <= LONGEST).and_then(|it| serde_json::from_str(it).ok())
    else {
        return Vec::new();
    };
    let [mut php, mut script] = [Vec::new(), Vec::new()];
    for (name, value) in &fields {
        flatten(name, value, &|is| if is { "1" } else { "0" }, &mut php);
        flatten(name, value, &|is| if is { "true" } else { "false" }, &mut script);
    }
    let first_level = fields.iter().map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (encode(name), encode(text))
    });
    vec![php, script, first_level.collect(), vec![(encode(body), String::new())]]
}

/// Adds `a[b][0]=c` for each value.
fn flatten(name: &str, value: &Value, word: &dyn Fn(bool) -> &'static str, into: &mut Vec<Pair>) {
    let text = match value {
        Value::Null => return,
        Value::Bool(is) => word(*is).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            return items.for_each(|(place, it)| flatten(&format!("{name}[{place}]"), it, word, into));
        }
        Value::Object(fields) => {
            return fields.iter().for_each(|(key, it)| flatten(&format!("{name}[{key}]"), it, word, into));
        }
    };
    into.push((encode(name), encode(text)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_become_parameters() {
        let body = r#"{"a": {"b": [true, 1.5, null]}, "c": "x y"}"#;
        let of = |pairs: &Vec<Pair>| {
            pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
        };
        assert_eq!(
            spelled(body).iter().map(of).collect::<Vec<_>>(),
            [
                "a%5Bb%5D%5B0%5D=1&a%5Bb%5D%5B1%5D=1.5&c=x%20y".to_owned(),
                "a%5Bb%5D%5B0%5D=true&a%5Bb%5D%5B1%5D=1.5&c=x%20y".to_owned(),
                "a=%7B%22b%22%3A%5Btrue%2C1.5%2Cnull%5D%7D&c=x%20y".to_owned(),
                format!("{}=", encode(body)),
            ]
        );
        assert!(spelled("[1]").is_empty() && spelled("").is_empty() && spelled("a=b").is_empty());
        assert!(spelled(&format!("{{\"a\":\"{}\"}}", "x".repeat(LONGEST))).is_empty());
    }
}
