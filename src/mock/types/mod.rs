//! Classes that requests and answers hold, with their fields.

mod book;
mod kind;
mod own;
mod shape;

pub use self::{
    book::TypeBook,
    kind::{KindBase, ValueKind},
    own::{doc_type, shapes_of},
    shape::{ClassShape, ShapeField},
};
