//! `Api/Data/*Interface.php` and `Model/Data/*.php`.

use minijinja::{Value, context};

use crate::{
    emit::{
        GeneratedFile,
        php::{Imports, MethodOwner, default, doc_type, native, signature, variable},
        template::{self, Template},
    },
    model::{Data, Module},
};

/// Files of each data object and of its search results.
pub(in crate::emit) fn files(module: &Module) -> Vec<GeneratedFile> {
    module.api.data.iter().flat_map(|data| of_data(module, data)).flatten().collect()
}

fn of_data(module: &Module, data: &Data) -> [Option<GeneratedFile>; 4] {
    let name = &data.name;
    let page = |template| {
        let page = data.page.as_ref()?;
        template::php(module, template, context! { name => name.as_str(), page })
    };
    [
        interface(module, data)
            .map(|text| GeneratedFile::managed(format!("Api/Data/{name}Interface.php"), text)),
        class(module, data).map(|text| GeneratedFile::managed(format!("Model/Data/{name}.php"), text)),
        page(Template::SearchResultsInterface)
            .map(|text| GeneratedFile::managed(format!("Api/Data/{name}SearchResultsInterface.php"), text)),
        page(Template::SearchResults)
            .map(|text| GeneratedFile::managed(format!("Model/Data/{name}SearchResults.php"), text)),
    ]
}

fn interface(module: &Module, data: &Data) -> Option<String> {
    let mut full = |class: &str| format!("\\{class}");
    template::php(module, Template::DataInterface, values(data, &mut full, MethodOwner::Interface))
}

fn class(module: &Module, data: &Data) -> Option<String> {
    let mut imports = Imports::default();
    let interface = imports.name(&format!(r"{}\Api\Data\{}Interface", module.name.namespace(), data.name));
    let values = values(data, &mut |class: &str| imports.name(class), MethodOwner::Class);
    template::php(module, Template::Data, context! { interface, imports => imports.lines(), ..values })
}

fn values(data: &Data, name: &mut dyn FnMut(&str) -> String, place: MethodOwner) -> Value {
    let mut fields = Vec::new();
    for field in &data.fields {
        let property = variable(&field.suffix);
        let native = native(&field.kind, name);
        let given = format!("{native} ${property}");
        fields.push(context! {
            getter => signature(&format!("get{}", field.suffix), &[], &native, place),
            setter => signature(&format!("set{}", field.suffix), &[given], "void", place),
            property,
            name => &field.name,
            native,
            doc => doc_type(&field.kind, name),
            default => default(&field.kind),
        });
    }
    context! { name => data.name.as_str(), description => &data.description, fields }
}
