//! Webhooks.

use std::{collections::BTreeSet, fmt};

use super::Setting;
use crate::names::{CommandPrefix, EventName};

/// Webhooks and their delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhooks {
    /// Name of the outbox table, without the table prefix.
    pub table: String,
    /// Setting with the address.
    pub url: Setting,
    /// Setting with the signing key.
    pub secret: Setting,
    /// Setting with a second signing key, if there is one.
    pub second_secret: Option<Setting>,
    /// Setting that turns them on.
    pub enabled: Setting,
    /// Setting with the timeout in seconds.
    pub timeout: Setting,
    /// Path appended to the address; may be empty.
    pub path: String,
    /// Number of attempts after which a webhook is given up.
    pub max_attempts: u32,
    /// Seconds before the second attempt.
    pub first_delay: u32,
    /// Longest delay between two attempts, in seconds.
    pub longest_delay: u32,
    /// Number of webhooks read from the outbox at once.
    pub batch_size: u32,
    /// Number of days that delivered webhooks are kept.
    pub keep_days: u32,
    /// First words of the console commands; none if there are no commands.
    pub commands: Option<CommandPrefix>,
    /// Minutes after which Admin shows that webhooks were not delivered; none if it never does.
    pub notify_minutes: Option<u32>,
    /// Webhooks sorted by event and topic.
    pub list: Vec<Webhook>,
}

impl Webhooks {
    /// Returns the settings with signing keys.
    pub fn secrets(&self) -> impl Iterator<Item = &Setting> {
        std::iter::once(&self.secret).chain(&self.second_secret)
    }
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Topic sent to the external system.
    pub topic: String,
    /// Events that trigger it.
    pub events: Vec<EventName>,
    /// Kinds of objects that can be loaded, in the order of the spec; none if all events are deletions.
    pub kinds: Vec<ObjectKind>,
    /// Members of the payload, in the order of the spec.
    pub fields: Vec<PayloadField>,
    /// Conditions on the object, all of which must hold.
    pub when: Vec<FieldCondition>,
    /// Fields and their types in PHP, one of which must have changed.
    pub changed: Vec<(String, &'static str)>,
    /// Greatest size of the payload in bytes; none for the default.
    pub max_bytes: Option<u32>,
}

/// Kind of object that the events of a webhook are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectKind {
    /// Name: `invoice`.
    pub name: String,
    /// Event that an existing object is sent as.
    pub event: EventName,
    /// Class, whose ids name an object; none if it is not known, or not the same in all releases.
    pub class: Option<String>,
}

/// Greatest size of a payload in bytes by default.
const MAX_BYTES: u32 = 1_000_000;

/// A member of a JSON object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadField {
    /// Key.
    pub name: String,
    /// Value.
    pub value: PayloadNode,
}

/// A value in JSON, and the path to its origin from the object in whose place the JSON stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayloadNode {
    /// A scalar.
    Scalar {
        /// Path to the field; empty for the item of a list itself.
        from: String,
        /// Type in PHP.
        kind: &'static str,
    },
    /// An object.
    Object {
        /// Path to the object whose fields its members are; empty for the object above.
        from: String,
        /// Members.
        fields: Vec<PayloadField>,
    },
    /// A list.
    List {
        /// Path to the list.
        from: String,
        /// Item, relative to an item of the list.
        item: Box<PayloadNode>,
    },
}

/// A condition on a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCondition {
    /// Path to the field.
    pub path: String,
    /// Type in PHP that the field is converted to.
    pub kind: &'static str,
    /// Values, one of which it must have; none if any will do.
    pub values: Option<Vec<String>>,
    /// Values that it must not have.
    pub excluded: Vec<String>,
    /// Lowest number.
    pub min: Option<String>,
    /// Highest number.
    pub max: Option<String>,
}

impl PayloadNode {
    /// Adds the paths of all scalars in a value with the path.
    fn paths(&self, path: &str, paths: &mut Vec<String>) {
        match self {
            Self::Scalar { .. } => paths.push(path.to_owned()),
            Self::Object { fields, .. } => {
                fields.iter().for_each(|field| field.value.paths(&format!("{path}.{}", field.name), paths));
            }
            Self::List { item, .. } => item.paths(&format!("{path}[]"), paths),
        }
    }
}

impl fmt::Display for FieldCondition {
    /// Renders the condition in words: `status is processing or complete`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let values = |values: &[String]| match self.kind {
            "bool" => values
                .iter()
                .map(|value| if value == "1" { "set" } else { "not set" })
                .collect::<Vec<_>>()
                .join(" or "),
            _ => values
                .iter()
                .map(|value| if value.is_empty() { "empty" } else { value.as_str() })
                .collect::<Vec<_>>()
                .join(" or "),
        };
        let mut parts: Vec<String> = self.values.iter().map(|list| format!("is {}", values(list))).collect();
        if !self.excluded.is_empty() {
            parts.push(format!("is not {}", values(&self.excluded)));
        }
        parts.extend(self.min.iter().map(|min| format!("is at least {min}")));
        parts.extend(self.max.iter().map(|max| format!("is at most {max}")));
        write!(f, "{} {}", self.path, parts.join(" and "))
    }
}

impl Webhook {
    /// Returns the conditions in words; none if it is recorded at every event.
    #[must_use]
    pub fn condition(&self) -> Option<String> {
        let changed: Vec<&str> = self.changed.iter().map(|(name, _)| name.as_str()).collect();
        let deleted =
            if self.events.iter().any(EventName::is_deletion) { " or the object is deleted" } else { "" };
        let changed = (!changed.is_empty()).then(|| format!("{} changed{deleted}", changed.join(" or ")));
        let all: Vec<String> = self.when.iter().map(ToString::to_string).chain(changed).collect();
        (!all.is_empty()).then(|| all.join(", and "))
    }

    /// Returns the paths of all scalars in the payload, as a spec names them: `items[].sku`.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        self.fields.iter().for_each(|field| field.value.paths(&field.name, &mut paths));
        paths
    }

    /// Returns the greatest size of the payload in bytes.
    #[must_use]
    pub fn size_limit(&self) -> u32 {
        self.max_bytes.unwrap_or(MAX_BYTES)
    }
}

impl Webhooks {
    /// Returns true if each webhook sends fields of the object under their own names, whenever its one event fires.
    #[must_use]
    pub fn are_plain(&self) -> bool {
        let is_plain = |webhook: &Webhook| {
            let is_own = |field: &PayloadField| matches!(&field.value, PayloadNode::Scalar { from, .. } if *from == field.name);
            webhook.events.len() == 1
                && webhook.when.is_empty()
                && webhook.changed.is_empty()
                && webhook.max_bytes.is_none()
                && webhook.fields.iter().all(is_own)
        };
        self.list.iter().all(is_plain) && self.events().len() == self.list.len()
    }

    /// Returns all events, sorted.
    #[must_use]
    pub fn events(&self) -> BTreeSet<&EventName> {
        self.list.iter().flat_map(|webhook| &webhook.events).collect()
    }
}
