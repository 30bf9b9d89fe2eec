//! What a module declares to `setup:upgrade`: of its files, or of a compiled spec.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::{
    ModuleDir, ModuleFiles,
    declared_xml::{DeclaredXml, IntegrationFiles, XmlAclNode, XmlIntegration},
    name,
};
use crate::{
    catalog::OwnResource,
    diag::{Report, Rule},
    formats::SpannedText,
    model::{self, Module},
    names::ModuleName,
    tree::Disk,
};

/// What one state of a module declares, as far as `setup:upgrade` sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// `Vendor_Module`.
    pub module: ModuleName,
    /// In the order of their names, which are all different.
    pub integrations: Vec<DeclaredIntegration>,
    /// The resources that its acl.xml adds.
    pub own: Vec<OwnResource>,
    /// What Magento remembers its setup scripts by.
    pub scripts: Scripts,
}

/// An integration as the merged XML has it: of several modules that name it, resources are united, and of everything
/// else what the module loaded last says counts (docs/magento/files-and-schemas.md#merging).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredIntegration {
    /// As written.
    pub name: String,
    /// None if the element is missing.
    pub email: Option<String>,
    /// None if the element is missing; an empty element is stored as NULL
    /// (docs/magento/files-and-schemas.md#empty-url).
    pub endpoint: Option<String>,
    /// The same of the page that the Admin opens.
    pub identity_link_url: Option<String>,
    /// The ids that are asked for, known or not.
    pub resources: BTreeSet<String>,
    /// Which files say so.
    pub form: Form,
}

/// Which files declare an integration (docs/magento/files-and-schemas.md#both-forms).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `etc/integration.xml`: processed by every `setup:upgrade` since 2.1.0, not read by 2.0.
    Consolidated,
    /// `etc/integration/{config,api}.xml`: processed when a setup script of the module runs.
    Legacy,
}

/// What Magento remembers setup scripts by: each runs once (docs/magento/files-and-schemas.md#legacy-pair).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scripts {
    /// `setup_version` of module.xml, if there is a script that processes the pair whenever it is raised.
    pub setup_version: Option<String>,
    /// The data patches that process the pair, by path.
    pub patches: BTreeSet<String>,
}

impl Declaration {
    /// What a compiled module declares. `patches` are its data patches.
    #[must_use]
    pub fn of(module: &Module, patches: BTreeSet<String>) -> Self {
        let form = if module.platform.is_legacy { Form::Legacy } else { Form::Consolidated };
        let mut own = Vec::new();
        own_nodes(&module.acl, None, &mut own);
        let has_script = form == Form::Legacy && patches.is_empty();
        Self {
            module: module.name.clone(),
            integrations: module.integrations.iter().map(|it| DeclaredIntegration::of(it, form)).collect(),
            own,
            scripts: Scripts { setup_version: module.setup_version.clone().filter(|_| has_script), patches },
        }
    }
}

impl DeclaredIntegration {
    fn of(integration: &model::Integration, form: Form) -> Self {
        let text = ToString::to_string;
        Self {
            name: integration.name.to_string(),
            email: Some(integration.email.to_string()),
            endpoint: integration.endpoint_url.as_ref().map(text),
            identity_link_url: integration.identity_link_url.as_ref().map(text),
            resources: integration.resources.iter().map(|resource| resource.id.to_string()).collect(),
            form,
        }
    }
}

impl Scripts {
    /// Returns true if `setup:upgrade` runs a script that it has not run yet. `before` are those it has; none if the
    /// module is new to it.
    #[must_use]
    pub fn run_after(&self, before: Option<&Self>) -> bool {
        let Some(before) = before else { return self.setup_version.is_some() || !self.patches.is_empty() };
        let is_raised = match (&self.setup_version, &before.setup_version) {
            (Some(now), Some(before)) => numbers(now) > numbers(before),
            (now, _) => now.is_some(),
        };
        is_raised || !self.patches.is_subset(&before.patches)
    }
}

/// A `setup_version` as PHP compares versions of digits and dots.
fn numbers(version: &str) -> Vec<u64> {
    version.split('.').filter_map(|number| number.parse().ok()).collect()
}

fn own_nodes(nodes: &[model::AclNode], parent: Option<&str>, own: &mut Vec<OwnResource>) {
    for node in nodes {
        own.extend(node.declared.as_ref().map(|declared| OwnResource {
            id: node.id.to_string(),
            title: declared.title.to_string(),
            parent: parent.map(str::to_owned),
            sort_order: declared.sort_order,
        }));
        own_nodes(&node.children, Some(node.id.as_str()), own);
    }
}

