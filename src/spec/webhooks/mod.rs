//! Webhooks: `[webhooks]` and `[[webhook]]`.

mod condition;
mod delivery;
mod webhook;

pub use condition::{Bounds, ConditionValue, ValueCondition};
pub use delivery::Webhooks;
pub use webhook::{NamedField, PayloadType, PayloadValue, Webhook};
