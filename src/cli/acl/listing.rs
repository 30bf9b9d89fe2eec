//! ACL resources, in each format.

use std::{collections::BTreeMap, fmt::Write as _};

use anstyle::Style;
use serde_json::{Value, json};

use crate::{
    catalog::{AclResource, AclTable, Catalog, ReleaseSet, Route},
    cli::output::{List, csv_row, guides},
    diag::{plural, render::json_document, styled},
};

/// Layout of human-readable output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AclLayout {
    /// One line per resource, below its parent.
    Tree,
    /// All details of each resource.
    Hits,
}

/// Resources to list.
pub(super) struct AclListing<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) acl: &'a AclTable,
    /// The selected releases.
    pub(super) releases: ReleaseSet,
    pub(super) layout: AclLayout,
    pub(super) lists_routes: bool,
    pub(super) resources: Vec<AclResource<'a>>,
    /// Routes that need each resource.
    pub(super) routes: BTreeMap<&'a str, Vec<&'a Route>>,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

impl<'a> AclListing<'a> {
    fn routes_of(&self, resource: &AclResource<'_>) -> &[&'a Route] {
        self.routes.get(resource.id).map(Vec::as_slice).unwrap_or_default()
    }

    fn tree(&self) -> String {
        let mut lines: Vec<(usize, String)> = Vec::new();
        for resource in &self.resources {
            let off = if resource.is_disabled { ", disabled" } else { "" };
            let notes = format!("{}{off}", self.catalog.when_in(resource.releases, self.releases));
            let line = format!("{}  {}{}", resource.id, styled(BOLD, resource.title), styled(DIM, notes));
            lines.push((resource.depth, line));
            if self.lists_routes {
                let routes = self.routes_of(resource).iter();
                lines.extend(routes.map(|route| (resource.depth + 1, styled(DIM, route))));
            }
        }
        let depths: Vec<usize> = lines.iter().map(|&(depth, _)| depth).collect();
        let lines = guides(&depths).into_iter().zip(&lines);
        lines.map(|(guide, (_, line))| format!("{}{line}\n", styled(DIM, guide))).collect()
    }

    fn hits(&self) -> String {
        let mut text = String::new();
        for resource in &self.resources {
            let _ = self.hit(&mut text, resource);
        }
        text
    }

    fn hit(&self, text: &mut String, resource: &AclResource<'_>) -> std::fmt::Result {
        let gap = if text.is_empty() { "" } else { "\n" };
        let path = self.acl.title_path(resource.id);
        let path = if path.is_empty() { resource.title.to_owned() } else { path.join(" > ") };
        writeln!(text, "{gap}{}", styled(BOLD, resource.id))?;
        writeln!(text, "  {path}")?;
        if let Some(parent) = resource.parent {
            writeln!(text, "  below {parent}")?;
        }
        let releases = self.catalog.describe(self.catalog.ever(resource.id));
        writeln!(text, "  from {}, in {releases}", resource.module)?;
        if resource.is_disabled {
            writeln!(text, "  disabled: it cannot be granted")?;
        }
        let routes = self.routes_of(resource);
        if self.lists_routes {
            routes.iter().try_for_each(|route| writeln!(text, "  {route}"))?;
        } else {
            writeln!(text, "  needed by {}", plural(routes.len(), "route"))?;
        }
        Ok(())
    }
}

impl List for AclListing<'_> {
    fn human(&self) -> String {
        match self.layout {
            AclLayout::Tree => self.tree(),
            AclLayout::Hits => self.hits(),
        }
    }

    fn json(&self) -> Value {
        let resource = |resource: &AclResource<'_>| {
            let routes = self.routes_of(resource).iter();
            json!({
                "id": resource.id,
                "title": resource.title,
                "parent": resource.parent,
                "path": self.acl.title_path(resource.id),
                "module": resource.module,
                "sort_order": resource.sort_order,
                "disabled": resource.is_disabled,
                "releases": self.catalog.runs(self.catalog.ever(resource.id)),
                "routes": routes.map(|it| json!({ "method": it.method, "path": it.path })).collect::<Vec<_>>(),
            })
        };
        json_document([
            ("target", json!(self.catalog.runs(self.releases))),
            ("not_verified", json!(self.catalog.unverified_runs(self.releases))),
            ("resources", self.resources.iter().map(resource).collect()),
        ])
    }

    fn csv(&self) -> String {
        let head =
            ["id", "title", "parent", "path", "module", "sort_order", "disabled", "releases", "routes"];
        let row = |resource: &AclResource<'_>| {
            let routes: Vec<String> = self.routes_of(resource).iter().map(ToString::to_string).collect();
            csv_row([
                resource.id,
                resource.title,
                resource.parent.unwrap_or_default(),
                &self.acl.title_path(resource.id).join(" > "),
                resource.module,
                &resource.sort_order.to_string(),
                if resource.is_disabled { "1" } else { "0" },
                &self.catalog.runs(self.catalog.ever(resource.id)).join(" "),
                &routes.join("; "),
            ])
        };
        [csv_row(head)].into_iter().chain(self.resources.iter().map(row)).collect()
    }
}
