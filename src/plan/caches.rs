//! Which of Magento's caches hold what a file of a module says.

/// The cache types that hold what the file says, as `cache:flush` names them; `path` is from the module's folder. None for
/// what is read anew each time: module.xml, integration.xml and db_schema.xml are for `setup:upgrade` alone
/// (docs/magento/deploying.md#caches).
pub(super) fn types(path: &str) -> &'static [&'static str] {
    match path {
        "etc/module.xml" | "etc/integration.xml" | "etc/db_schema.xml" | "etc/db_schema_whitelist.json" => {
            &[]
        }
        "etc/integration/config.xml" => &["config_integration"],
        "etc/integration/api.xml" => &["config_integration_api"],
        "etc/webapi.xml" => &["config_webservice"],
        // Pages that were served are kept with their headers (framework App/PageCache/Kernel.php).
        "etc/csp_whitelist.xml" => &["config", "full_page"],
        // The menu of Admin is a block that is kept as a whole (module-backend Block/Menu.php).
        "etc/adminhtml/menu.xml" => &["block_html", "config"],
        _ if path.starts_with("etc/") => &["config"],
        _ if path.starts_with("i18n/") => &["translate"],
        // What services take and answer is read from their doc blocks (framework Reflection/MethodsMap.php, module-webapi
        // Model/ServiceMetadata.php).
        _ if path.starts_with("Api/") => &["config_webservice", "reflection"],
        _ => &[],
    }
}
