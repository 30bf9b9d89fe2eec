//! `Api/*Interface.php` of services, and the classes that the user continues.

use minijinja::{Value, context};

use crate::{
    emit::{
        GeneratedFile,
        php::{Imports, MethodOwner, doc_type, literal, native, signature},
        template::{self, Template},
    },
    model::{Method, Module, ParameterDefault, Service},
    names::ClassName,
};

/// Interface and class of each service.
pub(in crate::emit) fn files(module: &Module) -> Vec<GeneratedFile> {
    let made = |service: &Service| {
        [
            interface(module, service)
                .map(|text| GeneratedFile::managed(format!("Api/{}Interface.php", service.name), text)),
            class(module, service)
                .map(|text| GeneratedFile::seeded(format!("Model/{}.php", service.name), text)),
        ]
    };
    module.api.services.iter().filter(|it| it.is_generated).flat_map(made).flatten().collect()
}

/// Generates the interface. It uses full class names: Magento resolves imports only from 2.3.1 on
/// (docs/magento/web-api.md#doc-types).
fn interface(module: &Module, service: &Service) -> Option<String> {
    let mut full = |class: &str| format!("\\{class}");
    let methods: Vec<Value> = service.distinct().map(|method| {
        let parameters = method.parameters.iter();
        let documented = parameters.map(|it| format!("{} ${}", doc_type(&it.kind, &mut full), it.name));
        context! {
            description => &method.description,
            parameters => documented.collect::<Vec<_>>(),
            returns => method.returns.as_ref().map_or_else(|| "void".to_owned(), |it| doc_type(it, &mut full)),
            is_search => method.is_search,
            signature => declared(method, &mut full, MethodOwner::Interface),
        }
    }).collect();
    let values = context! { name => service.name.as_str(), description => &service.description, methods };
    template::php(module, Template::ServiceInterface, values)
}

/// Doc block and signature of a method, for an interface that the user maintains.
pub(in crate::emit) fn declared_method(module: &Module, method: &Method) -> Option<String> {
    let service = Service {
        name: ClassName::new("Service").ok()?,
        interface: String::new(),
        is_generated: true,
        description: String::new(),
        methods: vec![method.clone()],
    };
    let text = interface(module, &service)?;
    let (_, body) = text.split_once("\n{\n")?;
    Some(body.trim_end().trim_end_matches('}').trim_end().to_owned())
}

fn class(module: &Module, service: &Service) -> Option<String> {
    let mut imports = Imports::default();
    imports.alias(r"Magento\Framework\Webapi\Exception", "WebapiException");
    let interface = imports.name(&service.interface);
    let mut short = |class: &str| imports.name(class);
    let methods = service.distinct().map(|method| declared(method, &mut short, MethodOwner::Class));
    let methods: Vec<String> = methods.collect();
    let values = context! {
        name => service.name.as_str(),
        description => &service.description,
        interface,
        imports => imports.lines(),
        methods,
    };
    template::seed(module, Template::Service, values)
}

/// Renders the signature of the method.
fn declared(method: &Method, name: &mut dyn FnMut(&str) -> String, place: MethodOwner) -> String {
    let needed = method.needed();
    let mut parameters = Vec::new();
    for (at, parameter) in method.parameters.iter().enumerate() {
        let default = match &parameter.default {
            _ if at < needed => String::new(),
            None => " = null".to_owned(),
            Some(default) => format!(" = {}", value(default)),
        };
        let native = native(&parameter.kind, name);
        parameters.push(format!("{native} ${}{default}", parameter.name));
    }
    let returns = method.returns.as_ref().map_or_else(|| "void".to_owned(), |it| native(it, name));
    signature(method.name.as_str(), &parameters, &returns, place)
}

/// Renders a default as PHP.
fn value(default: &ParameterDefault) -> String {
    match default {
        ParameterDefault::Flag(yes) => yes.to_string(),
        ParameterDefault::Number(number) => number.to_string(),
        ParameterDefault::Text(text) => literal(text),
        ParameterDefault::List(items) => {
            format!("[{}]", items.iter().map(|item| literal(item)).collect::<Vec<_>>().join(", "))
        }
    }
}
