//! Roots of the ACL tree as resources (docs/magento/resolving-permissions.md#roots).

use super::ListedResources;
use crate::{
    diag::{Diagnostic, Help, Rule},
    names::AclId,
};

impl ListedResources<'_> {
    /// Finding about a root, which grants nothing.
    pub(super) fn root(&self, at: usize, id: &str) -> Diagnostic {
        let finding =
            |here: &str| self.finding(at, Rule::RootResource, format!("`{id}` grants nothing{here}"));
        match (self.resolved.is_legacy, id) {
            (true, AclId::ALL) => finding(" here")
                .reason("the legacy pair grants everything only if it lists this root alone")
                .help(Help::new("remove it, or the other resources and the calls").removal())
                .module_help("remove it, or list it alone to grant everything"),
            (true, _) => finding(" here")
                .reason("Magento allows it to every role that is not empty, and it does not include what is below it")
                .help(Help::new("remove it").removal()),
            (false, _) => finding("")
                .reason("Magento looks up resources below the root, so it does not find the root itself and silently drops it")
                .help(
                    Help::write("Magento_Backend::admin/**")
                        .joined(" if the integration needs everything: ", "the pattern lists every resource".into()),
                )
                .module_help("remove it, and list the resources that the integration needs: each grants the ones above it too"),
        }
    }
}
