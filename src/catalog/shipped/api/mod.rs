//! What REST methods take and return: entities, data interfaces, services.

mod entity;
mod service;
mod types;

pub use self::{
    entity::Entity,
    service::{Parameter, Service, ServiceMethod, ServiceTable},
    types::{DataType, Field, TypeKind},
};
pub(super) use self::{entity::entities, service::services, types::types};
