//! Routes of the module.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{
    operation::{Argument, ArgumentKind, Operation, OperationShape},
    schemas::Schemas,
    search,
};
use crate::{
    model::{Method, Module, Parameter, ParameterDefault, PhpBase, Service},
    names::{MethodName, Mode, snake},
};

/// Operations in the order of the spec.
pub(super) fn operations(module: &Module, schemas: &mut Schemas<'_>) -> Vec<Operation> {
    let mut operations = Vec::new();
    for service in &module.api.services {
        let mut routes: HashMap<&MethodName, usize> = HashMap::new();
        for method in &service.methods {
            let mut operation = operation(service, method, schemas);
            // A second route of a method has an id of its own.
            let count = routes.entry(&method.name).or_default();
            *count += 1;
            if *count > 1 {
                operation.id = format!("{}_{count}", operation.id);
            }
            operations.push(operation);
        }
    }
    operations
}

/// Tags with the descriptions of the services.
pub(super) fn tags(module: &Module) -> Vec<Value> {
    let tag =
        |service: &Service| json!({ "name": service.name.as_str(), "description": service.description });
    module.api.services.iter().map(tag).collect()
}

fn operation(service: &Service, method: &Method, schemas: &mut Schemas<'_>) -> Operation {
    let set =
        |parameter: &Parameter| method.data.iter().find(|set| snake(&set.name) == snake(&parameter.name));
    let arguments = method.parameters.iter().enumerate();
    let arguments = arguments.filter(|(_, parameter)| set(parameter).is_none_or(|set| !set.is_forced));
    let arguments = arguments.map(|(at, parameter)| {
        argument(parameter, at < method.needed() && set(parameter).is_none(), schemas)
    });
    Operation {
        id: format!("{}_{}", service.name, method.name),
        tag: service.name.to_string(),
        summary: method.description.clone(),
        gaps: String::new(),
        verb: method.verb.clone(),
        path: method.path.clone(),
        mode: Mode::Direct,
        needs: method.access.clone(),
        deprecation: method.deprecation.clone(),
        shape: Some(OperationShape {
            arguments: arguments.collect(),
            answer: schemas.answer(method.returns.as_ref()),
        }),
    }
}

fn argument(parameter: &Parameter, is_required: bool, schemas: &mut Schemas<'_>) -> Argument {
    let kind = match &parameter.kind.base {
        PhpBase::Class(class) if search::is_criteria(class) && !parameter.kind.is_list => {
            ArgumentKind::Search
        }
        _ => {
            let mut schema = schemas.own(&parameter.kind);
            if let (Some(default), Some(schema)) = (&parameter.default, schema.as_object_mut()) {
                schema.insert("default".to_owned(), value(default));
            }
            ArgumentKind::Value(schema)
        }
    };
    Argument { name: parameter.name.clone(), kind, is_required }
}

fn value(default: &ParameterDefault) -> Value {
    match default {
        ParameterDefault::Flag(yes) => json!(yes),
        ParameterDefault::Number(number) => json!(number),
        ParameterDefault::Text(text) => json!(text),
        ParameterDefault::List(items) => json!(items),
    }
}
