//! The ACL tree over a set of releases.

mod changes;
mod era;
mod lookup;
mod own_resource;
mod read;
pub(super) mod renames;
mod roots;
mod row;
mod shared;
mod table;
mod tree;

pub use self::{
    changes::{AclChange, AclChanged},
    own_resource::OwnResource,
    renames::renamed,
    table::AclTable,
    tree::AclResource,
};
pub(super) use self::{
    read::acl_modules,
    roots::{AclRoot, blocking_roots},
    row::AclRow,
    shared::SharedAcl,
};
