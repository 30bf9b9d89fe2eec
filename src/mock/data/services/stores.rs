//! Stores and modules.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::mock::{
    ShopRefusal,
    data::{
        ServiceCall, ShopData,
        made::{World, countries},
    },
    input::text_of,
};

impl ShopData {
    /// Answers about countries and currencies.
    pub(super) fn countries(
        &self,
        asked: &ServiceCall<'_>,
        method: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        let code = asked.arguments.get("countryId").as_str().unwrap_or_default();
        let found = match method {
            "getCountriesInfo" => Some(countries().collect()),
            "getCurrencyInfo" => Some(World::currency()),
            "getCountryInfo" => countries().find(|it| it.get("id").and_then(Value::as_str) == Some(code)),
            _ => return None,
        };
        if let Some(found) = found {
            return Some(Ok(found));
        }
        let text = if self.rules.is_old() {
            "Requested country is not available."
        } else {
            "The country isn't available."
        };
        Some(Err(ShopRefusal::exception(404, text)))
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
                self.world.store_configs(&codes, asked.base_url)
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
