//! The editor's side: its process, and the messages that come from it.

mod inbox;
mod parent;
mod transport;

pub(super) use inbox::Inbox;
pub(super) use parent::Parent;
pub(super) use transport::{Incoming, Transport};
