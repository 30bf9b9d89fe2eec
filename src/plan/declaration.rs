//! What a module declares.

use std::collections::BTreeSet;

use crate::{
    catalog::OwnNode,
    model::{self, Module},
    names::ModuleName,
};

/// What one state of a module declares, as far as `setup:upgrade` sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// `Vendor_Module`.
    pub module: ModuleName,
    /// In the order of their names, which are all different.
    pub integrations: Vec<Declared>,
    /// The resources that its acl.xml adds.
    pub own: Vec<OwnNode>,
    /// What Magento remembers its setup scripts by.
    pub scripts: Scripts,
}

/// An integration as the merged XML has it: of several modules that name it, resources are united, and of everything else
/// what the module loaded last says counts (docs/magento/files-and-schemas.md#merging).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
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
            integrations: module.integrations.iter().map(|it| Declared::of(it, form)).collect(),
            own,
            scripts: Scripts { setup_version: module.setup_version.clone().filter(|_| has_script), patches },
        }
    }
}

impl Declared {
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
    /// Whether `setup:upgrade` runs a script that it has not run yet. `before` are those it has; none if the module is
    /// new to it.
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

fn own_nodes(nodes: &[model::AclNode], parent: Option<&str>, own: &mut Vec<OwnNode>) {
    for node in nodes {
        own.extend(node.declared.as_ref().map(|declared| OwnNode {
            id: node.id.to_string(),
            title: declared.title.to_string(),
            parent: parent.map(str::to_owned),
            sort_order: declared.sort_order,
        }));
        own_nodes(&node.children, Some(node.id.as_str()), own);
    }
}
