//! Answers to a finding other than its own fix.

use super::{ActionChange, ActionTarget};
use crate::{
    diag::{Diagnostic, Rule},
    lsp::cursor,
    spec::pointer,
};

impl ActionTarget<'_> {
    /// Changes after which a finding is gone.
    pub(super) fn answers(&self, finding: &Diagnostic) -> Vec<ActionChange> {
        let own = [self.narrow(finding), self.declare(finding), self.move_to_secret(finding)];
        own.into_iter().flatten().chain(self.allow(finding.rule)).collect()
    }

    /// Narrows the target to the releases without the fault.
    fn narrow(&self, finding: &Diagnostic) -> Option<ActionChange> {
        let (key, value) = finding.narrowed_target()?;
        let span = self.project.loaded.spans.value(&pointer!["target", key])?;
        let title = format!("Narrow the target to {key} = {value}");
        Some(ActionChange { title, edits: vec![self.replacement(&span, value.to_owned())] })
    }

    /// Declares a resource of the module that is named but not declared: the permission that a route or an integration needs.
    fn declare(&self, finding: &Diagnostic) -> Option<ActionChange> {
        let spec = self.project.loaded.spec.as_ref()?;
        let written = self.text.as_str().get(finding.span.clone()?)?;
        let id = written.trim_matches(['"', '\'']);
        let name = id.strip_prefix(spec.module.name.as_str())?.strip_prefix("::")?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let entries = spec.acl_entries();
        if !is_name || entries.iter().any(|entry| entry.id.as_str() == id) {
            return None;
        }
        let parent = spec.acl.first().map_or("Magento_Backend::admin", |acl| acl.id.as_str());
        let words = name.replace('_', " ");
        let title = format!("{}{}", words[..1].to_uppercase(), &words[1..]);
        let title = if title.len() < 3 { format!("Resource {title}") } else { title };
        let table = format!("[[acl]]\nid = \"{id}\"\ntitle = \"{title}\"\nparent = \"{parent}\"\n");
        Some(ActionChange { title: format!("Declare {id} in [[acl]]"), edits: vec![self.at_end(&table)] })
    }

    /// Makes a setting a secret, whose value administrators enter, and removes the default.
    fn move_to_secret(&self, finding: &Diagnostic) -> Option<ActionChange> {
        let span = finding.span.as_ref().filter(|_| finding.rule == Rule::SecretInSpec)?;
        let spec = self.project.loaded.spec.as_ref()?;
        let spans = &self.project.loaded.spans;
        let is_it = |at: &usize| {
            let value = spans.value(&pointer!["setting", at, "default"]);
            value.is_some_and(|value| value.start <= span.start && span.end <= value.end)
        };
        let at = (0..spec.setting.len()).find(is_it)?;
        let default = self.line_of(&pointer!["setting", at, "default"])?;
        let removal = self.replacement(&default, String::new());
        let secret = match spans.value(&pointer!["setting", at, "type"]) {
            Some(kind) => self.replacement(&kind, "\"secret\"".to_owned()),
            None => {
                let path = self.line_of(&pointer!["setting", at, "path"])?;
                self.insertion(path.end, "type = \"secret\"\n".to_owned())
            }
        };
        let title = "Move it to a secret: remove the default, and encrypt what is entered".to_owned();
        Some(ActionChange { title, edits: vec![secret, removal] })
    }

    /// Sets a rule to `allow` in `[rules]`, with the table if the spec has none.
    fn allow(&self, rule: Rule) -> Option<ActionChange> {
        if !rule.can_be_relaxed() {
            return None;
        }
        let id = rule.id();
        let spans = &self.project.loaded.spans;
        let text = self.text.as_str();
        let rules = pointer!["rules"];
        let line = format!("{id} = \"allow\"\n");
        let headers = cursor::headers(text);
        let edit = if let Some(level) = spans.value(&rules.key(id)) {
            self.replacement(&level, "\"allow\"".to_owned())
        } else if let Some(header) = headers.iter().find(|header| header.route == rules) {
            match text[header.span.end..].find('\n') {
                Some(end) => self.insertion(header.span.end + end + 1, line),
                None => self.insertion(text.len(), format!("\n{line}")),
            }
        } else if let Some(inline) = spans.value(&rules) {
            let is_empty = text.get(inline.start + 1..inline.end - 1)?.trim().is_empty();
            let comma = if is_empty { "" } else { "," };
            self.insertion(inline.start + 1, format!(" {id} = \"allow\"{comma}"))
        } else {
            self.at_end(&format!("[rules]\n{line}"))
        };
        Some(ActionChange { title: format!("Allow {id} in this spec"), edits: vec![edit] })
    }
}
