//! Declarations that `setup:upgrade` reads, from the files of a module or from a compiled spec.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::{
    Doubt, ModuleDir, ModuleFiles,
    declared_xml::{DeclaredXml, IntegrationFiles, XmlAclNode, XmlIntegration},
    name,
};
use crate::{
    catalog::OwnResource,
    diag::{Report, Rule},
    model::{self, Keep, Module},
    names::ModuleName,
    parsers::SpannedText,
    tree::Disk,
};

/// Declarations of one state of a module, as far as `setup:upgrade` sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// `Vendor_Module`.
    pub module: ModuleName,
    /// Integrations sorted by their unique names.
    pub integrations: Vec<DeclaredIntegration>,
    /// Names of former integrations that it deletes.
    pub retired: BTreeSet<String>,
    /// Resources that its acl.xml adds.
    pub own: Vec<OwnResource>,
    /// Present ids of resources by former ones, which its plugin renames in the permissions of a shop.
    pub renamed: BTreeMap<String, String>,
    /// Keys by which Magento remembers its setup scripts.
    pub scripts: Scripts,
    /// Reasons in its PHP to doubt the effect of `setup:upgrade`.
    pub doubts: Vec<Doubt>,
}

/// Integration in the merged XML: resources of several modules are united, and for everything else the module loaded
/// last wins (docs/magento/files-and-schemas.md#merging).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredIntegration {
    /// Name as written.
    pub name: String,
    /// E-mail address; none if the element is missing.
    pub email: Option<String>,
    /// Endpoint; none if the element is missing. An empty element is stored as NULL
    /// (docs/magento/files-and-schemas.md#empty-url).
    pub endpoint: Option<String>,
    /// Page that the Admin opens, as for the endpoint.
    pub identity_link_url: Option<String>,
    /// Requested ids, known or not.
    pub resources: BTreeSet<String>,
    /// Files that declare it.
    pub form: Form,
    /// Credentials when it changes, as the plugin of a module has it.
    pub keep: Keep,
    /// Former names whose rows the plugin of a module renames: those of each module, in the order in which the plugins run.
    pub former: Vec<Vec<String>>,
}

/// Files that declare an integration (docs/magento/files-and-schemas.md#both-forms).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `etc/integration.xml`: processed by every `setup:upgrade` since 2.1.0, not read by 2.0.
    Consolidated,
    /// `etc/integration/{config,api}.xml`: processed when a setup script of the module runs.
    Legacy,
}

/// Keys by which Magento remembers setup scripts: each runs once (docs/magento/files-and-schemas.md#legacy-pair).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scripts {
    /// `setup_version` of module.xml, if a script processes the pair whenever it increases.
    pub setup_version: Option<String>,
    /// Paths of the data patches that process the pair.
    pub patches: BTreeSet<String>,
}

impl Declaration {
    /// Declarations of a compiled module. `patches` are its data patches.
    #[must_use]
    pub fn of(module: &Module, patches: BTreeSet<String>) -> Self {
        let form = if module.platform.is_legacy { Form::Legacy } else { Form::Consolidated };
        let mut own = Vec::new();
        own_nodes(&module.acl, None, &mut own);
        let has_script = form == Form::Legacy && patches.is_empty();
        Self {
            module: module.name.clone(),
            integrations: module.integrations.iter().map(|it| DeclaredIntegration::of(it, form)).collect(),
            retired: module.retired.iter().map(ToString::to_string).collect(),
            own,
            renamed: module
                .renames
                .resources
                .iter()
                .map(|it| (it.former.clone(), it.present.clone()))
                .collect(),
            scripts: Scripts { setup_version: module.setup_version.clone().filter(|_| has_script), patches },
            doubts: Vec::new(),
        }
    }
}

