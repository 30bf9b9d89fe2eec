//! What other modules bring: groups of jobs, tabs, sections, entries of the menu.

use super::{Context, Scope};
use crate::{
    catalog::{ReleaseSet, Row, Table},
    diag::{Diagnostic, Level, Rule, did_you_mean},
    names::MagentoVersion,
};

/// Something of another module, as it is named.
pub(super) struct Foreign<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) scope: &'a Scope,
    pub(super) rule: Rule,
    /// `cron group`.
    pub(super) what: &'static str,
    /// Why it must be there.
    pub(super) reason: &'static str,
}

impl Foreign<'_> {
    /// That a release of the target lacks the id, which stands at the route. `module` says whose a row is: what modules
    /// other than Magento's own bring is known up to 2.4.4, and taken to be there later.
    pub(super) fn missing<T: Row>(
        &self,
        route: &str,
        id: &str,
        table: &Table<T>,
        module: fn(&T) -> &str,
    ) -> Option<Diagnostic> {
        let (catalog, releases) = (self.context.catalog, self.scope.target.releases);
        let last_read = MagentoVersion::new(2, 4, 4);
        let later = catalog.those(catalog.all(), |version| version > last_read);
        let there = table.find(id).iter().fold(ReleaseSet::default(), |all, row| {
            let is_own = module(row).starts_with("Magento_");
            all | row.releases() | if is_own { ReleaseSet::default() } else { later }
        });
        let lacking = releases - there;
        if lacking.is_empty() {
            return None;
        }
        let nearest = table.nearest(id, releases);
        let mut finding = Diagnostic::new(
            self.rule,
            format!("there is no {} `{id}` in {}", self.what, catalog.describe(lacking)),
        )
        .at(self.context.spans.value(route))
        .reason(self.reason);
        if there.is_empty() && nearest.is_empty() {
            finding.level = Level::Warning;
        }
        let narrow = (lacking != releases).then(|| self.context.narrow(there & releases, self.rule));
        let otherwise = || format!("set `{} = \"allow\"` in [rules] if another module brings it", self.rule);
        Some(finding.help(narrow.or_else(|| did_you_mean(&nearest)).unwrap_or_else(otherwise)))
    }
}
