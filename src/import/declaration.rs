//! What a module's files declare, for a plan.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::{
    Place, Text,
    declared::{AclNode, Declared, Form, Integration},
    name,
    read::Files,
};
use crate::{
    catalog::OwnNode,
    diag::{Report, Rule},
    plan::{self, Declaration, Scripts},
    tree::Disk,
};

/// Reads what the files of a module declare, as far as `setup:upgrade` sees it; none if there is no module that does.
/// `shown` is put before its paths where they are told.
///
/// # Errors
/// What is wrong with files that cannot be read, or with the name of the module.
pub fn declaration(disk: &Disk, place: &Place, shown: &Utf8Path) -> Result<Option<Declaration>, Vec<Report>> {
    let mut files = Files::read(disk, place, shown);
    // Magento reads no file of that name.
    files.xml.remove("etc/integrations.xml");
    let declared = Declared::of(&files);
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
fn integrations(declared: &Declared) -> Vec<plan::Declared> {
    let declared = declared.integrations.iter().filter(|it| it.form != Form::LegacyResourcesOnly);
    let by_name: BTreeMap<&str, &Integration> = declared.map(|it| (it.name.value.as_str(), it)).collect();
    by_name.into_values().map(as_read).collect()
}

/// The integration as Magento reads it.
pub(super) fn as_read(integration: &Integration) -> plan::Declared {
    let value = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    // What api.xml has under another spelling of the name is not found
    // (docs/magento/files-and-schemas.md#legacy-resources-missing).
    let is_found = match &integration.form {
        Form::Legacy(name) => name.as_ref().is_some_and(|name| name.value == integration.name.value),
        _ => true,
    };
    let resources = integration.resources.iter().filter(|_| is_found);
    plan::Declared {
        name: integration.name.value.clone(),
        email: value(&integration.email),
        endpoint: value(&integration.endpoint_url),
        identity_link_url: value(&integration.identity_link_url),
        resources: resources.map(|resource| resource.id.value.clone()).collect(),
        form: if integration.form.is_legacy() { plan::Form::Legacy } else { plan::Form::Consolidated },
    }
}

/// All nodes of acl.xml; those that Magento has anyway are known by their ids. What is switched off is not there.
fn own(nodes: &[AclNode], parent: Option<&str>) -> Vec<OwnNode> {
    let is_on = |node: &&AclNode| node.disabled.as_ref().is_none_or(|disabled| disabled.value != "true");
    let with_children = nodes.iter().filter(is_on).flat_map(|node| {
        let number = |text: &Text| text.trimmed().parse().ok();
        let it = OwnNode {
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
fn scripts(declared: &Declared, files: &Files) -> Scripts {
    let paths = files.processings.iter().map(|(path, _)| path);
    let (patches, others): (Vec<_>, Vec<_>) = paths.partition(|path| path.starts_with("Setup/Patch"));
    let setup_version = declared.setup_version.as_ref().filter(|_| !others.is_empty());
    Scripts {
        setup_version: setup_version.map(|version| version.value.clone()),
        patches: patches.into_iter().map(ToString::to_string).collect(),
    }
}
