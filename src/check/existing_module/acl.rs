//! Rules on etc/acl.xml that no `[[acl]]` can break.

use super::ExistingModule;
use crate::{
    diag::{Diagnostic, Rule},
    module::XmlAclNode,
};

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let roots = module.declared.acl.iter().filter(|node| !module.is_of_magento(node));
    roots.map(a_root).collect()
}

impl ExistingModule<'_> {
    fn is_of_magento(&self, node: &XmlAclNode) -> bool {
        !self.context.catalog.ever(&node.id.value).is_empty()
    }
}

fn a_root(node: &XmlAclNode) -> Diagnostic {
    Diagnostic::new(Rule::AclRoot, format!("`{}` is another root of the ACL tree", node.id.value))
        .at(node.id.span.clone())
        .reason("Magento looks up resources only under Magento_Backend::admin, and another root breaks every integration in the shop")
        .help("move it into <resource id=\"Magento_Backend::admin\">")
}
