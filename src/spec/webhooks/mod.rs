//! Webhooks: `[webhooks]` and `[[webhook]]`.

mod delivery;
mod webhook;

pub use delivery::Webhooks;
pub use webhook::{PayloadType, Webhook};