/// Reads what the files of a module declare, as far as `setup:upgrade` sees it; none if there is no module that does.
/// `shown` is put before its paths where they are told.
///
/// # Errors
/// What is wrong with files that cannot be read, or with the name of the module.
pub fn declaration(
    disk: &Disk,
    place: &ModuleDir,
    shown: &Utf8Path,
) -> Result<Option<Declaration>, Vec<Report>> {
    let mut files = ModuleFiles::read(disk, place, shown);
    // Magento reads no file of that name.
    files.xml.remove("etc/integrations.xml");
    let declared = DeclaredXml::of(&files);
    let mut findings = std::mem::take(&mut files.findings);
    findings.retain(|finding| finding.rule == Rule::XmlUnreadable);
    let name = name::of(&files, &declared, place);
    if declared.integrations.is_empty() && findings.is_empty() {
        return Ok(None);
    }
    match name {
        Some(module) if findings.is_empty() => Ok(Some(Declaration {
            module,
            integrations: integrations(&declared),
            own: own(&declared.acl, None),
            scripts: scripts(&declared, &files),
        })),
        name => {
            findings.extend(name.is_none().then(|| name::refused(&declared)).flatten());
            Err(files.sources.into_reports(findings))
        }
    }
}

/// Of a name that stands twice in a file the last counts: Magento's converters go by name.
fn integrations(declared: &DeclaredXml) -> Vec<DeclaredIntegration> {
    let declared = declared.integrations.iter().filter(|it| it.form != IntegrationFiles::LegacyResourcesOnly);
    let by_name: BTreeMap<&str, &XmlIntegration> = declared.map(|it| (it.name.value.as_str(), it)).collect();
    by_name.into_values().map(as_read).collect()
}

/// The integration as Magento reads it.
pub(crate) fn as_read(integration: &XmlIntegration) -> DeclaredIntegration {
    let value = |text: &Option<SpannedText>| text.as_ref().map(|text| text.value.clone());
    // What api.xml has under another spelling of the name is not found
    // (docs/magento/files-and-schemas.md#legacy-resources-missing).
    let is_found = match &integration.form {
        IntegrationFiles::Legacy(name) => {
            name.as_ref().is_some_and(|name| name.value == integration.name.value)
        }
        _ => true,
    };
    let resources = integration.resources.iter().filter(|_| is_found);
    DeclaredIntegration {
        name: integration.name.value.clone(),
        email: value(&integration.email),
        endpoint: value(&integration.endpoint_url),
        identity_link_url: value(&integration.identity_link_url),
        resources: resources.map(|resource| resource.id.value.clone()).collect(),
        form: if integration.form.is_legacy() { Form::Legacy } else { Form::Consolidated },
    }
}

/// All nodes of acl.xml; those that Magento has anyway are known by their ids. What is switched off is not there.
fn own(nodes: &[XmlAclNode], parent: Option<&str>) -> Vec<OwnResource> {
    let is_on = |node: &&XmlAclNode| node.disabled.as_ref().is_none_or(|disabled| disabled.value != "true");
    let with_children = nodes.iter().filter(is_on).flat_map(|node| {
        let number = |text: &SpannedText| text.trimmed().parse().ok();
        let it = OwnResource {
            id: node.id.value.clone(),
            title: node.title.as_ref().map(|title| title.value.clone()).unwrap_or_default(),
            parent: parent.map(str::to_owned),
            sort_order: node.sort_order.as_ref().and_then(number).unwrap_or_default(),
        };
        [it].into_iter().chain(own(&node.children, Some(&node.id.value)))
    });
    with_children.collect()
}

/// The scripts that process the pair: data patches run once each, others when `setup_version` is raised
/// (docs/magento/files-and-schemas.md#legacy-pair).
fn scripts(declared: &DeclaredXml, files: &ModuleFiles) -> Scripts {
    let paths = files.processings.iter().map(|(path, _)| path);
    let (patches, others): (Vec<_>, Vec<_>) = paths.partition(|path| path.starts_with("Setup/Patch"));
    let setup_version = declared.setup_version.as_ref().filter(|_| !others.is_empty());
    Scripts {
        setup_version: setup_version.map(|version| version.value.clone()),
        patches: patches.into_iter().map(ToString::to_string).collect(),
    }
}
