//! Constructors of data classes, which requests fill (docs/magento/web-api.md#constructor-parameters).

use super::{preferences::Preferences, types::ParameterType};
use crate::{
    catalog::{ReleaseSet, behaviour},
    check::existing_module::{ExistingModule, classes::NamedClass},
    diag::{Diagnostic, Rule},
    module::PhpFile,
    names::{capitalized, snake},
    parsers::php::PhpMethod,
};

/// Reports constructor parameters for fields of a data object that Magento no longer fills.
pub(super) fn check(
    module: &ExistingModule<'_>,
    preferences: &Preferences<'_>,
    name: &str,
    data: &PhpFile,
) -> Vec<Diagnostic> {
    let releases =
        module.context.catalog.those(module.resolved.target.releases, behaviour::restricts_constructors);
    if releases.is_empty() {
        return Vec::new();
    }
    let class = if data.class.is_interface { preferences.class(name) } else { Some(name) };
    let Some(NamedClass::Read(file)) = class.map(|it| module.class(it)) else { return Vec::new() };
    let Some(constructor) = file.class.method("__construct") else { return Vec::new() };
    let fields: Vec<String> = data.class.methods.iter().filter_map(PhpMethod::field).collect();
    let unfilled = constructor.declared.iter().enumerate().filter_map(|(at, parameter)| {
        let kind = ParameterType::of(at, constructor, &file.class);
        let is_filled = match &kind {
            ParameterType::Simple(written) => !written.starts_with("mixed"),
            ParameterType::Object { class, .. } => is_data(class),
            _ => false,
        };
        (!is_filled && fields.contains(&snake(&parameter.name))).then(|| {
            finding(module, releases, &parameter.name, &written(&kind, &parameter.php_type))
                .at(file.at(&parameter.span))
        })
    });
    unfilled.collect()
}

fn written(kind: &ParameterType, declared: &str) -> String {
    if declared.is_empty() { kind.written() } else { declared.to_owned() }
}

fn finding(module: &ExistingModule<'_>, releases: ReleaseSet, name: &str, kind: &str) -> Diagnostic {
    let message = format!("requests do not fill `${name}`, whose type is `{kind}`");
    let there = module.context.catalog.describe(releases);
    Diagnostic::new(Rule::DataConstructor, message)
        .reason(format!(
            "in {there} Magento passes a value of a request to a constructor only if its type is a scalar or in an Api\\Data namespace"
        ))
        .help(format!("use a scalar or a data interface, or a setter `set{}`", capitalized(name)))
}

/// Returns true for a class whose objects Magento builds for a constructor.
fn is_data(class: &str) -> bool {
    let steps: Vec<&str> = class.split('\\').collect();
    steps.windows(2).any(|pair| pair == ["Api", "Data"]) && steps.len() > 4
}
