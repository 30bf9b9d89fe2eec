//! Suggestions of a finding's help as changes.

use super::{ActionTarget, Titled};
use crate::diag::Diagnostic;

impl ActionTarget<'_> {
    /// Changes that the help of a finding suggests: what was likely meant, what to write instead, and to remove it.
    pub(super) fn suggestions(&self, finding: &Diagnostic) -> Vec<Titled> {
        let texts = finding.suggested().into_iter();
        let meant = texts.filter_map(|text| self.instead(finding, text));
        let removal = Some(finding).filter(|finding| finding.is_removable());
        meant.chain(removal.and_then(|finding| self.removal(finding))).collect()
    }

    /// Replaces what a finding marks by a text, in the quotes that are there.
    fn instead(&self, finding: &Diagnostic, text: &str) -> Option<Titled> {
        let span = finding.span.clone()?;
        let written = self.text.as_str().get(span.clone())?;
        let whole = match finding.asks_what_was_meant() {
            true => with_signs(written.trim_matches(['"', '\'']), text),
            false => text.to_owned(),
        };
        let text = whole.as_str();
        let new = match written.chars().next() {
            Some('"' | '[') => toml::Value::from(text).to_string(),
            Some('\'') if !text.contains('\'') => format!("'{text}'"),
            _ => text.to_owned(),
        };
        Some(Titled { title: format!("Replace with {new}"), edits: vec![(span, new)] })
    }

    /// Removes what a finding marks.
    fn removal(&self, finding: &Diagnostic) -> Option<Titled> {
        let route = self.project.loaded.spans.route_of(finding.span.as_ref()?)?;
        let is_item = route.last().is_some_and(|step| step.parse::<usize>().is_ok());
        let edit = if is_item { self.places.without_item(route) } else { self.places.without_key(route) };
        Some(Titled { title: "Remove it".to_owned(), edits: vec![edit?] })
    }
}

/// Name with what is written around another one: `!`, and what stands for a list, a nullable type or what is below.
fn with_signs(written: &str, name: &str) -> String {
    let sign = if written.starts_with('!') && !name.starts_with('!') { "!" } else { "" };
    let suffix = ["[]?", "[]", "?", "/**"].into_iter().find(|suffix| written.ends_with(suffix));
    let suffix = suffix.filter(|suffix| !name.ends_with(suffix)).unwrap_or_default();
    format!("{sign}{name}{suffix}")
}
