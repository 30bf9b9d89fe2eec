//! What the other side is told: `[webhooks]` and `[[webhook]]`.

mod delivery;
mod webhook;

pub use delivery::Webhooks;
pub use webhook::{PayloadType, Webhook};
