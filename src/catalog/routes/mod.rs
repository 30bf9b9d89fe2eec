//! REST routes of the releases, and the access that each requires.

mod access;
mod changes;
mod needs;
mod read;
mod route;
mod table;

pub use self::{
    access::{Access, RouteNeed},
    changes::{RouteChange, RouteChanged},
    needs::RouteNeeds,
    route::{OwnRoute, Route},
    table::RouteTable,
};
pub(super) use self::{read::routes as read, table::is_same_path};
