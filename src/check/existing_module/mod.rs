//! Rules on the files of an existing module, for mistakes that a spec cannot contain.

mod acl;
mod classes;
mod csp;
mod jobs;
mod legacy;
mod menu;
mod observers;
pub(crate) mod requirement;
mod settings;
pub(crate) mod setup_version;
mod shape;
mod web_api;

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    ops::Range,
};

pub(crate) use self::web_api::ParameterType;
use super::Context;
use crate::{
    catalog::Catalog,
    diag::{Diagnostic, Rule, Suggestions},
    module::{DeclaredXml, Deed, Doubt, IntegrationFiles, ModuleFiles, XmlIntegration, XmlResource},
    names::AclId,
    parsers::{SpannedText, php::Processing, xml::Element},
    resolve::Resolved,
    spec::Loaded,
};

/// Module on disk and its sketch.
struct ExistingModule<'a> {
    files: &'a ModuleFiles,
    declared: &'a DeclaredXml,
    context: Context<'a>,
    resolved: &'a Resolved,
    /// True for a module of Magento itself, whose names are in the catalog.
    is_core: bool,
}

/// Places of elements that must be unique, each the first with its key.
struct Firsts<K>(HashMap<K, Range<usize>>);

impl<K: Eq + Hash> Firsts<K> {
    fn new() -> Self {
        Self(HashMap::new())
    }

    /// Place of the first element with the key; none if there is none so far.
    fn seen(&mut self, key: K, at: &Range<usize>) -> Option<Range<usize>> {
        let first = self.0.entry(key).or_insert_with(|| at.clone());
        (first != at).then(|| first.clone())
    }
}

/// Finding about an element that repeats an earlier one.
fn twice(rule: Rule, message: String, at: &Range<usize>, first: Range<usize>) -> Diagnostic {
    Diagnostic::new(rule, message).at(at.clone()).related(first, "first here")
}

/// Runs the rules on a module; `loaded` is its sketch.
pub(crate) fn check(
    loaded: &Loaded,
    resolved: Option<&Resolved>,
    catalog: &Catalog,
    files: &ModuleFiles,
    declared: &DeclaredXml,
) -> Vec<Diagnostic> {
    let (Some(spec), Some(resolved)) = (&loaded.spec, resolved) else { return Vec::new() };
    let catalog = &*catalog.beside(&spec.module.name);
    let suggestions = Suggestions::default();
    let context =
        Context { spec, spans: &loaded.spans, comments: &[], catalog, is_sketch: true, suggestions };
    let is_core = is_core(files, &context);
    let module = ExistingModule { files, declared, context, resolved, is_core };
    let mut findings = Vec::new();
    for declared in &module.declared.integrations {
        findings.extend(integration(declared, module.files, module.resolved, module.context.catalog));
    }
    findings.extend(setup_version::check(&module));
    findings.extend(acl::check(&module));
    findings.extend(menu::check(&module));
    findings.extend(settings::check(&module));
    findings.extend(csp::check(&module));
    findings.extend(requirement::check(&module));
    findings.extend(web_api::check(&module));
    findings.extend(jobs::check(&module));
    findings.extend(observers::check(&module));
    findings
}

/// Returns true for a module of Magento itself.
fn is_core(files: &ModuleFiles, context: &Context<'_>) -> bool {
    let package = files.composer.as_ref().and_then(|it| it.value.get("name")?.as_str());
    package.is_some_and(|it| it.starts_with("magento/"))
        && context.catalog.shipping_module(context.spec.module.name.as_str()).is_some()
}

/// ACL resources that webapi.xml, menu.xml and system.xml name: clients need them for a route, administrators to see an
/// entry or a section.
pub(crate) fn needed_resources(files: &ModuleFiles) -> HashSet<String> {
    let root = |path: &str| files.tables.get(path).map(|document| &document.root);
    let entries = root(menu::PATH).into_iter().flat_map(|it| it.named("menu")).flat_map(Element::elements);
    let of_menu = entries.filter_map(|entry| entry.attribute("resource")).map(|id| id.trimmed().to_owned());
    let systems = root(settings::PATH).into_iter().flat_map(|it| it.named("system"));
    let sections = systems.flat_map(|system| system.named("section"));
    let of_sections = sections.flat_map(|section| section.named("resource"));
    let of_sections = of_sections.map(|resource| resource.text().trimmed().to_owned());
    let routes = root("etc/webapi.xml").into_iter().flat_map(|it| it.descendants("resource"));
    let of_routes = routes.filter_map(|resource| resource.attribute("ref")).map(|id| id.trimmed().to_owned());
    of_menu.chain(of_sections).chain(of_routes).collect()
}

/// Findings about the files as a whole.
pub(crate) fn files(files: &ModuleFiles, declared: &DeclaredXml) -> Vec<Diagnostic> {
    let documents = files.xml.iter().chain(&files.tables);
    let mut findings: Vec<Diagnostic> =
        documents.flat_map(|(path, document)| shape::check(path, &document.root)).collect();
    if let Some(document) = files.xml.get("etc/integrations.xml") {
        findings.push(
            Diagnostic::new(Rule::WrongFileName, "Magento does not read etc/integrations.xml")
                .at(document.root.name.span.clone())
                .reason(
                    "the file must be called etc/integration.xml; Magento never creates what this one declares",
                )
                .help("rename it; the first setup:upgrade then creates what it declares"),
        );
    }
    findings.extend(names_differ(files, declared));
    findings
}

