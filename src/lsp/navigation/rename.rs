//! Renaming of what a spec declares.

use std::collections::{BTreeSet, HashMap};

use lsp_types::{PrepareRenameResponse, WorkspaceEdit};

use super::{
    former::FormerNames,
    generated::is_generated,
    lookup::{at, mentions_of},
};
use crate::{
    diag::Level,
    lsp::{
        documents::OpenSpec,
        edits::{SpanEdit, SpecChange, added, grants},
    },
    project::Project,
    spec::{Mention, NamedKind},
};

/// Name at an offset, if it can be renamed.
///
/// # Errors
/// Reason why not, and what to do instead.
pub(in crate::lsp) fn prepare_rename(
    document: &OpenSpec,
    offset: usize,
) -> Result<PrepareRenameResponse, String> {
    let all = mentions_of(document);
    let here = renamable(document, &all, offset)?;
    let placeholder = document.text().as_str().get(here.span.clone()).unwrap_or_default().to_owned();
    Ok(PrepareRenameResponse::RangeWithPlaceholder { range: document.text().range(&here.span), placeholder })
}

/// Pending change of a name.
pub(in crate::lsp) struct PendingRename {
    renamed: Mention,
    new: String,
    change: SpecChange,
}

impl PendingRename {
    /// Change of the name at an offset.
    ///
    /// # Errors
    /// Reason why it cannot be renamed.
    pub(in crate::lsp) fn new(document: &OpenSpec, offset: usize, new: &str) -> Result<Self, String> {
        if new.contains(['"', '\'', '\\']) || new.contains(char::is_control) {
            return Err("a name with quotes, backslashes or control characters needs TOML's escapes: write it by hand".to_owned());
        }
        let all = mentions_of(document);
        let here = renamable(document, &all, offset)?;
        // A setting may be written with the section that its name has anyway.
        let written = document.text().as_str().get(here.span.clone()).unwrap_or_default();
        let section = here.name.strip_suffix(written).filter(|_| here.kind == NamedKind::Setting);
        let new = section.and_then(|section| new.strip_prefix(section)).unwrap_or(new);
        if new == written {
            let change = SpecChange::new(document.text().as_str(), Vec::new());
            return Ok(Self { renamed: here.clone(), new: new.to_owned(), change });
        }
        let name = format!("{}{new}", section.unwrap_or_default());
        let is_taken = |it: &&Mention| it.is_declared && it.kind == here.kind && it.name == name;
        if let Some(other) = all.iter().find(is_taken) {
            return Err(format!(
                "cannot rename `{}` to `{new}`: the spec declares the {} `{name}` in line {}",
                here.name,
                other.kind.noun(),
                line(document, other.span.start)
            ));
        }
        let mut edits: Vec<SpanEdit> =
            all.iter().filter(|it| it.is_of(here)).map(|it| (it.span.clone(), new.to_owned())).collect();
        let (project, text) = (document.latest(), document.text().as_str());
        for declared in all.iter().filter(|it| it.is_declared && it.is_of(here)) {
            let is_built = is_generated(project, &declared.table);
            let former = FormerNames::of(project, text, declared, new, is_built);
            edits.extend(former.and_then(|former| former.edit()));
        }
        Ok(Self { renamed: here.clone(), new: new.to_owned(), change: SpecChange::new(text, edits) })
    }

    /// Text with the new name.
    pub(in crate::lsp) fn text(&self, document: &OpenSpec) -> String {
        self.change.applied(document.text().as_str())
    }

    /// Edits, if the spec with the new name is as sound as it was and grants the same. `after` is that spec.
    ///
    /// # Errors
    /// Reason why it is not.
    pub(in crate::lsp) fn checked(
        self,
        document: &OpenSpec,
        after: &Project,
    ) -> Result<WorkspaceEdit, String> {
        let before = document.latest();
        if let Some(error) = added(Level::Error, before, after) {
            // Of two places, the one that has another name now.
            let places = error.related.iter().map(|related| &related.span).chain(&error.span);
            let lines = places.map(|place| line(document, self.change.origin(place.start)));
            let own = line(document, self.renamed.span.start);
            let other = lines.into_iter().find(|other| *other != own);
            let place = other.map_or_else(String::new, |other| format!(" (line {other})"));
            let (from, to) = (&self.renamed.name, &self.new);
            return Err(format!("cannot rename `{from}` to `{to}`: {}{place}", error.text()));
        }
        self.same_grants(before, after)?;
        let edits = self.change.into_text_edits(document.text());
        Ok(WorkspaceEdit {
            changes: Some(HashMap::from([(document.uri().clone(), edits)])),
            ..WorkspaceEdit::default()
        })
    }

    /// Compares what each integration is granted. A glob may match the old id and not the new one, or the other way
    /// round.
    fn same_grants(&self, before: &Project, after: &Project) -> Result<(), String> {
        if self.renamed.kind != NamedKind::Resource {
            return Ok(());
        }
        let (Some(old), Some(new)) = (grants(before), grants(after)) else { return Ok(()) };
        let (from, to) = (&self.renamed.name, &self.new);
        let differs =
            |(old, new): (&BTreeSet<String>, &BTreeSet<String>)| old.contains(from) != new.contains(to);
        if old.iter().zip(&new).any(differs) {
            return Err(format!(
                "cannot rename `{from}` to `{to}`: a pattern in `resources` matches one of them only; write the id out first"
            ));
        }
        Ok(())
    }
}

/// Line of an offset, from 1.
fn line(document: &OpenSpec, offset: usize) -> u32 {
    document.text().range(&(offset..offset)).start.line + 1
}

/// Name at an offset that the spec declares and that can change.
fn renamable<'a>(document: &OpenSpec, all: &'a [Mention], offset: usize) -> Result<&'a Mention, String> {
    if document.latest().loaded.spec.is_none() {
        let first = document.latest().report.diagnostics.first().map(|finding| finding.text());
        let first = first.unwrap_or_else(|| "it cannot be read".to_owned());
        return Err(format!("correct the spec first: {first}"));
    }
    let Some(here) = at(all, offset) else {
        return Err("there is no name here that the spec declares; put the cursor on an id, a type, a setting's path or the name of a service".to_owned());
    };
    let name = &here.name;
    let refused = match here.kind {
        NamedKind::Module => Some(format!(
            "`{name}` is in every class, table and permission of the module: make a new module with the new name"
        )),
        NamedKind::Route => Some(format!(
            "callers know `{name}`: add a second [[service.method]] with the new route, and set `deprecated` and `replaced_by` here"
        )),
        NamedKind::Section => Some(format!(
            "`{name}` is the first part of the path of each of its settings: change it by hand, and set `renamed_from` of each setting"
        )),
        _ if all.iter().any(|it| it.is_declared && it.is_of(here)) => None,
        NamedKind::Resource if is_derived(document, name) => Some(format!(
            "`{name}` follows from [settings]: declare it in [[acl]], or set `resource` of [settings]"
        )),
        _ => Some(format!("this spec does not declare `{name}`")),
    };
    refused.map_or(Ok(here), Err)
}

fn is_derived(document: &OpenSpec, id: &str) -> bool {
    let entries = document.latest().loaded.spec.as_ref().map(|spec| spec.acl_entries()).unwrap_or_default();
    entries.iter().any(|entry| entry.is_derived && entry.id.as_str() == id)
}
