//! The events that core dispatches.

mod caution;
mod event;
mod family;
mod read;
mod table;

pub(super) use self::read::read;
pub use self::{
    caution::Caution,
    event::{DataKey, Dispatch, Event, EventKind, Transaction},
    table::EventTable,
};
