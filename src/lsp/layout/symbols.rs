//! Tables of a spec as symbols.

use std::ops::Range;

use lsp_types::{DocumentSymbol, SymbolKind};

use crate::{
    lsp::{cursor, documents::EditorText},
    spec::{Document, Pointer, Spans},
};

/// Keys by which an entry of a list is known.
const NAMES: [&str; 6] = ["name", "id", "path", "topic", "event", "route"];

/// Lists the tables with a header, those within an entry below it.
pub(in crate::lsp) fn symbols(text: &EditorText) -> Vec<DocumentSymbol> {
    let mut symbols = Vec::new();
    let mut open: Vec<(Pointer, DocumentSymbol)> = Vec::new();
    let headers = cursor::headers(text.as_str());
    let spans = Document::recovered(text.as_str()).spans;
    for (header, (route, span)) in headers.iter().zip(table_spans(text.as_str())) {
        while open.last().is_some_and(|(above, _)| !is_below(&route, above)) {
            close(&mut open, &mut symbols);
        }
        let table = route.steps().filter(|step| step.parse::<usize>().is_err()).collect::<Vec<_>>().join(".");
        // Deprecated in favour of `tags`, and not set.
        #[expect(deprecated)]
        let symbol = DocumentSymbol {
            name: name(&spans, text, &route).unwrap_or_else(|| table.clone()),
            detail: Some(table),
            kind: SymbolKind::OBJECT,
            tags: None,
            deprecated: None,
            range: text.range(&span),
            selection_range: text.range(&header.span),
            children: None,
        };
        open.push((route, symbol));
    }
    while !open.is_empty() {
        close(&mut open, &mut symbols);
    }
    symbols
}

/// Puts the innermost table that is open into the one around it, or among the others.
fn close(open: &mut Vec<(Pointer, DocumentSymbol)>, symbols: &mut Vec<DocumentSymbol>) {
    let Some((_, symbol)) = open.pop() else { return };
    match open.last_mut() {
        Some((_, above)) => above.children.get_or_insert_default().push(symbol),
        None => symbols.push(symbol),
    }
}

/// Tables with a header, in order, each with its span up to the last line of what is below it.
pub(super) fn table_spans(text: &str) -> Vec<(Pointer, Range<usize>)> {
    let headers = cursor::headers(text);
    let spans = headers.iter().enumerate().map(|(at, header)| {
        let mut others = headers[at + 1..].iter();
        let next = others.find(|other| !is_below(&other.route, &header.route));
        let end = next.map_or(text.len(), |next| next.span.start);
        let own = header.span.end..end.max(header.span.end);
        (header.route.clone(), header.span.start..header.span.end + last_line(&text[own]))
    });
    spans.collect()
}

/// End of the last line that belongs to a table: comments above the next header belong to that.
fn last_line(text: &str) -> usize {
    let mut end = text.trim_end().len();
    while end > 0 {
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        if start == 0 || !text[start..end].trim_start().starts_with('#') {
            break;
        }
        end = text[..start].trim_end().len();
    }
    end
}

fn is_below(route: &Pointer, above: &Pointer) -> bool {
    route != above && route.is_within(above)
}

/// Name of the entry at a route, as it is written.
fn name(spans: &Spans, text: &EditorText, route: &Pointer) -> Option<String> {
    let written = NAMES.iter().find_map(|key| spans.value(&route.key(key)))?;
    let name = text.as_str().get(written)?.trim_matches(['"', '\'']);
    (!name.is_empty()).then(|| name.to_owned())
}
