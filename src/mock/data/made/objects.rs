//! Objects of any class, made from its fields.

use serde_json::{Map, Value};

use super::{World, names::Mentioned};
use crate::mock::types::{ClassShape, KindBase, TypeBook, ValueKind};

/// Depth from which on objects that may be missing are missing.
const DEEPEST: usize = 3;

impl World {
    /// Makes an object of a class; none if the class is unknown.
    pub(in crate::mock::data) fn object(&self, book: &TypeBook, class: &str, id: i64) -> Option<Value> {
        self.nested(book, class, id, 0)
    }

    /// Makes a value of a type, named as a field or method.
    pub(in crate::mock::data) fn value(
        &self,
        book: &TypeBook,
        name: &str,
        kind: &ValueKind,
        id: i64,
    ) -> Option<Value> {
        let mut mentioned = Mentioned::of(self, name, id);
        self.field(book, name, kind, &mut mentioned, 0)
    }

    fn nested(&self, book: &TypeBook, class: &str, id: i64, depth: usize) -> Option<Value> {
        let count = self.count(class);
        let row = if depth > 0 && id > count && count > 0 { (id - 1) % count + 1 } else { id };
        if let Some(row) = self.row(class, row) {
            return Some(row);
        }
        let shape = book.shape(class)?;
        if class.ends_with("ExtensionInterface") {
            return Some(Value::Object(Map::new()));
        }
        let mut mentioned = Mentioned::of(self, class, id);
        Some(Value::Object(self.fields(book, &shape, &mut mentioned, depth)))
    }

    fn fields(
        &self,
        book: &TypeBook,
        shape: &ClassShape,
        mentioned: &mut Mentioned,
        depth: usize,
    ) -> Map<String, Value> {
        let mut fields = Map::new();
        for field in &shape.fields {
            if matches!(field.name.as_str(), "extension_attributes" | "custom_attributes") {
                continue;
            }
            let is_object = field.kind.base == KindBase::Class;
            if is_object && field.is_nullable && depth + 1 >= DEEPEST {
                continue;
            }
            if let Some(value) = self.field(book, &field.name, &field.kind, mentioned, depth) {
                fields.insert(field.name.clone(), value);
            }
        }
        fields
    }

    fn field(
        &self,
        book: &TypeBook,
        name: &str,
        kind: &ValueKind,
        mentioned: &mut Mentioned,
        depth: usize,
    ) -> Option<Value> {
        let one = match kind.base {
            KindBase::Nothing => return Some(Value::Null),
            KindBase::Array => return Some(Value::Array(Vec::new())),
            KindBase::Class if depth >= DEEPEST => {
                return if kind.is_list { Some(Value::Array(Vec::new())) } else { None };
            }
            KindBase::Class => self.nested(book, kind.class()?, mentioned.id.max(1), depth + 1)?,
            base => self.named(name, base, mentioned),
        };
        Some(if kind.is_list { Value::Array(vec![one]) } else { one })
    }
}
