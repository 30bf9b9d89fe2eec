//! Input and output of REST methods: entities, data interfaces, services.

mod data_type;
mod doc_type;
mod entity;
mod service;

pub(super) use self::{data_type::types, entity::entities, service::services};
pub use self::{
    data_type::{DataField, DataType, TypeKind},
    doc_type::DocType,
    entity::Entity,
    service::{ServiceClass, ServiceMethod, ServiceParameter, ServiceTable},
};
