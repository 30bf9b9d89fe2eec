//! Stores and modules.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, made::World},
    input::text_of,
};

impl ShopData {
    /// Answers whether a country exists: codes that ISO 3166 gives to nobody do not.
    pub(super) fn countries(
        &self,
        asked: &ServiceCall<'_>,
        method: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        let code = asked.arguments.get("countryId").as_str().filter(|_| method == "getCountryInfo")?;
        let is_code = code.len() == 2 && code.bytes().all(|c| c.is_ascii_uppercase());
        if is_code && !code.starts_with('X') && !matches!(code, "AA" | "ZZ") {
            return None;
        }
        let text = if self.rules.is_old() {
            "Requested country is not available."
        } else {
            "The country isn't available."
        };
        Some(Err(ShopRefusal::localized(404, text, Value::Null)))
    }

    pub(super) fn stores(
        &self,
        asked: &ServiceCall<'_>,
        service: &str,
        method: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        let value = match (service.rsplit('\\').next()?, method) {
            ("StoreRepository", "getList") => self.world.store_views(),
            ("WebsiteRepository", "getList") => World::websites(),
            ("GroupRepository", "getList") => World::store_groups(),
            ("StoreConfigManager", "getStoreConfigs") => {
                let codes = asked.arguments.get("storeCodes").as_array();
                let codes: Vec<String> = codes.into_iter().flatten().map(text_of).collect();
                self.world.store_configs(&codes)
            }
            ("ModuleService", "getModules") => {
                let modules: BTreeSet<String> = self.book.modules();
                Value::Array(modules.into_iter().map(Value::from).collect())
            }
            _ => return None,
        };
        Some(Ok(value))
    }
}
