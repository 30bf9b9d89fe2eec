//! Definitions and references within a spec.

use lsp_types::{DocumentHighlight, DocumentHighlightKind, Location};

use super::generated::generated_places;
use crate::{
    lsp::{
        cursor,
        documents::{OpenModules, OpenSpec},
    },
    project::Project,
    spec::{Document, Mention, Pointer, mentions},
};

/// Declarations of the name at an offset. On a declaration, and where there is no name: the generated places.
pub(in crate::lsp) fn definitions(document: &OpenSpec, offset: usize, open: &OpenModules) -> Vec<Location> {
    let (here, all) = named(document, offset);
    let Some(here) = here.filter(|here| !here.is_declared) else {
        return implementations(document, offset, open);
    };
    let declared = all.iter().filter(|mention| mention.is_declared && mention.is_of(&here));
    declared.map(|mention| location(document, mention)).collect()
}

/// All places of the name at an offset.
pub(in crate::lsp) fn references(
    document: &OpenSpec,
    offset: usize,
    has_declaration: bool,
) -> Option<Vec<Location>> {
    let (here, all) = named(document, offset);
    let here = here?;
    let places = all.iter().filter(|it| it.is_of(&here) && (has_declaration || !it.is_declared));
    Some(places.map(|mention| location(document, mention)).collect())
}

/// All places of the name at an offset, to be marked.
pub(in crate::lsp) fn highlights(document: &OpenSpec, offset: usize) -> Option<Vec<DocumentHighlight>> {
    let (here, all) = named(document, offset);
    let here = here?;
    let places = all.iter().filter(|mention| mention.is_of(&here));
    let highlight = |mention: &Mention| DocumentHighlight {
        range: document.text().range(&mention.span),
        kind: Some(if mention.is_declared {
            DocumentHighlightKind::WRITE
        } else {
            DocumentHighlightKind::READ
        }),
    };
    Some(places.map(highlight).collect())
}

/// Places in generated files that the table at an offset makes, or the table that declares the name there.
pub(in crate::lsp) fn implementations(
    document: &OpenSpec,
    offset: usize,
    open: &OpenModules,
) -> Vec<Location> {
    let (here, all) = named(document, offset);
    let declared = here.as_ref().and_then(|here| all.iter().find(|it| it.is_declared && it.is_of(here)));
    let table = match declared {
        Some(mention) => Some(mention.table.clone()),
        None => table_at(document.text().as_str(), offset),
    };
    table.map(|table| generated_places(document.sound(), &table, open)).unwrap_or_default()
}

/// Name at an offset, and all names.
fn named(document: &OpenSpec, offset: usize) -> (Option<Mention>, Vec<Mention>) {
    let all = mentions_of(document);
    (at(&all, offset).cloned(), all)
}

/// Names in a document. While it cannot be read, those of the last spec that are still in their places.
pub(super) fn mentions_of(document: &OpenSpec) -> Vec<Mention> {
    let text = document.text().as_str();
    let Some(spec) = &document.sound().loaded.spec else { return Vec::new() };
    match document.latest().loaded.spec {
        Some(_) => mentions(text, spec, &document.latest().loaded.spans),
        None => mentions(text, spec, &Document::recovered(text).spans),
    }
}

/// Name at an offset.
pub(super) fn at(all: &[Mention], offset: usize) -> Option<&Mention> {
    all.iter().find(|mention| mention.span.start <= offset && offset <= mention.span.end)
}

/// Innermost table or value around an offset.
fn table_at(text: &str, offset: usize) -> Option<Pointer> {
    let headers = cursor::headers(text);
    let header = headers.iter().rev().find(|header| header.span.start <= offset);
    let is_on_header = header.is_some_and(|header| offset <= header.span.end);
    let at_cursor = || {
        let cursor = cursor::at(text, offset)?;
        let written = text.get(cursor.span)?;
        Some(match cursor.place {
            cursor::CursorPlace::Key if !written.is_empty() => {
                cursor.route.key(written.trim_matches(['"', '\'']))
            }
            _ => cursor.route,
        })
    };
    let inner = if is_on_header { None } else { at_cursor() };
    inner.or_else(|| header.map(|header| header.route.clone()))
}

fn location(document: &OpenSpec, mention: &Mention) -> Location {
    Location::new(document.uri().clone(), document.text().range(&mention.span))
}

/// Place of a table in its spec: its name, or its header, or the start.
pub(in crate::lsp) fn place_of(project: &Project, text: &str, table: &Pointer) -> std::ops::Range<usize> {
    let (spans, spec) = (&project.loaded.spans, project.loaded.spec.iter());
    let mut all = spec.flat_map(|spec| mentions(text, spec, spans));
    let named = all.find(|it| it.is_declared && it.table == *table);
    named.map(|mention| mention.span).or_else(|| spans.key(table)).unwrap_or(0..0)
}
