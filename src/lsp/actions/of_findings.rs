//! Answers to a finding other than its own fix.

use super::{ActionTarget, Titled};
use crate::{
    diag::{Diagnostic, Rule, Suggestion},
    lsp::edits::SpanEdit,
    names::{capitalized, snake},
    spec::{Pointer, pointer},
};

impl ActionTarget<'_> {
    /// Changes after which a finding is gone.
    pub(super) fn answers(&self, finding: &Diagnostic) -> Vec<Titled> {
        let own =
            [self.narrow(finding), self.declare(finding), self.permit(finding), self.move_to_secret(finding)];
        own.into_iter().flatten().chain(self.allow(finding.rule)).collect()
    }

    /// Narrows the target to the releases without the fault.
    fn narrow(&self, finding: &Diagnostic) -> Option<Titled> {
        let narrowed = |suggestion: &Suggestion| {
            let Suggestion::Target(key, value) = suggestion else { return None };
            let span = self.project.loaded.spans.value(&pointer!["target", *key])?;
            let title = format!("Narrow the target to {key} = {value}");
            Some(Titled { title, edits: vec![(span, value.clone())] })
        };
        finding.suggestions.iter().find_map(narrowed)
    }

    /// Declares a resource of the module that is named but not declared: the permission that a route or an integration needs.
    fn declare(&self, finding: &Diagnostic) -> Option<Titled> {
        let spec = self.project.loaded.spec.as_ref()?;
        let written = self.text.as_str().get(finding.span.clone()?)?;
        let id = written.trim_matches(['"', '\'']);
        let name = id.strip_prefix(spec.module.name.as_str())?.strip_prefix("::")?;
        let entries = spec.acl_entries();
        if !is_name(name) || entries.iter().any(|entry| entry.id.as_str() == id) {
            return None;
        }
        // Below the first resource, unless that is below this one.
        let is_parent = spec.acl.iter().any(|acl| acl.parent.as_str() == id);
        let first = spec.acl.first().filter(|_| !is_parent).map(|acl| acl.id.as_str());
        let edits = self.declaration(id, name, first)?;
        Some(Titled { title: format!("Declare {id} in [[acl]]"), edits })
    }

    /// Declares a resource for a route of the module that asks for none, and has the route ask for it.
    fn permit(&self, finding: &Diagnostic) -> Option<Titled> {
        let span =
            finding.span.as_ref().filter(|_| matches!(finding.rule, Rule::MissingKey | Rule::OpenRoute))?;
        let spans = &self.project.loaded.spans;
        let tables = |list: Pointer| {
            (0..).map(move |at| list.key(at)).take_while(|table| spans.value(table).is_some())
        };
        let is_it = |method: &Pointer| match spans.value(&method.key("acl")) {
            Some(acl) => acl.start <= span.start && span.end <= acl.end,
            None => spans.key(method).as_ref() == Some(span),
        };
        let methods = tables(pointer!["service"])
            .flat_map(|service| tables(service.key("method")).map(move |method| (service.clone(), method)));
        let (service, method) = methods.into_iter().find(|(_, method)| is_it(method))?;
        let written = |route: &Pointer| {
            let text = self.text.as_str().get(spans.value(route)?)?;
            Some(text.trim_matches(['"', '\''])).filter(|text| !text.is_empty())
        };
        let name = |table: &Pointer| written(&table.key("name")).filter(|name| is_name(name)).map(snake);
        let name = format!("{}_{}", name(&service)?, name(&method)?);
        let id = format!("{}::{name}", written(&pointer!["module", "name"])?);
        let value = format!("\"{id}\"");
        let mut edits = vec![match spans.value(&method.key("acl")) {
            Some(acl) => (acl, value),
            None => self.places.with_key(&method, "acl", &value, Some("route"))?,
        }];
        let is_declared = tables(pointer!["acl"]).any(|acl| written(&acl.key("id")) == Some(id.as_str()));
        if !is_declared {
            edits.extend(self.declaration(&id, &name, written(&pointer!["acl", 0, "id"]))?);
        }
        Some(Titled { title: format!("Add the permission this route needs: {id}"), edits })
    }

    /// Declaration of a resource below another one, with its name as the title.
    fn declaration(&self, id: &str, name: &str, parent: Option<&str>) -> Option<Vec<SpanEdit>> {
        let title = capitalized(&name.replace('_', " "));
        let title = if title.len() < 3 { format!("Resource {title}") } else { title };
        let quoted = |text: &str| format!("\"{text}\"");
        let parent = parent.unwrap_or("Magento_Backend::admin");
        let pairs = [("id", quoted(id)), ("title", quoted(&title)), ("parent", quoted(parent))];
        self.places.with_entry("acl", &pairs)
    }

    /// Makes a setting a secret, whose value administrators enter, and removes the default.
    fn move_to_secret(&self, finding: &Diagnostic) -> Option<Titled> {
        let span = finding.span.as_ref().filter(|_| finding.rule == Rule::SecretInSpec)?;
        let spec = self.project.loaded.spec.as_ref()?;
        let spans = &self.project.loaded.spans;
        let is_it = |at: &usize| {
            let value = spans.value(&pointer!["setting", at, "default"]);
            value.is_some_and(|value| value.start <= span.start && span.end <= value.end)
        };
        let setting = pointer!["setting", (0..spec.setting.len()).find(is_it)?];
        let removal = self.places.without_key(&setting.key("default"))?;
        let secret = match spans.value(&setting.key("type")) {
            Some(kind) => (kind, "\"secret\"".to_owned()),
            None => self.places.with_key(&setting, "type", "\"secret\"", Some("path"))?,
        };
        let title = "Move to a secret setting: remove the default and encrypt the value".to_owned();
        Some(Titled { title, edits: vec![secret, removal] })
    }

    /// Sets a rule to `allow` in `[rules]`, with the table if the spec has none.
    fn allow(&self, rule: Rule) -> Option<Titled> {
        if !rule.can_be_relaxed() {
            return None;
        }
        let (id, rules) = (rule.id(), pointer!["rules"]);
        let edit = match self.project.loaded.spans.value(&rules.key(id)) {
            Some(level) => (level, "\"allow\"".to_owned()),
            None => {
                let known = self.places.with_key(&rules, id, "\"allow\"", None);
                known.unwrap_or_else(|| self.places.at_end(&format!("[rules]\n{id} = \"allow\"\n")))
            }
        };
        Some(Titled { title: format!("Allow {id} in this spec"), edits: vec![edit] })
    }
}

/// Returns true if a text can be the part of an ACL id behind the module.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