impl DeclaredIntegration {
    pub(crate) fn of(integration: &model::Integration, form: Form) -> Self {
        let text = ToString::to_string;
        Self {
            name: integration.name.to_string(),
            email: Some(integration.email.to_string()),
            endpoint: integration.endpoint_url.as_ref().map(text),
            identity_link_url: integration.identity_link_url.as_ref().map(text),
            resources: integration.resources.iter().map(|resource| resource.id.to_string()).collect(),
            form,
            keep: if form == Form::Legacy { Keep::Never } else { integration.keep },
            former: [integration.former.iter().map(ToString::to_string).collect::<Vec<_>>()]
                .into_iter()
                .filter(|names| !names.is_empty())
                .collect(),
        }
    }
}

impl Scripts {
    /// Returns true if `setup:upgrade` has a script to run. `before` are the scripts that it has run; none if the
    /// module is new.
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

/// Splits a `setup_version` into numbers, for a comparison as in PHP.
fn numbers(version: &str) -> Vec<u64> {
    version.split('.').filter_map(|number| number.parse().ok()).collect()
}

fn own_nodes(nodes: &[model::AclNode], parent: Option<&str>, own: &mut Vec<OwnResource>) {
    for node in nodes {
        own.extend(node.declared.as_ref().map(|declared| OwnResource {
            id: node.id.to_string(),
            title: declared.title.as_ref().map(ToString::to_string).unwrap_or_default(),
            parent: parent.map(str::to_owned),
            sort_order: declared.sort_order.unwrap_or_default(),
        }));
        own_nodes(&node.children, Some(node.id.as_str()), own);
    }
}

/// Reads the declarations of a module's files, as far as `setup:upgrade` sees them; none if no module is there. `display_root`
/// is the prefix of paths in findings.
///
/// # Errors
/// Reports files that cannot be read, or a module name that is not valid.
pub fn declaration(
    disk: &Disk,
    place: &ModuleDir,
    display_root: &Utf8Path,
) -> Result<Option<Declaration>, Vec<Report>> {
    let mut files = ModuleFiles::read(disk, place, display_root);
    // Magento does not read a file of that name.
    files.xml.remove("etc/integrations.xml");
    let declared = DeclaredXml::of(&files);
    let mut findings = std::mem::take(&mut files.findings);
    findings.retain(|finding| finding.rule == Rule::XmlUnreadable);
    let name = name::of(&files, &declared, place);
    // PHP may create integrations that no XML declares.
    let is_silent = files.doubts.is_empty() || name.is_none();
    if declared.integrations.is_empty() && findings.is_empty() && is_silent {
        return Ok(None);
    }
    match name {
        Some(module) if findings.is_empty() => Ok(Some(Declaration {
            module,
            integrations: integrations(&declared),
            retired: BTreeSet::new(),
            renamed: BTreeMap::new(),
            own: own(&declared.acl, None),
            scripts: scripts(&declared, &files),
            doubts: files.doubts().cloned().collect(),
        })),
        name => {
            findings.extend(name.is_none().then(|| name::refused(&files, &declared)).flatten());
            Err(files.sources.into_reports(findings))
        }
    }
}

/// Finds the reasons in a module's PHP to doubt the effect of `setup:upgrade`.
#[must_use]
pub fn doubts(disk: &Disk, place: &ModuleDir) -> Vec<Doubt> {
    ModuleFiles::read(disk, place, Utf8Path::new("")).doubts().cloned().collect()
}

/// Integrations by name. Of those with the same name in a file the last one wins: Magento's converters index by name.
fn integrations(declared: &DeclaredXml) -> Vec<DeclaredIntegration> {
    let declared = declared.integrations.iter().filter(|it| it.form != IntegrationFiles::LegacyResourcesOnly);
    let by_name: BTreeMap<&str, &XmlIntegration> = declared.map(|it| (it.name.value.as_str(), it)).collect();
    by_name.into_values().map(as_read).collect()
}

/// Converts an integration as Magento does.
pub(crate) fn as_read(integration: &XmlIntegration) -> DeclaredIntegration {
    let value = |text: &Option<SpannedText>| text.as_ref().map(|text| text.value.clone());
    // An entry of api.xml with another spelling of the name is not found
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
        keep: Keep::Never,
        former: Vec::new(),
    }
}

/// All nodes of acl.xml, including Magento's, without disabled ones.
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

/// Scripts that process the pair: data patches run once each, others when `setup_version` increases
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
