//! The events that core dispatches.

mod caution;
mod event;
mod family;
mod observer;
mod read;
mod table;

pub(super) use self::observer::observers;
pub use self::{
    caution::Caution,
    event::{DataKey, Dispatch, Event, EventKind, Transaction},
    observer::CoreObserver,
    table::EventTable,
};
