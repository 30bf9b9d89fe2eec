//! Other ways to write what is at the cursor.

use lsp_types::{CodeActionKind, Position};

use super::{ActionCandidate, ActionTarget, Demand, Titled};
use crate::{
    diag::plural,
    lsp::{cursor, edits::SpanEdit},
    names::{Pattern, ResourceEntry},
    resolve::{Selection, Views},
    spec::{CallEntry, Integration, Pointer, pointer},
};

impl<'a> ActionTarget<'a> {
    /// Other ways to write the entry of `resources` or `calls` at a position.
    pub(super) fn rewrites(&self, position: Position) -> Vec<ActionCandidate<'a>> {
        let rewrite = |(titled, demand)| self.candidate(titled, CodeActionKind::REFACTOR_REWRITE, demand);
        self.rewritten(position).unwrap_or_default().into_iter().map(rewrite).collect()
    }

    fn rewritten(&self, position: Position) -> Option<Vec<(Titled, Demand)>> {
        let cursor = cursor::at(self.text.as_str(), self.text.offset(position))?;
        let steps: Vec<&str> = cursor.route.steps().collect();
        let ["integration", integration, list @ ("resources" | "calls"), entry, ..] = steps.as_slice() else {
            return None;
        };
        let (at, place) = (integration.parse::<usize>().ok()?, entry.parse::<usize>().ok()?);
        let resolved = Views::of(&self.project.loaded, self.project.catalogs.get()).in_question()?;
        let integration = self.project.loaded.spec.as_ref()?.integration.get(at)?;
        let selection = resolved.selections.get(at)?;
        let route = pointer!["integration", at, list, place];
        if *list == "resources" {
            let named = self.named(integration, selection, &route, place);
            return Some(named.into_iter().map(|titled| (titled, Demand::SameGrants)).collect());
        }
        let reasoned = self.reasoned(integration, &route, place).map(|titled| (titled, Demand::Answers));
        let permission = self.permission(integration, selection, at, place);
        let permission = permission.map(|titled| (titled, Demand::SameGrants));
        Some(reasoned.into_iter().chain(permission).collect())
    }

    /// Replaces a pattern with the ids it stands for, without those that another entry selects or excludes by name.
    fn named(
        &self,
        integration: &Integration,
        selection: &Selection,
        route: &Pointer,
        place: usize,
    ) -> Option<Titled> {
        let entries = &integration.resources;
        let entry = entries.get(place)?;
        if matches!(entry.pattern(), Pattern::Exact(_)) {
            return None;
        }
        let effect = selection.effects.get(place)?;
        let sign = if entry.excludes() { "!" } else { "" };
        // Later entries win: what names the id before this one counts only if nothing in between takes it back.
        let is_taken_back = |id: &String, at: usize| {
            (at + 1..place).any(|between| {
                let fits = selection.effects.get(between).is_some_and(|effect| effect.fits.contains(id));
                fits && entries[between].excludes() != entry.excludes()
            })
        };
        let is_named = |id: &String| {
            let text = format!("{sign}{id}");
            let mut others = entries.iter().enumerate().filter(|(at, _)| *at != place);
            others
                .any(|(at, other): (usize, &ResourceEntry)| other.as_str() == text && !is_taken_back(id, at))
        };
        let ids = effect.fits.iter().filter(|id| !is_named(id));
        let items: Vec<String> = ids.map(|id| format!("\"{sign}{id}\"")).collect();
        let edit = self.places.in_place_of(route, &items).filter(|_| !items.is_empty())?;
        let title = format!("Replace with the {} it stands for", plural(items.len(), "id"));
        Some(Titled { title, edits: vec![edit] })
    }

    /// Adds the reason for a call.
    fn reasoned(&self, integration: &Integration, route: &Pointer, place: usize) -> Option<Titled> {
        let edit = match integration.calls.get(place)? {
            CallEntry::Plain(call) => {
                let call = toml::Value::from(call.as_str());
                let span = self.project.loaded.spans.value(route)?;
                (span, format!("{{ route = {call}, why = {REASON} }}"))
            }
            CallEntry::Reasoned(reasoned) if reasoned.why.is_none() => {
                self.places.with_key(route, "why", REASON, Some("route"))?
            }
            CallEntry::Reasoned(_) => return None,
        };
        Some(Titled { title: "Add `why`".to_owned(), edits: vec![edit] })
    }

    /// Requests the permissions that a call needs in `resources` instead. A call and its permission together are redundant.
    fn permission(
        &self,
        integration: &Integration,
        selection: &Selection,
        at: usize,
        place: usize,
    ) -> Option<Titled> {
        let (calls, resources) =
            (pointer!["integration", at, "calls"], pointer!["integration", at, "resources"]);
        let ids = selection.calls.get(place)?.ids();
        if ids.is_empty() {
            return None;
        }
        let missing = ids.iter().filter(|id| selection.entry_for(id, &integration.resources).is_none());
        let items: Vec<String> = missing.map(|id| format!("\"{id}\"")).collect();
        let removal = match integration.calls.len() {
            1 => self.places.without_item(&calls.key(0)).or_else(|| self.places.without_key(&calls))?,
            _ => self.places.without_item(&calls.key(place))?,
        };
        let (removal, notes) = self.with_notes(removal, integration.calls.get(place)?);
        let mut edits = vec![removal];
        edits.extend(match (items.as_slice(), notes.is_empty()) {
            ([], true) => Vec::new(),
            ([], false) => {
                let named = ids.iter().find_map(|id| selection.entry_for(id, &integration.resources))?;
                vec![self.places.with_comments(&resources.key(named), &notes)?]
            }
            (items, true) => self.places.with_items(&resources, items)?,
            ([item], false) if notes.len() == 1 => {
                self.places.with_lines(&resources, &[format!("{item}, {}", notes[0])])?
            }
            (items, false) => {
                let items = items.iter().map(|item| format!("{item},"));
                self.places.with_lines(&resources, &notes.into_iter().chain(items).collect::<Vec<_>>())?
            }
        });
        let ids: Vec<&str> = ids.into_iter().collect();
        let title = format!("Request the permission this route needs instead: {}", ids.join(", "));
        Some(Titled { title, edits })
    }
}

impl ActionTarget<'_> {
    /// Removal of a call with the comments that are only about it, and these as comments, after its reason.
    fn with_notes(&self, (removed, new): SpanEdit, call: &CallEntry) -> (SpanEdit, Vec<String>) {
        let text = self.text.as_str();
        let next = text[removed.end..].lines().next().unwrap_or_default().trim_start();
        let is_whole_line = removed.end == text.len() || text[..removed.end].ends_with('\n');
        // A comment above several entries is about all of them.
        let is_its_own = is_whole_line && (next.is_empty() || next.starts_with(['#', ']', '[']));
        let start = if is_its_own { self.places.comments_above(removed.start) } else { removed.start };
        let removed = start..removed.end;
        let reason = match call {
            CallEntry::Reasoned(reasoned) => reasoned.why.as_ref().map(|why| format!("# {why}")),
            CallEntry::Plain(_) => None,
        };
        let comments = self.project.loaded.comments.iter();
        let comments = comments.filter(|it| removed.start <= it.span.start && it.span.end <= removed.end);
        let comments = comments.map(|comment| format!("#{}", comment.text.trim_end()));
        let notes = reason.into_iter().chain(comments).collect();
        ((removed, new), notes)
    }
}

/// Reason to be written anew.
const REASON: &str = "\"TODO\"";
