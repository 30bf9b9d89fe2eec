//! ACL resources that the module renames in the permissions of a shop, before Magento compares them with the declarations
//! (docs/magento/setup-upgrade.md#rename-resources).

use std::collections::{BTreeMap, BTreeSet};

use super::IntegrationRow;
use crate::{catalog::OwnResource, module::Declaration};

/// State of a module as if its resources had their present ids.
pub(in crate::plan) fn with_present_ids(
    module: &Declaration,
    renamed: &BTreeMap<String, String>,
) -> Declaration {
    let present = |id: &String| renamed.get(id).unwrap_or(id).clone();
    let mut module = module.clone();
    for integration in &mut module.integrations {
        integration.resources = integration.resources.iter().map(present).collect();
    }
    module.own = module.own.into_iter().map(|own| own_with_present_ids(own, renamed)).collect();
    module
}

/// Rows of a shop as the module leaves them. A resource that is granted under its present id already stays.
pub(in crate::plan) fn rows_with_present_ids(
    rows: &[IntegrationRow],
    renamed: &BTreeMap<String, String>,
) -> Vec<IntegrationRow> {
    let present = |resources: &BTreeSet<String>| {
        let to = |id: &String| renamed.get(id).filter(|present| !resources.contains(*present));
        resources.iter().map(|id| to(id).unwrap_or(id).clone()).collect()
    };
    rows.iter().map(|row| IntegrationRow { resources: present(&row.resources), ..row.clone() }).collect()
}

fn own_with_present_ids(own: OwnResource, renamed: &BTreeMap<String, String>) -> OwnResource {
    let present = |id: String| renamed.get(&id).cloned().unwrap_or(id);
    OwnResource { id: present(own.id), parent: own.parent.map(present), ..own }
}
