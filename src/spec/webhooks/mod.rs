//! Webhooks: `[webhooks]` and `[[webhook]]`.

mod condition;
mod delivery;
mod webhook;

pub use condition::{Bounds, ConditionValue, ExcludedValues, ValueCondition};
pub use delivery::Webhooks;
pub use webhook::{Events, NamedField, PayloadType, PayloadValue, Webhook};
