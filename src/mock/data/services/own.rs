//! Own routes of modules that save entities of Magento: as Magento's own routes do, in the same memory.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::mock::{
    ServedMethod, ShopRefusal,
    data::{ServiceCall, ShopData, class},
    input::{Arguments, ServiceArgument},
};

/// Class whose repository does more than keep a row.
pub(super) struct KeptClass {
    repository: &'static str,
    /// Parameter with the object to save.
    parameter: &'static str,
}

impl KeptClass {
    pub(super) fn of(class: &str) -> Option<Self> {
        let (repository, parameter) = match class {
            class::PRODUCT => (r"Magento\Catalog\Api\ProductRepositoryInterface", "product"),
            class::CATEGORY => (r"Magento\Catalog\Api\CategoryRepositoryInterface", "category"),
            class::CUSTOMER => (r"Magento\Customer\Api\CustomerRepositoryInterface", "customer"),
            _ => return None,
        };
        Some(Self { repository, parameter })
    }
}

impl ShopData {
    /// Saves an object by the repository of its class. Scalars of the call fill fields of the same names that it lacks.
    pub(super) fn save_kept(
        &self,
        asked: &ServiceCall<'_>,
        kept: &KeptClass,
        mut object: Map<String, Value>,
    ) -> Result<Value, ShopRefusal> {
        if kept.parameter == "product" {
            let sku = asked.arguments.0.iter().find(|it| it.name.to_lowercase().ends_with("sku"));
            let sku = sku.filter(|_| object.get("sku").is_none_or(Value::is_null));
            object.extend(sku.map(|it| ("sku".to_owned(), it.value.clone())));
        }
        let argument =
            ServiceArgument { name: kept.parameter.to_owned(), value: Value::Object(object), is_sent: true };
        let method = ServedMethod {
            class: kept.repository.to_owned(),
            name: "save".to_owned(),
            parameters: Vec::new(),
            returns: String::new(),
        };
        let call = ServiceCall {
            verb: asked.verb.clone(),
            path: asked.path.clone(),
            is_own: false,
            method: &method,
            arguments: Arguments(vec![argument]),
            store: asked.store,
            base_url: asked.base_url,
            id: asked.id.clone(),
            now: asked.now,
        };
        self.known(&call).unwrap_or(Ok(Value::Null))
    }

    /// Row as a store view sees it.
    pub(super) fn seen(&self, class: &str, row: Arc<Value>, store: u32) -> Arc<Value> {
        if class == class::PRODUCT { self.product_view(row, store) } else { row }
    }
}
