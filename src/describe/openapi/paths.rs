//! Paths and the operations of their methods.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::operation::Operation;

/// Paths in order. Paths that differ only in parameter names are merged, as OpenAPI requires; callers see no
/// difference.
#[derive(Debug, Default)]
pub(super) struct Paths(BTreeMap<String, Path>);

#[derive(Debug)]
struct Path {
    template: String,
    /// Operations by method, in lower case.
    operations: BTreeMap<String, Value>,
}

impl Paths {
    /// Adds an operation unless the path already has it.
    pub(super) fn add(&mut self, operation: &Operation) {
        let shape = steps(&operation.path, |_| "{}".to_owned());
        let template = || steps(&operation.path, |name| format!("{{{name}}}"));
        let path =
            self.0.entry(shape).or_insert_with(|| Path { template: template(), operations: BTreeMap::new() });
        let names: Vec<&str> =
            path.template.split('/').filter_map(|step| step.strip_prefix('{')?.strip_suffix('}')).collect();
        path.operations.entry(operation.verb.to_lowercase()).or_insert_with(|| operation.value(&names));
    }

    pub(super) fn into_value(self) -> Value {
        let item = |path: Path| (path.template, Value::Object(path.operations.into_iter().collect()));
        Value::Object(self.0.into_values().map(item).collect::<Map<_, _>>())
    }
}

/// Rewrites the parameters of a path.
fn steps(path: &str, parameter: impl Fn(&str) -> String) -> String {
    let step = |step: &str| match step.strip_prefix(':') {
        Some(name) => parameter(name),
        _ => step.to_owned(),
    };
    path.split('/').map(step).collect::<Vec<_>>().join("/")
}