/// Compares the name in registration.php with the one in module.xml, by which Magento looks up the folder.
fn names_differ(files: &ModuleFiles, declared: &DeclaredXml) -> Option<Diagnostic> {
    let registered = &files.registration.as_ref()?.name;
    let name = declared.name.as_ref()?;
    (registered.value != name.value).then(|| {
        let message = format!(
            "registration.php registers `{}`, module.xml declares `{}`",
            registered.value, name.value
        );
        Diagnostic::new(Rule::NameMismatch, message)
            .at(registered.span.clone())
            .reason("Magento looks up the folder of a module by the name in module.xml, and does not find it")
            .help(format!("write '{}' in registration.php", name.value))
    })
}

/// Findings about one integration that no spec can have.
fn integration(
    integration: &XmlIntegration,
    files: &ModuleFiles,
    resolved: &Resolved,
    catalog: &Catalog,
) -> Vec<Diagnostic> {
    let mut findings = values(integration);
    let resources = integration.resources.iter();
    findings.extend(resources.filter(|it| AclId::new(it.id.value.as_str()).is_err()).map(no_resource));
    let name = &integration.name;
    match &integration.form {
        IntegrationFiles::Consolidated | IntegrationFiles::Both(_) if integration.email.is_none() => {
            findings.push(partial(integration))
        }
        IntegrationFiles::Legacy(Some(api)) if api.value != name.value => {
            findings.push(other_name(name, api))
        }
        IntegrationFiles::Legacy(None) => findings.push(
            Diagnostic::new(Rule::LegacyNamesDiffer, format!("api.xml has no entry for `{}`", name.value))
                .at(name.span.clone())
                .reason("from 2.1 on Magento stops with an undefined index when it processes the pair")
                .help(format!("add <integration name=\"{}\"> with its <resources> to api.xml", name.value)),
        ),
        IntegrationFiles::LegacyResourcesOnly => findings.push(
            Diagnostic::new(Rule::LegacyNamesDiffer, format!("config.xml has no entry for `{}`", name.value))
                .at(name.span.clone())
                .reason(
                    "Magento creates the integrations in config.xml and never uses other entries of api.xml",
                )
                .help(format!("add <integration name=\"{}\"> with its <email> to config.xml", name.value)),
        ),
        _ => {}
    }
    if integration.form.is_legacy() {
        findings.extend(never_created(integration, files));
    }
    findings.extend(legacy::format(integration, files, resolved, catalog));
    findings
}

/// Reports text that is not an ACL id. The XML takes no patterns: those are for specs.
fn no_resource(resource: &XmlResource) -> Diagnostic {
    let id = resource.id.value.as_str();
    Diagnostic::new(Rule::ResourceFormat, format!("`{id}` is not the id of an ACL resource"))
        .at(resource.id.span.clone())
        .reason("an id is the module's name, two colons, then letters, digits or underscores; Magento drops others silently")
        .help("write, for example: <resource name=\"Magento_Sales::actions_view\"/>")
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
            let help = if key == "email" { "write an address" } else { "remove the element" };
            findings.push(
                Diagnostic::new(Rule::EmptyElement, format!("<{key}> is empty"))
                    .at(value.span.clone())
                    .reason("Magento rejects an empty element in developer mode and stores an empty string in the other modes")
                    .help(help),
            );
        } else if value.trimmed() != value.value {
            findings.push(
                Diagnostic::new(Rule::PaddedValue, format!("<{key}> has white space around its value"))
                    .at(value.span.clone())
                    .reason("Magento stores the value untrimmed; without the white space it differs from the stored one, so integration.xml resets the integration once")
                    .help(format!("write <{key}>{}</{key}>", value.trimmed())),
            );
        }
    }
    findings
}

fn partial(integration: &XmlIntegration) -> Diagnostic {
    let name = &integration.name.value;
    Diagnostic::new(Rule::PartialIntegration, format!("`{name}` has no e-mail address in this module"))
        .at(integration.tag.clone())
        .reason("Magento merges the files of all modules by the integration's name: another module must give the address, or setup:upgrade aborts")
        .help("add the <email> that the other module gives, so that the integration is whole")
}

fn other_name(name: &SpannedText, api: &SpannedText) -> Diagnostic {
    let message = format!("config.xml names `{}`, api.xml names `{}`", name.value, api.value);
    Diagnostic::new(Rule::LegacyNamesDiffer, message)
        .at(api.span.clone())
        .reason("names are case-sensitive: the integration in config.xml gets no permissions, and from 2.1 on Magento stops with an undefined index")
        .help(format!("write \"{}\" in both", name.value))
}

/// Reports a pair that no setup script processes (docs/magento/files-and-schemas.md#legacy-pair).
fn never_created(integration: &XmlIntegration, files: &ModuleFiles) -> Option<Diagnostic> {
    let name = integration.name.value.as_str();
    let names = |call: &Processing| call.names.as_ref().is_none_or(|names| names.iter().any(|it| it == name));
    let creates = |it: &Doubt| matches!(it.deed, Deed::Creates | Deed::Changes | Deed::ProcessesPair);
    if files.processings.iter().any(|(_, call)| names(call)) || files.doubts().any(creates) {
        return None;
    }
    let other =
        files.processings.first().and_then(|(path, call)| Some((path, call.names.as_ref()?.first()?)));
    let finding = match other {
        Some((path, other)) => Diagnostic::new(
            Rule::NeverCreated,
            format!("{path} creates `{other}`, but nothing creates `{name}`"),
        ),
        None => Diagnostic::new(Rule::NeverCreated, format!("this module has no PHP that creates `{name}`")),
    };
    Some(
        finding
            .at(integration.name.span.clone())
            .reason("Magento reads the pair only if a setup script passes the integration's name to ConfigBasedIntegrationManager::processIntegrationConfig")
            .help("move it to etc/integration.xml, from which setup:upgrade creates it"),
    )
}
