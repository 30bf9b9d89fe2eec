//! The content of each Magento release: its ACL, REST routes, PHP versions, packages. Bundled, so that no Magento is
//! needed, or read from the files of one shop.

mod acl;
mod calls;
mod catalogs;
mod commerce;
mod config;
mod constraints;
mod contents;
mod core_tables;
mod counterpart;
mod editions;
mod events;
mod glob;
mod jobs;
mod lookup;
mod packages;
mod releases;
mod routes;
pub mod scan;
mod search;
mod services;
mod shop;
mod suggest;
mod tables;
mod with_modules;

pub use acl::{AclChange, AclChanged, AclResource, AclTable, OwnResource, renamed};
pub use calls::Login;
pub use catalogs::Catalogs;
pub use commerce::CommerceRoute;
pub use config::{Config, ConfigGroup, ConfigPath, ConfigSection, ConfigTab, MenuItem, Scopes, SettingModel};
pub use constraints::{Constraint, ConstraintError, check_package_constraint};
pub use contents::Catalog;
pub use events::{Caution, CoreObserver, DataKey, Dispatch, Event, EventKind, EventTable, Transaction};
pub use jobs::{CronGroup, CronJob, CronTables, Topic};
pub(crate) use packages::wildcards;
pub use packages::{ModulePackage, ShippedPackage};
pub use releases::{
    Basis, MageOsNumbers, MageOsRelease, PhpRange, Release, ReleaseId, ReleaseSet, Target, behaviour,
};
pub use routes::{Access, OwnRoute, Route, RouteChange, RouteChanged, RouteNeed, RouteNeeds, RouteTable};
pub use search::{Found, Query, SearchText};
pub use services::{
    DataField, DataObject, DataType, DocType, Entity, ExtensionAttribute, ExtensionAttributes, ObjectMember,
    Relation, ServiceClass, ServiceMethod, ServiceParameter, ServiceTable, TypeKind, Unfilled,
};
pub use shop::{Shop, ShopModule, ShopResource};
pub use tables::{VersionedRow, VersionedTable};
