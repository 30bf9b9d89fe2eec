//! Webhooks as the generated module sends them, and trials of their receivers.

mod key;
mod message;
#[cfg(feature = "cli")]
mod trial;
#[cfg(feature = "cli")]
mod verdict;

pub use self::{key::SigningKey, message::WebhookMessage};
#[cfg(feature = "cli")]
pub use self::{
    trial::{ReceiverTrial, TrialStep, WebhookFault},
    verdict::{Expected, MessageKind, Verdict},
};
