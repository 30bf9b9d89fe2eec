//! Magento's caches, by the files of a module that they cache.

/// Cache types of a file, named as for `cache:flush`; `path` is from the module's folder. Empty for uncached files:
/// only `setup:upgrade` reads module.xml, integration.xml and db_schema.xml (docs/magento/deploying.md#caches).
pub(super) fn types(path: &str) -> &'static [&'static str] {
    match path {
        "etc/module.xml" | "etc/integration.xml" | "etc/db_schema.xml" | "etc/db_schema_whitelist.json" => {
            &[]
        }
        "etc/integration/config.xml" => &["config_integration"],
        "etc/integration/api.xml" => &["config_integration_api"],
        "etc/webapi.xml" => &["config_webservice"],
        // Varnish keeps pages with their headers.
        "etc/csp_whitelist.xml" => &["config", "full_page"],
        // The Admin menu is cached as one block (module-backend Block/Menu.php).
        "etc/adminhtml/menu.xml" => &["block_html", "config"],
        _ if path.starts_with("etc/") => &["config"],
        // That block has translated titles.
        _ if path.starts_with("i18n/") => &["block_html", "translate"],
        // The types of services come from their doc blocks (framework Reflection/MethodsMap.php, module-webapi
        // Model/ServiceMetadata.php).
        _ if path.starts_with("Api/") => &["config_webservice", "reflection"],
        _ => &[],
    }
}
