//! Hints behind calls and patterns: what they grant.

use lsp_types::{InlayHint, InlayHintLabel, InlayHintTooltip};

use crate::{
    diag::plural,
    lsp::documents::EditorText,
    names::Pattern,
    project::Project,
    resolve::{EntryEffect, ResolvedCall, Views},
    spec::{Integration, Pointer, pointer},
};

/// Largest number of ids in a tooltip.
const MOST: usize = 30;

/// Permissions that each call needs, and the number of ids behind each pattern, within a range.
pub(in crate::lsp) fn hints(
    project: &Project,
    text: &EditorText,
    range: lsp_types::Range,
) -> Option<Vec<InlayHint>> {
    let catalogs = project.catalogs.get();
    let resolved = Views::of(&project.loaded, catalogs).in_question()?;
    let spec = project.loaded.spec.as_ref()?;
    let is_there = |hint: &InlayHint| range.start <= hint.position && hint.position <= range.end;
    let hint = |route: &Pointer, label: String, tooltip: String| {
        let end = project.loaded.spans.value(route)?.end;
        Some(InlayHint {
            position: text.position(end),
            label: InlayHintLabel::String(label),
            kind: None,
            text_edits: None,
            tooltip: Some(InlayHintTooltip::String(tooltip)).filter(|_| !route.is_empty()),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        })
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
    let integrations = spec.integration.iter().zip(&resolved.selections).enumerate();
    let hints = integrations.flat_map(|(at, (integration, selection))| {
        let calls = pointer!["integration", at, "calls"];
        let of_calls = selection.calls.iter().enumerate().filter_map(move |(place, call)| {
            let (label, tooltip) = of_call(call)?;
            hint(&calls.key(place), label, tooltip)
        });
        let resources = pointer!["integration", at, "resources"];
        let of_patterns = patterns(integration, &selection.effects)
            .filter_map(move |(place, label, tooltip)| hint(&resources.key(place), label, tooltip));
        of_calls.chain(of_patterns)
    });
    Some(hints.filter(is_there).collect())
}

/// Place, label and tooltip of each entry that stands for several ids.
fn patterns<'a>(
    integration: &'a Integration,
    effects: &'a [EntryEffect],
) -> impl Iterator<Item = (usize, String, String)> + 'a {
    let entries = integration.resources.iter().zip(effects).enumerate();
    let entries = entries.filter(|(_, (entry, _))| !matches!(entry.pattern(), Pattern::Exact(_)));
    entries.map(|(place, (entry, effect))| {
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
        (place, label, ids)
    })
}
