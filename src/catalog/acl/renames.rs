//! ACL resources that were renamed or never existed under a common name.

/// Wrong names with the right ones. Sources: ids that a release replaced, and names that public modules request
/// although no release has them.
const RENAMES: [(&str, &str); 17] = [
    // In Adobe's tutorial; the resource belongs to another module.
    ("Magento_Log::online", "Magento_Customer::online"),
    // Carts are protected by Magento_Cart, which is not a module.
    ("Magento_Quote::quote", "Magento_Cart::cart"),
    ("Magento_Quote::manage", "Magento_Cart::manage"),
    // Replaced login_button in 2.4.1-p1.
    ("Magento_LoginAsCustomer::login_button", "Magento_LoginAsCustomer::login"),
    // The same resources under the names that they have from 2.3.4 and 2.4.0 on.
    ("Magento_InventoryApi::source_stock_link", "Magento_InventoryApi::stock_source_link"),
    ("MSP_ReCaptcha::config", "Magento_ReCaptchaUi::config"),
    ("MSP_TwoFactorAuth::config", "Magento_TwoFactorAuth::config"),
    ("MSP_TwoFactorAuth::tfa", "Magento_TwoFactorAuth::tfa"),
    // Requested by public modules.
    ("Magento_Catalog::product_attribute", "Magento_Catalog::attributes_attributes"),
    ("Magento_Catalog::products_edit", "Magento_Catalog::products"),
    ("Magento_Catalog::products_read", "Magento_Catalog::products"),
    ("Magento_Customer::customer_read", "Magento_Customer::manage"),
    ("Magento_Sales::actions_email", "Magento_Sales::email"),
    ("Magento_Sales::orders", "Magento_Sales::sales_order"),
    ("Magento_Sales::sales_orders", "Magento_Sales::sales_order"),
    ("Magento_Store::store", "Magento_Backend::store"),
    ("Magento_Tax::tax", "Magento_Tax::manage_tax"),
];

/// Looks up the right name, if known.
#[must_use]
pub fn renamed(id: &str) -> Option<&'static str> {
    RENAMES.iter().find(|(wrong, _)| *wrong == id).map(|(_, right)| *right)
}

/// Modules in the prefixes of the wrong names.
pub(in crate::catalog) fn modules() -> impl Iterator<Item = &'static str> {
    RENAMES.iter().filter_map(|(wrong, _)| wrong.split("::").next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn right_names_exist_and_wrong_ones_do_not() {
        let catalog = Catalog::bundled();
        let newest = catalog.newest_checked().id;
        for (wrong, right) in RENAMES {
            assert!(catalog.ever(right).contains(newest), "{right}");
            assert!(!catalog.ever(wrong).contains(newest), "{wrong}");
        }
    }
}
