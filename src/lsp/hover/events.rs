//! Events, and the fields of what they carry.

use super::facts::{Facts, first};
use crate::{
    catalog::{DataObject, Dispatch, Transaction},
    spec::{Pointer, webhooks::PayloadValue},
};

impl Facts<'_> {
    /// Describes an event: who dispatches it when, what it carries, and its cautions.
    pub(super) fn event(&self, written: &str) -> Option<String> {
        let event = self.catalog.events().find(written)?;
        let there = self.there(self.catalog.events().releases_of(written));
        let entity = self.catalog.entities_of(&written.to_lowercase()).next();
        let entity = entity.map(|entity| format!(" Its entity is {} (`{}`).", entity.name, entity.model));
        let mut lines: Vec<String> = event.within(self.releases).map(dispatch).collect();
        lines.dedup();
        let cautions = self.catalog.cautions(event, self.releases);
        let cautions: Vec<String> =
            cautions.iter().map(|(caution, _)| format!("- {}", caution.text())).collect();
        let cautions = match cautions.is_empty() {
            true => String::new(),
            false => format!("\n\nCautions:\n\n{}", cautions.join("\n")),
        };
        Some(format!(
            "`{written}`, {there}.{}\n\nDispatched by:\n\n{}{cautions}",
            entity.unwrap_or_default(),
            first(&lines)
        ))
    }

    /// Describes the field of the object that is sent by a name, or that a condition names.
    pub(super) fn named_field(&self, route: &Pointer, name: &str) -> Option<String> {
        let at: usize = route.steps().nth(1)?.parse().ok()?;
        let mut fields = self.spec?.webhook.get(at)?.fields.iter();
        let sent = fields.find(|(path, _)| path.as_str() == name).map(|(_, value)| value);
        let path = match sent {
            Some(PayloadValue::Named(field)) => field.from.as_str(),
            _ => name,
        };
        self.field(route, path)
    }

    /// Describes a field of the object of a webhook.
    pub(super) fn field(&self, route: &Pointer, path: &str) -> Option<String> {
        let at: usize = route.steps().nth(1)?.parse().ok()?;
        let events = self.spec?.webhook.get(at)?.event.as_slice();
        let mut object = events
            .iter()
            .find_map(|event| DataObject::of(self.catalog, self.releases, &event.as_str().to_lowercase()))?;
        let mut steps = path.split('.').map(|step| step.trim_end_matches("[]")).peekable();
        while let Some(step) = steps.next() {
            if steps.peek().is_none() {
                let there = object.has(step);
                let types = object.members().filter(|member| member.name == step);
                let types = types.map(|member| {
                    let when = self.catalog.when_in(member.releases & there, there);
                    format!("{}{when}", member.php_type)
                });
                let types: Vec<String> = types.collect();
                let there = self.there(there);
                return (!types.is_empty()).then(|| {
                    format!("`{step}` of `{}`: {}, {there}.", object.interface, types.join(" or "))
                });
            }
            let php_type = object.types(step).next()?;
            object = object.below(php_type)?;
        }
        None
    }
}

/// Place that dispatches an event, and what it carries.
fn dispatch(dispatch: &Dispatch) -> String {
    let transaction = match dispatch.transaction {
        Transaction::Inside => "inside a transaction, which may still be rolled back",
        Transaction::Caller => "perhaps inside a transaction of its caller",
        Transaction::Outside => "outside of a transaction",
    };
    let keys: Vec<String> = dispatch
        .data
        .iter()
        .map(|key| match key.php_type.as_str() {
            "" => format!("`{}`", key.name),
            php_type => format!("`{}` ({php_type})", key.name),
        })
        .collect();
    let carries = if keys.is_empty() { "nothing".to_owned() } else { keys.join(", ") };
    format!("- `{}::{}`, {transaction}; carries {carries}", dispatch.class, dispatch.method)
}
