//! ACL resources, in each format.

use std::{collections::BTreeMap, fmt::Write as _};

use anstyle::Style;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    catalog::{AclResource, AclTable, Catalog, ReleaseSet, Route},
    cli::output::{List, csv_row, guides},
    diag::{plural, render::versioned, styled},
};

/// Layout of human-readable output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AclLayout {
    /// One line per resource, below its parent.
    Tree,
    /// All details of each resource.
    Hits,
}

/// ACL resources.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonAcl<'a> {
    /// Releases that were searched.
    target: Vec<String>,
    /// Releases among them whose ACL was not read from their code, below `deduced` and `assumed`.
    not_verified: BTreeMap<String, Vec<String>>,
    /// Words of the query that were ignored, because nothing matches all.
    ignored_words: Vec<String>,
    /// Resources: parents before children, or the best match first.
    resources: Vec<JsonResource<'a>>,
}

/// ACL resource.
#[derive(Serialize, JsonSchema)]
struct JsonResource<'a> {
    /// Id of the resource.
    id: &'a str,
    /// Title in the role editor.
    title: &'a str,
    /// Id of its parent; null for a root.
    parent: Option<&'a str>,
    /// Titles from the root to the resource.
    path: Vec<&'a str>,
    /// Module whose acl.xml declares it.
    module: &'a str,
    /// Sort order among its siblings.
    sort_order: i32,
    /// True if acl.xml disables it: it cannot be granted.
    disabled: bool,
    /// Releases that have it, as ranges.
    releases: Vec<String>,
    /// Routes that need it in the searched releases.
    routes: Vec<NeedingRoute<'a>>,
}

/// Route that needs a resource.
#[derive(Serialize, JsonSchema)]
struct NeedingRoute<'a> {
    /// HTTP method.
    method: &'a str,
    /// Path, with its parameters as `:name`.
    path: &'a str,
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
    /// Words of the query that were ignored.
    pub(super) ignored: Vec<String>,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

impl<'a> AclListing<'a> {
    fn routes_of(&self, resource: &AclResource<'_>) -> &[&'a Route] {
        self.routes.get(resource.id).map(Vec::as_slice).unwrap_or_default()
    }

    fn entry(&'a self, resource: &AclResource<'a>) -> JsonResource<'a> {
        let routes = self.routes_of(resource).iter();
        JsonResource {
            id: resource.id,
            title: resource.title,
            parent: resource.parent,
            path: self.acl.title_path(resource.id),
            module: resource.module,
            sort_order: resource.sort_order,
            disabled: resource.is_disabled,
            releases: self.catalog.runs(self.catalog.ever(resource.id)),
            routes: routes.map(|it| NeedingRoute { method: &it.method, path: &it.path }).collect(),
        }
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
        versioned(&JsonAcl {
            target: self.catalog.runs(self.releases),
            not_verified: self.catalog.unverified_runs(self.releases),
            ignored_words: self.ignored.clone(),
            resources: self.resources.iter().map(|resource| self.entry(resource)).collect(),
        })
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
