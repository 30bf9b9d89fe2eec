//! The ACL tree over a set of releases.

mod lookup;
mod own_resource;
mod read;
pub(super) mod renames;
mod roots;
mod row;
mod shared;
mod table;

pub use self::{
    own_resource::OwnResource,
    renames::renamed,
    table::{AclChange, AclChanged, AclResource, AclTable},
};
pub(super) use self::{
    read::acl_modules,
    roots::{AclRoot, blocking_roots},
    row::AclRow,
    shared::SharedAcl,
};
