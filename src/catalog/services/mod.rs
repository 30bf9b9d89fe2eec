//! Input and output of REST methods: entities, data interfaces, services.

mod data_type;
mod doc_type;
mod entity;
mod extension_attribute;
mod object;
mod relation;
mod service;
mod unfilled;

pub(super) use self::{
    data_type::types, entity::entities, extension_attribute::extension_attributes, relation::relations,
    service::services,
};
pub use self::{
    data_type::{DataField, DataType, TypeKind},
    doc_type::DocType,
    entity::Entity,
    extension_attribute::{ExtensionAttribute, ExtensionAttributes},
    object::{DataObject, ObjectMember},
    relation::Relation,
    service::{ServiceClass, ServiceMethod, ServiceParameter, ServiceTable},
    unfilled::Unfilled,
};
