//! Text of a spec as far as it can be read while it is written.

use serde_json::Value;

use super::EarlierNames;
use crate::{
    catalog::{Catalog, Constraint, ReleaseSet},
    names::Edition,
    project::Project,
    spec::{Document, Spans},
    tree::TreePath,
};

/// Text of a spec as far as it can be read while it is written. It needs neither to be complete nor to be TOML, and is not
/// compiled.
pub(in crate::lsp) struct Draft<'a> {
    pub(in crate::lsp) json: Value,
    pub(in crate::lsp) spans: Spans,
    pub(in crate::lsp) catalog: &'a Catalog,
    /// Releases or shops of the target, or all.
    pub(in crate::lsp) releases: ReleaseSet,
    /// Generated files of the last spec without errors.
    pub(in crate::lsp) files: &'a [TreePath],
    /// Names that the module had before, where they are asked for.
    pub(in crate::lsp) earlier: Option<&'a EarlierNames>,
}

impl<'a> Draft<'a> {
    pub(in crate::lsp) fn of(text: &str, project: &'a Project, files: &'a [TreePath]) -> Self {
        let Document { json, spans } = Document::recovered(text);
        let target = json.get("target");
        let edition = target.and_then(|target| target.get("edition")).cloned();
        let edition: Edition = edition.and_then(|it| serde_json::from_value(it).ok()).unwrap_or_default();
        let names_shops = target.is_some_and(|target| target.get("catalog").is_some());
        let catalog = match names_shops {
            true => project.catalogs.get().in_question(),
            false => Catalog::bundled().of_edition(edition),
        };
        let written = target.and_then(|target| target.get("magento")?.as_str()?.parse::<Constraint>().ok());
        let resolved = written.and_then(|constraint| catalog.resolve(&constraint));
        let releases = resolved.map_or_else(|| catalog.all(), |target| target.releases);
        Self { json, spans, catalog, releases, files, earlier: None }
    }
}
