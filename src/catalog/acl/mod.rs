//! The ACL tree over a set of releases.

mod changes;
mod era;
mod lookup;
mod own;
mod read;
pub(super) mod renames;
mod roots;
mod table;
mod tree;

pub use self::{
    changes::{AclChange, AclChanged},
    own::OwnNode,
    renames::renamed,
    table::AclTable,
    tree::Resource,
};
pub(super) use self::{
    read::acl_modules,
    roots::{Root, in_the_way},
    table::AclRow,
};
