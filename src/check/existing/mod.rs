//! Rules about the files of a module that exists already: what a spec in their place could not get wrong.

mod legacy;
mod shape;

use crate::{
    catalog::Catalog,
    diag::{Diagnostic, Rule},
    formats::{SpannedText, php::Processing},
    module::{DeclaredXml, IntegrationFiles, ModuleFiles, XmlIntegration},
    resolve::Resolved,
};

/// Findings about the files as they are.
pub(crate) fn files(files: &ModuleFiles, declared: &DeclaredXml) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> =
        files.xml.iter().flat_map(|(path, document)| shape::check(path, &document.root)).collect();
    if let Some(document) = files.xml.get("etc/integrations.xml") {
        findings.push(
            Diagnostic::new(Rule::WrongFileName, "Magento does not read etc/integrations.xml")
                .at(document.root.name.span.clone())
                .reason(
                    "the file is called etc/integration.xml: whatever stands in this one is never created",
                )
                .help("rename it; the first setup:upgrade then creates what it declares"),
        );
    }
    findings.extend(names_differ(files, declared));
    findings
}

/// registration.php registers the folder under one name, and Magento looks it up under that of module.xml.
fn names_differ(files: &ModuleFiles, declared: &DeclaredXml) -> Option<Diagnostic> {
    let registered = &files.registration.as_ref()?.name;
    let name = declared.name.as_ref()?;
    (registered.value != name.value).then(|| {
        let message =
            format!("registration.php registers `{}`, module.xml is of `{}`", registered.value, name.value);
        Diagnostic::new(Rule::NameMismatch, message)
            .at(registered.span.clone())
            .reason("Magento looks for the folder of a module under the name in module.xml, and finds none")
            .help(format!("write '{}' in registration.php", name.value))
    })
}

/// Findings about one integration, but for what any spec may have too. `resolved` is there if the rest could be checked.
pub(crate) fn integration(
    integration: &XmlIntegration,
    files: &ModuleFiles,
    resolved: Option<&Resolved>,
    catalog: &Catalog,
) -> Vec<Diagnostic> {
    let mut findings = values(integration);
    let name = &integration.name;
    match &integration.form {
        IntegrationFiles::Consolidated | IntegrationFiles::Both(_) if integration.email.is_none() => {
            findings.push(partial(integration))
        }
        IntegrationFiles::Legacy(Some(api)) if api.value != name.value => {
            findings.push(other_name(name, api))
        }
        IntegrationFiles::Legacy(None) => findings.push(
            Diagnostic::new(Rule::LegacyNamesDiffer, format!("api.xml has nothing for `{}`", name.value))
                .at(name.span.clone())
                .reason("from 2.1 on Magento then stops at an undefined index when the pair is processed")
                .help("list what it may use in api.xml, or in `resources` of a spec"),
        ),
        IntegrationFiles::LegacyResourcesOnly => findings.push(
            Diagnostic::new(Rule::LegacyNamesDiffer, format!("config.xml has no `{}`", name.value))
                .at(name.span.clone())
                .reason("Magento creates what config.xml names; what api.xml says of others is never used")
                .help("name it in config.xml with its e-mail address, or write both into a spec"),
        ),
        _ => {}
    }
    if integration.form.is_legacy() {
        findings.extend(never_created(integration, files));
    }
    if let Some(resolved) = resolved {
        findings.extend(legacy::format(integration, resolved, catalog));
    }
    findings
}

fn values(integration: &XmlIntegration) -> Vec<Diagnostic> {
    let values = [
        ("email", &integration.email),
        ("endpoint_url", &integration.endpoint_url),
        ("identity_link_url", &integration.identity_link_url),
    ];
    let mut findings = Vec::new();
    for (key, value) in values {
        let Some(value) = value else { continue };
        if value.trimmed().is_empty() {
            let help = if key == "email" { "write an address" } else { "leave the element out" };
            findings.push(
                Diagnostic::new(Rule::EmptyElement, format!("<{key}> is empty"))
                    .at(value.span.clone())
                    .reason("Magento refuses an empty element in developer mode, and stores an empty text in the other modes")
                    .help(help),
            );
        } else if value.trimmed() != value.value {
            findings.push(
                Diagnostic::new(Rule::PaddedValue, format!("<{key}> has white space around its text"))
                    .at(value.span.clone())
                    .reason("Magento does not trim it: what is stored has the white space, and without it the two differ, so that integration.xml resets the integration once")
                    .help(format!("write <{key}>{}</{key}>", value.trimmed())),
            );
        }
    }
    findings
}

fn partial(integration: &XmlIntegration) -> Diagnostic {
    let name = &integration.name.value;
    Diagnostic::new(Rule::PartialIntegration, format!("`{name}` has no e-mail address here"))
        .at(integration.tag.clone())
        .reason("the files of all modules are merged by the integration's name: another module has to give the address, or setup:upgrade aborts")
        .help("a spec describes whole integrations: write the address that the other module gives")
}

fn other_name(name: &SpannedText, api: &SpannedText) -> Diagnostic {
    let message = format!("config.xml names `{}`, api.xml `{}`", name.value, api.value);
    Diagnostic::new(Rule::LegacyNamesDiffer, message)
        .at(api.span.clone())
        .reason("names are compared letter by letter: the one in config.xml gets nothing, and from 2.1 on Magento stops at an undefined index")
        .help(format!("write \"{}\" in both", name.value))
}

/// The pair does nothing by itself (docs/magento/files-and-schemas.md#legacy-pair).
fn never_created(integration: &XmlIntegration, files: &ModuleFiles) -> Option<Diagnostic> {
    let name = integration.name.value.as_str();
    let names = |call: &Processing| call.names.as_ref().is_none_or(|names| names.iter().any(|it| it == name));
    if files.processings.iter().any(|(_, call)| names(call)) {
        return None;
    }
    let other =
        files.processings.first().and_then(|(path, call)| Some((path, call.names.as_ref()?.first()?)));
    let finding = match other {
        Some((path, other)) => Diagnostic::new(
            Rule::NeverCreated,
            format!("{path} creates `{other}`, and nothing creates `{name}`"),
        ),
        None => Diagnostic::new(Rule::NeverCreated, format!("no PHP of this module creates `{name}`")),
    };
    Some(
        finding
            .at(integration.name.span.clone())
            .reason("the pair is read only when a setup script calls ConfigBasedIntegrationManager::processIntegrationConfig with the integration's name")
            .help("in etc/integration.xml setup:upgrade creates it by itself"),
    )
}
