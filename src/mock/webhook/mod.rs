//! Webhooks as the generated module sends them, and trials of their receivers.

mod key;
mod message;
#[cfg(feature = "cli")]
mod message_kind;
#[cfg(feature = "cli")]
mod trial;
#[cfg(feature = "cli")]
mod verdict;

pub use self::{key::SigningKey, message::WebhookMessage};
#[cfg(feature = "cli")]
pub use self::{
    message_kind::{Expected, MessageKind},
    trial::{ReceiverTrial, TrialStep, WebhookFault},
    verdict::Verdict,
};
