//! Hints behind calls and patterns: what they grant.

use lsp_types::{InlayHint, InlayHintLabel, InlayHintTooltip};
use serde_json::Value;

use crate::{
    diag::plural,
    lsp::documents::OpenSpec,
    names::Pattern,
    resolve::{EntryEffect, ResolvedCall, Views},
    spec::{Document, Integration, Pointer, pointer},
};

/// Largest number of ids in a tooltip.
const MOST: usize = 30;

/// Text of an entry with the label and the tooltip of its hint.
type EntryHint<'a> = (&'a str, String, String);

/// Permissions that each call needs, and the number of ids behind each pattern, within a range. While the text cannot be
/// read, those of the last spec, behind the entries that are still written.
pub(in crate::lsp) fn hints(document: &OpenSpec, range: lsp_types::Range) -> Option<Vec<InlayHint>> {
    let project = document.sound();
    let catalogs = project.catalogs.get();
    let resolved = Views::of(&project.loaded, catalogs).in_question()?;
    let spec = project.loaded.spec.as_ref()?;
    let Document { json, spans } = Document::recovered(document.text().as_str());
    let hint = |route: &Pointer, label: &str, tooltip: &str| {
        let position = document.text().position(spans.value(route)?.end);
        let hint = InlayHint {
            position,
            label: InlayHintLabel::String(label.to_owned()),
            kind: None,
            text_edits: None,
            tooltip: Some(InlayHintTooltip::String(tooltip.to_owned())).filter(|_| !tooltip.is_empty()),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        };
        (range.start <= position && position <= range.end).then_some(hint)
    };
    let catalog = catalogs.in_question();
    let of_call = |call: &ResolvedCall| {
        let needs = call.needs.iter().map(|need| {
            let when = catalog.when_in(need.releases, project.releases);
            format!("{}{when}", need.access)
        });
        let needs: Vec<String> = needs.collect();
        (!needs.is_empty()).then(|| (needs.join("; "), format!("Permission that `{}` needs", call.name)))
    };
    let mut hints = Vec::new();
    for (at, (integration, selection)) in spec.integration.iter().zip(&resolved.selections).enumerate() {
        let calls = integration.calls.iter().zip(&selection.calls).filter_map(|(entry, call)| {
            let (label, tooltip) = of_call(call)?;
            Some((entry.call().as_str(), label, tooltip))
        });
        let calls: Vec<EntryHint<'_>> = calls.collect();
        let patterns: Vec<EntryHint<'_>> = patterns(integration, &selection.effects).collect();
        for (key, known) in [("calls", calls), ("resources", patterns)] {
            for (route, written) in entries(&json, &pointer!["integration", at, key]) {
                let known = known.iter().find(|(text, ..)| *text == written);
                hints.extend(known.and_then(|(_, label, tooltip)| hint(&route, label, tooltip)));
            }
        }
    }
    Some(hints)
}

/// Entries of a list with their routes: texts, or tables with a `route`.
fn entries<'a>(json: &'a Value, list: &Pointer) -> Vec<(Pointer, &'a str)> {
    let entries = json.pointer(list).and_then(Value::as_array).into_iter().flatten().enumerate();
    let entries = entries.filter_map(|(at, entry)| {
        Some((list.key(at), entry.as_str().or_else(|| entry.get("route")?.as_str())?))
    });
    entries.collect()
}

/// Entries that stand for several ids.
fn patterns<'a>(
    integration: &'a Integration,
    effects: &'a [EntryEffect],
) -> impl Iterator<Item = EntryHint<'a>> {
    let entries = integration.resources.iter().zip(effects);
    let entries = entries.filter(|(entry, _)| !matches!(entry.pattern(), Pattern::Exact(_)));
    entries.map(|(entry, effect)| {
        let sign = if entry.excludes() { "without " } else { "" };
        let some = match effect.fits_sometimes.len() {
            0 => String::new(),
            count => format!(", {count} more in some releases"),
        };
        let label = format!("{sign}{}{some}", plural(effect.fits.len(), "id"));
        let more = effect.fits.len().saturating_sub(MOST);
        let mut ids = effect.fits[..effect.fits.len() - more].join("\n");
        if more > 0 {
            ids += &format!("\n… {more} more");
        }
        (entry.as_str(), label, ids)
    })
}
