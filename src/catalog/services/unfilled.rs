//! Fields of data interfaces that the object of an event may lack.

use super::DataObject;

/// Reason why a field is null, empty or old when a model is saved (docs/magento/events.md#unfilled-fields).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfilled {
    /// The data of the model has it under this name.
    Named(&'static str),
    /// The data of the model never has it.
    Never,
    /// Only the repository fills it in.
    ByRepository,
    /// It is filled in when the object is loaded.
    ByLoading,
    /// It is saved after the object.
    Later,
}

use Unfilled::{ByLoading, ByRepository, Later, Named, Never};

type Row = (&'static str, &'static [(&'static str, Unfilled)]);

/// Fields of the objects of events, which are read from the data, not from getters.
const OF_EVENTS: [Row; 17] = [
    (r"Catalog\Api\Data\CategoryInterface", &[("id", Named("entity_id")), ("children", Never)]),
    (
        r"Catalog\Api\Data\ProductAttributeInterface",
        &[("default_frontend_label", Named("frontend_label")), ("scope", Named("is_global"))],
    ),
    (r"Catalog\Api\Data\ProductInterface", &[("id", Named("entity_id"))]),
    (r"Cms\Api\Data\BlockInterface", &[("id", Named("block_id")), ("active", Named("is_active"))]),
    (r"Cms\Api\Data\PageInterface", &[("id", Named("page_id")), ("active", Named("is_active"))]),
    (
        r"Customer\Api\Data\AddressInterface",
        &[("id", Named("entity_id")), ("default_billing", Never), ("default_shipping", Never)],
    ),
    (r"Customer\Api\Data\CustomerInterface", &[("id", Named("entity_id"))]),
    (
        r"Customer\Api\Data\GroupInterface",
        &[
            ("id", Named("customer_group_id")),
            ("code", Named("customer_group_code")),
            ("tax_class_name", Never),
        ],
    ),
    (r"Quote\Api\Data\AddressInterface", &[("id", Named("address_id")), ("region_code", Never)]),
    (r"Quote\Api\Data\CartInterface", &[("id", Named("entity_id"))]),
    (r"SalesRule\Api\Data\RuleInterface", &[("condition", Never), ("action_condition", Never)]),
    (r"Sales\Api\Data\OrderAddressInterface", &[("region_code", Never)]),
    (r"Store\Api\Data\GroupInterface", &[("id", Named("group_id"))]),
    (r"Store\Api\Data\StoreInterface", &[("id", Named("store_id")), ("store_group_id", Named("group_id"))]),
    (r"Store\Api\Data\WebsiteInterface", &[("id", Named("website_id"))]),
    (r"Tax\Api\Data\TaxRuleInterface", &[("id", Named("tax_calculation_rule_id"))]),
    (
        r"User\Api\Data\UserInterface",
        &[
            ("id", Named("user_id")),
            ("first_name", Named("firstname")),
            ("last_name", Named("lastname")),
            ("user_name", Named("username")),
        ],
    ),
];

/// Fields of all objects.
const ANYWHERE: [Row; 10] = [
    (
        r"Catalog\Api\Data\ProductExtensionInterface",
        &[
            ("category_links", ByLoading),
            ("discounts", Never),
            ("stock_item", ByLoading),
            ("website_ids", ByLoading),
        ],
    ),
    (
        r"Customer\Api\Data\CustomerExtensionInterface",
        &[("assistance_allowed", Never), ("is_subscribed", Never)],
    ),
    (r"Customer\Api\Data\CustomerInterface", &[("addresses", Later)]),
    (r"Customer\Api\Data\GroupExtensionInterface", &[("exclude_website_ids", Never)]),
    (r"InventoryApi\Api\Data\StockExtensionInterface", &[("sales_channels", ByRepository)]),
    (r"Quote\Api\Data\CartExtensionInterface", &[("shipping_assignments", ByRepository)]),
    (r"Quote\Api\Data\CartItemInterface", &[("product_option", ByRepository)]),
    (
        r"Sales\Api\Data\OrderExtensionInterface",
        &[
            ("additional_itemized_taxes", ByRepository),
            ("applied_taxes", ByRepository),
            ("gift_message", ByRepository),
            ("item_applied_taxes", ByRepository),
            ("notification_sent", ByRepository),
            ("payment_additional_info", ByRepository),
            ("pickup_location_code", ByRepository),
            ("send_notification", ByRepository),
            ("shipping_assignments", ByRepository),
            ("taxes", ByRepository),
        ],
    ),
    (
        r"Sales\Api\Data\OrderItemExtensionInterface",
        &[("gift_message", ByRepository), ("itemized_taxes", ByRepository)],
    ),
    (r"Sales\Api\Data\OrderItemInterface", &[("product_option", ByRepository)]),
];

impl DataObject<'_> {
    /// Returns why the object may lack the field while a model is saved.
    #[must_use]
    pub fn unfilled(&self, field: &str) -> Option<Unfilled> {
        let interface = self.interface.trim_start_matches('\\').strip_prefix(r"Magento\")?;
        let of_events = if self.is_root { OF_EVENTS.as_slice() } else { &[] };
        let mut rows = of_events.iter().chain(&ANYWHERE).filter(|(name, _)| *name == interface);
        rows.find_map(|(_, fields)| fields.iter().find(|(name, _)| *name == field).map(|(_, why)| *why))
    }
}

#[cfg(test)]
mod tests {
    use super::{ANYWHERE, OF_EVENTS};
    use crate::catalog::Catalog;

    #[test]
    fn each_row_is_a_field_of_some_release() {
        let catalog = Catalog::bundled();
        for (interface, fields) in OF_EVENTS.iter().chain(&ANYWHERE) {
            let interface = format!(r"Magento\{interface}");
            let extended =
                interface.strip_suffix("ExtensionInterface").map(|name| format!("{name}Interface"));
            for (field, _) in *fields {
                let exists = match &extended {
                    Some(extended) => {
                        let attributes = catalog.extension_attributes().find(extended).iter();
                        attributes.flat_map(|it| &it.attributes).any(|it| it.name == *field)
                    }
                    None => {
                        let types = catalog.types().find(&interface).iter();
                        types.flat_map(|it| &it.fields).any(|it| it.name == *field)
                    }
                };
                assert!(exists, "{interface} {field}");
            }
        }
    }
}
