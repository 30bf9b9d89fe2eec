//! Suggestions of a finding's help as changes.

use std::ops::Range;

use super::{ActionTarget, Titled};
use crate::{
    diag::{Diagnostic, Suggestion},
    lsp::edits::SpanEdit,
    spec::{Pointer, as_key},
};

impl ActionTarget<'_> {
    /// Changes that the help of a finding suggests: what was likely meant, what to write instead, and to remove it.
    pub(super) fn suggestions(&self, finding: &Diagnostic) -> Vec<Titled> {
        let Some(span) = &finding.span else { return Vec::new() };
        finding.suggestions.iter().filter_map(|suggestion| self.suggested(span, suggestion)).collect()
    }

    fn suggested(&self, span: &Range<usize>, suggestion: &Suggestion) -> Option<Titled> {
        let written = self.text.as_str().get(span.clone())?;
        let replaced = |new: String| {
            let title = format!("Replace with {}", super::shown(&new));
            Some(Titled { title, edits: vec![(span.clone(), new)] })
        };
        match suggestion {
            Suggestion::Meant(name) => {
                replaced(self.quoted(span, &with_signs(written.trim_matches(['"', '\'']), name)))
            }
            Suggestion::Text(text) => replaced(self.quoted(span, text)),
            Suggestion::Value(value) => replaced(value.clone()),
            Suggestion::Siblings(pairs) => self.siblings(span, pairs),
            Suggestion::Removal => self.removal(span),
            Suggestion::Target(..) => None,
        }
    }

    /// Text with the quotes that it needs in place of what is written at a span.
    fn quoted(&self, span: &Range<usize>, text: &str) -> String {
        let spans = &self.project.loaded.spans;
        let route = spans.route_of(span);
        let is_value = route.is_some_and(|route| spans.value(route).as_ref() == Some(span));
        let is_key = route.is_some_and(|route| spans.key(route).as_ref() == Some(span));
        match self.text.as_str()[span.start..].chars().next() {
            Some('\'') if !text.contains('\'') => format!("'{text}'"),
            Some('"' | '\'') => toml::Value::from(text).to_string(),
            _ if is_value => toml::Value::from(text).to_string(),
            _ if is_key => as_key(text),
            _ => text.to_owned(),
        }
    }

    /// Sets keys of the table with the value or the key at a span.
    fn siblings(&self, span: &Range<usize>, pairs: &[(&'static str, String)]) -> Option<Titled> {
        let spans = &self.project.loaded.spans;
        let route = spans.route_of(span)?;
        let table = route.parent()?;
        let edit = |(key, value): &(&'static str, String)| -> Option<SpanEdit> {
            match spans.value(&table.key(key)) {
                Some(span) => Some((span, value.clone())),
                None => self.places.with_key(&table, key, value, None),
            }
        };
        let edits = pairs.iter().map(edit).collect::<Option<Vec<_>>>()?;
        let assigned: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        Some(Titled { title: format!("Write {}", assigned.join(", ")), edits })
    }

    /// Removes what a finding marks.
    fn removal(&self, span: &Range<usize>) -> Option<Titled> {
        let route = self.project.loaded.spans.route_of(span)?;
        let is_item = route.last().is_some_and(|step| step.parse::<usize>().is_ok());
        let edit = if is_item { self.places.without_item(route) } else { self.places.without_key(route) };
        Some(Titled { title: format!("Remove {}", self.named_at(route, span)), edits: vec![edit?] })
    }

    /// Name of what is removed: a key, or an item of a list as it is written.
    fn named_at(&self, route: &Pointer, span: &Range<usize>) -> String {
        match route.last() {
            Some(step) if step.parse::<usize>().is_err() => format!("`{step}`"),
            _ => super::shown(self.text.as_str().get(span.clone()).unwrap_or_default()),
        }
    }
}

/// Name with what is written around another one: `!`, and what stands for a list, a nullable type or what is below.
fn with_signs(written: &str, name: &str) -> String {
    let sign = if written.starts_with('!') && !name.starts_with('!') { "!" } else { "" };
    let suffix = ["[]?", "[]", "?", "/**"].into_iter().find(|suffix| written.ends_with(suffix));
    let suffix = suffix.filter(|suffix| !name.ends_with(suffix)).unwrap_or_default();
    format!("{sign}{name}{suffix}")
}
