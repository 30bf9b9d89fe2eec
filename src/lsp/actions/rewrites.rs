//! Other ways to write what is at the cursor.

use lsp_types::Position;

use super::{ActionChange, ActionTarget};
use crate::{
    diag::plural,
    lsp::cursor::{self, CursorPlace},
    names::{Pattern, ResourceEntry},
    resolve::{Resolved, Selection, Views},
    spec::{CallEntry, Integration, Pointer, pointer},
};

impl ActionTarget<'_> {
    /// Other ways to write the entry of `resources` or `calls` at a position.
    pub(super) fn rewrites(&self, position: Position) -> Vec<ActionChange> {
        let cursor = cursor::at(self.text.as_str(), self.text.offset(position));
        let Some(cursor) = cursor.filter(|cursor| cursor.place == CursorPlace::Value) else {
            return Vec::new();
        };
        let steps: Vec<&str> = cursor.route.steps().collect();
        let ["integration", integration, list @ ("resources" | "calls"), entry, ..] = steps.as_slice() else {
            return Vec::new();
        };
        let (Ok(at), Ok(place)) = (integration.parse::<usize>(), entry.parse::<usize>()) else {
            return Vec::new();
        };
        let resolved = Views::of(&self.project.loaded, self.project.catalogs.get()).in_question();
        let spec = self.project.loaded.spec.as_ref();
        let (Some(integration), Some(resolved)) = (spec.and_then(|spec| spec.integration.get(at)), resolved)
        else {
            return Vec::new();
        };
        let Some(selection) = resolved.selections.get(at) else { return Vec::new() };
        let route = pointer!["integration", at, list, place];
        if *list == "resources" {
            self.named(integration, selection, &route, place).into_iter().collect()
        } else {
            let permission = self.permission(&resolved, integration, at, place);
            self.reasoned(integration, &route, place).into_iter().chain(permission).collect()
        }
    }

    /// Replaces a pattern by the ids it stands for, those left out that other entries name.
    fn named(
        &self,
        integration: &Integration,
        selection: &Selection,
        route: &Pointer,
        place: usize,
    ) -> Option<ActionChange> {
        let entry = integration.resources.get(place)?;
        if matches!(entry.pattern(), Pattern::Exact(_)) {
            return None;
        }
        let sign = if entry.excludes() { "!" } else { "" };
        let is_named = |text: &str| {
            let mut others = integration.resources.iter().enumerate().filter(|(at, _)| *at != place);
            others.any(|(_, other): (usize, &ResourceEntry)| other.as_str() == text)
        };
        let effect = selection.effects.get(place)?;
        let texts = effect.fits.iter().map(|id| format!("{sign}{id}")).filter(|text| !is_named(text));
        let items: Vec<String> = texts.map(|text| format!("\"{text}\"")).collect();
        let span = self.project.loaded.spans.value(route).filter(|_| !items.is_empty())?;
        let title = format!("Replace by the {} it stands for", plural(items.len(), "id"));
        Some(ActionChange { title, edits: vec![self.in_place_of(&span, &items)] })
    }

    /// Adds the reason for a call.
    fn reasoned(&self, integration: &Integration, route: &Pointer, place: usize) -> Option<ActionChange> {
        let spans = &self.project.loaded.spans;
        let title = "Add `why`".to_owned();
        let edit = match integration.calls.get(place)? {
            CallEntry::Plain(call) => {
                let call = toml::Value::from(call.as_str());
                let table = format!("{{ route = {call}, why = \"{REASON}\" }}");
                self.replacement(&spans.value(route)?, table)
            }
            CallEntry::Reasoned(reasoned) if reasoned.why.is_none() => {
                let end = spans.value(&route.key("route"))?.end;
                self.insertion(end, format!(", why = \"{REASON}\""))
            }
            CallEntry::Reasoned(_) => return None,
        };
        Some(ActionChange { title, edits: vec![edit] })
    }

    /// Adds the permissions that a call needs to `resources`, unless an entry selects them.
    fn permission(
        &self,
        resolved: &Resolved,
        integration: &Integration,
        at: usize,
        place: usize,
    ) -> Option<ActionChange> {
        let selection = resolved.selections.get(at)?;
        let ids = selection.calls.get(place)?.ids().into_iter();
        let missing: Vec<&str> =
            ids.filter(|id| selection.entry_for(id, &integration.resources).is_none()).collect();
        if missing.is_empty() {
            return None;
        }
        let items: Vec<String> = missing.iter().map(|id| format!("\"{id}\"")).collect();
        let edit = self.appended(&pointer!["integration", at, "resources"], &items)?;
        let title = format!("Add the permission this route needs: {}", missing.join(", "));
        Some(ActionChange { title, edits: vec![edit] })
    }
}

/// Reason to be written anew.
const REASON: &str = "TODO";
