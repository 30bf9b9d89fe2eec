//! What REST methods take and return: entities, data interfaces, services.

mod data_type;
mod entity;
mod php_type;
mod service;

pub(super) use self::{data_type::types, entity::entities, service::services};
pub use self::{
    data_type::{DataType, Field, TypeKind},
    entity::Entity,
    php_type::PhpType,
    service::{Parameter, Service, ServiceMethod, ServiceTable},
};
