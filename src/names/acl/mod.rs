//! ACL resources: their ids, and the entries of `resources` that select them.

mod id;
mod resource_entry;

pub use id::AclId;
pub use resource_entry::{Pattern, ResourceEntry};
