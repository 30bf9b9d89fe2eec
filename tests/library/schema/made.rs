//! Documents made from the schema: both sides must judge every form of every key alike, and what is next to it.

use proptest::{collection::vec, prelude::*, sample::select, strategy::Union, string::string_regex};
use serde_json::{Map, Value, json};

use super::{Edit, FULL, assert_same_verdict, edited, edits, routes};

/// Depth from which values have nothing below them that they need not have.
const DEPTH: usize = 3;

/// Schemas of a value, each behind its reference.
fn resolved(schema: &'static Value) -> Vec<&'static Value> {
    if let Some(name) = schema["$ref"].as_str() {
        return resolved(magespec::spec::schema().pointer(&name[1..]).unwrap());
    }
    match schema["anyOf"].as_array() {
        Some(forms) => forms.iter().flat_map(resolved).collect(),
        None => vec![schema],
    }
}

/// Schemas of the value at a route of a document.
fn at(route: &str) -> Vec<&'static Value> {
    let mut found = resolved(magespec::spec::schema());
    for step in route.split('/').skip(1) {
        let step = step.replace("~1", "/");
        let below = |schema: &&'static Value| {
            let by_pattern = schema["patternProperties"].as_object().into_iter().flat_map(Map::values);
            let mut below: Vec<&'static Value> = schema["properties"].get(&step).into_iter().collect();
            below.extend(by_pattern.filter(|_| schema["properties"].get(&step).is_none()));
            below.extend(schema.get("items").filter(|_| step.parse::<usize>().is_ok()));
            below.extend(schema.get("additionalProperties").filter(|it| it.is_object()));
            below
        };
        found = found.iter().flat_map(below).flat_map(resolved).collect();
    }
    found
}

/// Texts that fit a pattern, and some that fit all but its ends.
fn texts(pattern: &str) -> BoxedStrategy<String> {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    match string_regex(inner) {
        Ok(fitting) => prop_oneof![9 => fitting, 1 => "\\PC{0,5}"].boxed(),
        Err(_) => "\\PC{0,5}".boxed(),
    }
}

/// Values that the schema allows, most of the time.
fn values(schema: &'static Value, depth: usize) -> BoxedStrategy<Value> {
    let forms = resolved(schema).into_iter().map(|form| (1, value(form, depth)));
    Union::new_weighted(forms.collect()).boxed()
}

fn value(schema: &'static Value, depth: usize) -> BoxedStrategy<Value> {
    if let Some(words) = schema["enum"].as_array() {
        return select(words.clone()).boxed();
    }
    if let Some(constant) = schema.get("const") {
        return Just(constant.clone()).boxed();
    }
    // Any value that JSON has, as in composer.json.
    if schema["type"].is_array() {
        return select(vec![json!("x"), json!(true), json!(1), json!([{ "a": [] }]), json!({ "a": 1 })])
            .boxed();
    }
    match schema["type"].as_str() {
        Some("string") => {
            texts(schema["pattern"].as_str().unwrap_or("\\PC{0,60}")).prop_map(Value::from).boxed()
        }
        Some("integer") => {
            let limits = ["minimum", "maximum"].map(|key| schema[key].as_i64().unwrap_or_default());
            (select(limits.to_vec()), -2i64..=2).prop_map(|(limit, more)| Value::from(limit + more)).boxed()
        }
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("array") => {
            let count = if depth < DEPTH { 0..4 } else { 0..2 };
            vec(values(&schema["items"], depth + 1), count).prop_map(Value::from).boxed()
        }
        _ => table(schema, depth),
    }
}

fn table(schema: &'static Value, depth: usize) -> BoxedStrategy<Value> {
    let needs = |key: &str| schema["required"].as_array().is_some_and(|keys| keys.iter().any(|it| it == key));
    let mut members: Vec<BoxedStrategy<Vec<(String, Value)>>> = Vec::new();
    for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
        let share = match (needs(key), depth < DEPTH) {
            (true, _) => 0.97,
            (false, true) => 0.3,
            (false, false) => continue,
        };
        let member = values(schema, depth + 1).prop_map(move |value| (key.clone(), value));
        members.push(proptest::option::weighted(share, member).prop_map(Vec::from_iter).boxed());
    }
    for (pattern, schema) in schema["patternProperties"].as_object().into_iter().flatten() {
        members.push(vec((texts(pattern), values(schema, depth + 1)), 0..3).boxed());
    }
    members.prop_map(|members| Value::Object(members.into_iter().flatten().collect())).boxed()
}

/// A document in which the value at a route was made from its schema, and edits of it.
fn documents() -> impl Strategy<Value = (Value, Vec<(usize, Edit)>)> {
    let routes: Vec<(String, &'static Value)> = routes(&FULL, "")
        .into_iter()
        .flat_map(|route| at(&route).into_iter().map(move |it| (route.clone(), it)))
        .collect();
    let made = select(routes).prop_flat_map(|(route, schema)| {
        value(schema, 1).prop_map(move |made| edited(&FULL, &route, Edit::Replace(made)))
    });
    (made, vec((any::<usize>(), edits()), 0..3))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn schema_and_types_accept_the_same_forms((mut spec, edits) in documents()) {
        for (at, edit) in edits {
            let routes = routes(&spec, "");
            spec = edited(&spec, &routes[at % routes.len()], edit);
        }
        assert_same_verdict(spec);
    }
}

/// Values are made for each key of the example, which has all that the schema has.
#[test]
fn values_are_made_for_every_key() {
    for route in routes(&FULL, "") {
        assert!(!at(&route).is_empty(), "{route}");
    }
}

/// Keys that a spec chooses have no limit that only one side knows.
#[test]
fn long_keys_are_judged_alike() {
    for route in routes(&FULL, "") {
        let (parent, key) = route.rsplit_once('/').unwrap();
        let (mut spec, key) = (FULL.clone(), key.replace("~1", "/"));
        if let Some(Value::Object(members)) = spec.pointer_mut(parent) {
            let value = members.remove(&key).unwrap();
            members.insert(key + &"a".repeat(300), value);
            assert_same_verdict(spec);
        }
    }
}
