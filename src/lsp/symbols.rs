//! Tables of a spec as symbols.

use lsp_types::{DocumentSymbol, SymbolKind};

use super::{cursor, documents::EditorText};
use crate::{project::Project, spec::Pointer};

/// Keys by which an entry of a list is known.
const NAMES: [&str; 6] = ["name", "id", "path", "topic", "event", "route"];

/// Lists the tables with a header, those within an entry below it.
pub(super) fn symbols(project: &Project, text: &EditorText) -> Vec<DocumentSymbol> {
    let headers = cursor::headers(text.as_str());
    let mut symbols: Vec<(Pointer, DocumentSymbol)> = Vec::new();
    for (at, header) in headers.iter().enumerate() {
        let end = headers.get(at + 1).map_or(text.as_str().len(), |next| next.span.start);
        let end = header.span.end.max(text.as_str()[..end].trim_end().len());
        let table =
            header.route.steps().filter(|step| step.parse::<usize>().is_err()).collect::<Vec<_>>().join(".");
        // Deprecated in favour of `tags`, and not set.
        #[expect(deprecated)]
        let symbol = DocumentSymbol {
            name: name(project, text, &header.route).unwrap_or_else(|| table.clone()),
            detail: Some(table),
            kind: SymbolKind::OBJECT,
            tags: None,
            deprecated: None,
            range: text.range(&(header.span.start..end)),
            selection_range: text.range(&header.span),
            children: None,
        };
        match symbols.last_mut().filter(|(above, _)| header.route != *above && header.route.is_within(above))
        {
            Some((_, above)) => {
                above.range.end = symbol.range.end;
                above.children.get_or_insert_default().push(symbol);
            }
            None => symbols.push((header.route.clone(), symbol)),
        }
    }
    symbols.into_iter().map(|(_, symbol)| symbol).collect()
}

/// Name of the entry at a route, as it is written.
fn name(project: &Project, text: &EditorText, route: &Pointer) -> Option<String> {
    let written = NAMES.iter().find_map(|key| project.loaded.spans.value(&route.key(key)))?;
    let name = text.as_str().get(written)?.trim_matches(['"', '\'']);
    (!name.is_empty()).then(|| name.to_owned())
}
