//! Rules on calls that only Adobe Commerce answers.

use super::calls::CheckedCall;
use crate::{
    catalog::{Access, Catalog, CommerceRoute},
    diag::{Diagnostic, Rule},
    names::Edition,
};

impl CheckedCall<'_> {
    /// Route of Adobe Commerce alone that answers the call.
    pub(super) fn commerce_route(&self) -> Option<&'static CommerceRoute> {
        Catalog::commerce_route(self.call)
    }

    /// Reason and help for a call that is unknown because of the edition.
    pub(super) fn other_edition(&self) -> Option<(String, String)> {
        let catalog = self.context.catalog;
        let edition = self.context.spec.target.edition;
        match self.commerce_route() {
            Some(route) if edition != Edition::Commerce => Some((
                format!("only Adobe Commerce has this route, in {}", catalog.describe(route.need.releases)),
                "if the shop runs Adobe Commerce, add `edition = \"commerce\"` under [target]".to_owned(),
            )),
            None if edition == Edition::Commerce => Some((
                "neither Magento nor Adobe Commerce is known to have it; a module of the shop may".to_owned(),
                format!(
                    "check its spelling, check against the shop with --magento ROOT, or set `{} = \"warn\"` in [rules]",
                    Rule::UnknownRoute
                ),
            )),
            _ => None,
        }
    }

    /// Warns of a call whose permission is not public, unless `resources` name one of the route's modules.
    pub(super) fn unpublished(&self) -> Option<Diagnostic> {
        let need = self.called.needs.iter().find(|need| need.access == Access::Unpublished)?;
        let route = self.commerce_route()?;
        let of_module = |id: &String| {
            let module = id.split("::").next().unwrap_or_default();
            route.modules.contains(&module)
        };
        if self.selection.ids.iter().any(of_module) {
            return None;
        }
        let releases = self.context.catalog.describe(need.releases);
        let message = format!(
            "`{}` exists in Adobe Commerce {releases}, but the permission it needs is not public",
            self.called.name
        );
        let module = route.modules.first().map_or_else(String::new, |module| format!(" of {module}"));
        Some(
            self.finding(Rule::CommercePermissionUnknown, message)
                .reason("Adobe publishes the routes of Adobe Commerce, but not their ACL: no permission is requested for the call")
                .help(format!(
                    "name the resource{module} under `resources`, or check against the shop with --magento ROOT or a catalog file"
                )),
        )
    }
}
