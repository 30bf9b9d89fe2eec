//! Shapes of the data objects of a module.

use super::{ClassShape, ShapeField};
use crate::model::{Data, Module, PhpBase, PhpType};

/// Shapes of the data objects of a module, and of their search results.
#[must_use]
pub fn shapes_of(module: &Module) -> Vec<ClassShape> {
    let namespace = format!(r"{}\Api\Data", module.name.namespace());
    let shapes = |data: &Data| {
        let class = format!(r"{namespace}\{}Interface", data.name);
        let page = data.page.as_ref().map(|_| ClassShape {
            class: format!(r"{namespace}\{}SearchResultsInterface", data.name),
            fields: vec![
                ShapeField::new("items", &format!("{class}[]")),
                ShapeField::new("search_criteria", r"Magento\Framework\Api\SearchCriteriaInterface"),
                ShapeField::new("total_count", "int"),
            ],
        });
        let field = |field: &crate::model::Field| ShapeField::new(&field.name, &doc_type(&field.kind));
        let fields = data.fields.iter().map(field).collect();
        [Some(ClassShape { class, fields }), page]
    };
    module.api.data.iter().flat_map(shapes).flatten().collect()
}

/// Type as a doc block has it.
#[must_use]
pub fn doc_type(kind: &PhpType) -> String {
    let (PhpBase::Scalar(name) | PhpBase::Class(name)) = &kind.base;
    let list = if kind.is_list { "[]" } else { "" };
    let null = if kind.is_nullable { "|null" } else { "" };
    format!("{}{list}{null}", name.trim_start_matches('\\'))
}
