//! Cautions for observers of an event; docs/magento/events.md has details and sources.

use std::fmt;

use super::Event;
use crate::catalog::{Catalog, Constraint, ReleaseSet, glob::fits_glob};

/// Way in which an event differs from what its name suggests. For its position relative to a transaction see
/// [`Dispatch::transaction`](super::Dispatch::transaction).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Caution {
    /// Not fired without a change (docs/magento/events.md#no-change).
    OnlyWhenChanged,
    /// Fired late, or never in the request (docs/magento/events.md#commit-after).
    CommitMayBeMissing,
    /// Shared by all models without a prefix of their own (docs/magento/events.md#core-abstract).
    SharedByModels,
    /// Fired before the entity is saved (docs/magento/events.md#order-place and docs/magento/events.md#before-saved).
    BeforeSave,
    /// Not fired in checkout with several addresses (docs/magento/events.md#multishipping).
    NotMultishipping,
    /// Not fired for orders made by `POST /V1/orders` (docs/magento/events.md#rest-orders).
    NotOrdersByRest,
    /// Fired at every save (docs/magento/events.md#order-save).
    EverySave,
    /// Fired by the storefront only (docs/magento/events.md#register-success).
    StorefrontOnly,
    /// Fired twice at one registration (docs/magento/events.md#registration-twice).
    TwiceAtRegistration,
    /// Not fired for imported customers (docs/magento/events.md#customer-import) or products
    /// (docs/magento/events.md#product-import).
    NotImport,
    /// Not fired for mass actions (docs/magento/events.md#mass-actions).
    NotMassAction,
    /// Fired before the mass action writes (docs/magento/events.md#mass-actions).
    BeforeMassAction,
    /// Not fired for the REST routes of prices (docs/magento/events.md#rest-prices).
    NotPricesByRest,
    /// Not fired for stock that orders take (docs/magento/events.md#stock-of-orders).
    NotStockOfOrders,
    /// Fired together with a second event for the same save (docs/magento/events.md#two-events).
    TwoNames,
    /// Not fired for REST and GraphQL (docs/magento/events.md#predispatch).
    PagesOnly,
}

impl Caution {
    /// Text of the caution, as a sentence without a full stop.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::OnlyWhenChanged => "it does not fire if nothing changed",
            Self::CommitMayBeMissing => {
                "it fires late or never where the transaction is committed on the database connection itself, as when \
                 an invoice, a shipment or a credit memo is made"
            }
            Self::SharedByModels => {
                "it fires for all models without an event prefix of their own: check the class of the object"
            }
            Self::BeforeSave => {
                "it fires before the object is saved: a new object has no id yet, and saving may still fail"
            }
            Self::NotMultishipping => {
                "in checkout with several addresses it does not fire, or carries no order"
            }
            Self::NotOrdersByRest => "it does not fire for orders created by POST /V1/orders",
            Self::EverySave => {
                "it fires on every save: when an order is placed, invoiced, shipped, refunded or cancelled"
            }
            Self::StorefrontOnly => {
                "it fires only on storefront pages, not for REST, GraphQL, the Admin or imports"
            }
            Self::TwiceAtRegistration => "it fires at least twice per registration",
            Self::NotImport => "it does not fire for imports",
            Self::NotMassAction => "it does not fire for mass actions in Admin grids",
            Self::BeforeMassAction => {
                "it fires before the products are written, and no event fires afterwards"
            }
            Self::NotPricesByRest => {
                "it does not fire for the REST routes of base, special, tier and cost prices"
            }
            Self::NotStockOfOrders => "it does not fire for stock that an order takes or returns",
            Self::TwoNames => {
                "one save fires both this kind of event and its counterpart for the model or the data interface: observe only one of them"
            }
            Self::PagesOnly => "it does not fire for REST and GraphQL",
        }
    }
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// Names of events with releases and cautions.
const CAUTIONS: &[(&[&str], &str, Caution)] = &[
    (
        &[
            "sales_order_save_commit_after",
            "sales_order_address_save_commit_after",
            "sales_order_creditmemo_save_commit_after",
            "sales_order_invoice_save_commit_after",
            "sales_order_item_save_commit_after",
            "sales_order_payment_save_commit_after",
            "sales_order_payment_transaction_save_commit_after",
            "sales_order_shipment_save_commit_after",
            "sales_order_shipment_track_save_commit_after",
            "sales_order_status_history_save_commit_after",
        ],
        ">=2.1.2",
        Caution::CommitMayBeMissing,
    ),
    (&["core_abstract_*"], "*", Caution::SharedByModels),
    (
        &[
            "sales_order_place_before",
            "sales_order_place_after",
            "sales_model_service_quote_submit_before",
            "order_cancel_after",
            "sales_order_invoice_pay",
            "sales_order_invoice_register",
        ],
        "*",
        Caution::BeforeSave,
    ),
    (&["sales_order_creditmemo_refund"], ">=2.1.3", Caution::BeforeSave),
    (&["sales_model_service_quote_submit_*", "checkout_submit_all_after"], "*", Caution::NotMultishipping),
    (
        &["sales_order_place_*", "sales_model_service_quote_submit_*", "checkout_submit_all_after"],
        "*",
        Caution::NotOrdersByRest,
    ),
    (&["sales_order_save_*"], "*", Caution::EverySave),
    (&["customer_register_success"], "*", Caution::StorefrontOnly),
    (&["customer_save_*"], "*", Caution::TwiceAtRegistration),
    (&["customer_save_*", "customer_address_save_*", "catalog_product_save_*"], "*", Caution::NotImport),
    (&["magento_catalog_api_data_productinterface_save_*"], ">=2.1.0", Caution::NotImport),
    (
        &["catalog_product_save_*", "magento_catalog_api_data_productinterface_save_*"],
        "*",
        Caution::NotMassAction,
    ),
    (&["catalog_product_attribute_update_before"], "*", Caution::BeforeMassAction),
    (
        &["catalog_product_save_*", "magento_catalog_api_data_productinterface_save_*"],
        ">=2.2.0",
        Caution::NotPricesByRest,
    ),
    (&["cataloginventory_stock_item_save_*"], ">=2.2.0", Caution::NotStockOfOrders),
    (
        &[
            "catalog_product_save_*",
            "catalog_category_save_*",
            "magento_catalog_api_data_productinterface_save_*",
            "magento_catalog_api_data_categoryinterface_save_*",
        ],
        ">=2.1.0",
        Caution::TwoNames,
    ),
    (&["controller_action_*dispatch*"], "*", Caution::PagesOnly),
];

/// Prefixes of models whose save events always fire, and since when: the EntityManager saves them
/// (docs/magento/events.md#entity-manager).
const ALWAYS_SAVED: &[(&str, &str)] = &[
    ("catalog_product", ">=2.1.0"),
    ("catalog_category", ">=2.1.0"),
    ("cms_page", ">=2.1.0"),
    ("cms_block", ">=2.1.0"),
    ("catalogrule_rule", ">=2.1.0"),
    ("salesrule_rule", ">=2.1.0"),
];

impl Catalog {
    /// Cautions about an event in these releases, each with the releases that it applies to.
    #[must_use]
    pub fn cautions(&self, event: &Event, releases: ReleaseSet) -> Vec<(Caution, ReleaseSet)> {
        let releases = releases & event.releases();
        let within = |constraint: &str| match constraint.parse::<Constraint>() {
            Ok(constraint) => self.those(releases, |version| constraint.allows(version)),
            Err(_) => ReleaseSet::default(),
        };
        let fits = |names: &&str| fits_glob(names.as_bytes(), event.name.as_bytes());
        let named = CAUTIONS.iter().filter(|(names, ..)| names.iter().any(fits));
        let mut cautions: Vec<(Caution, ReleaseSet)> =
            named.map(|&(_, constraint, caution)| (caution, within(constraint))).collect();
        if let Some(prefix) = saved_by_model(event) {
            let always = ALWAYS_SAVED.iter().find(|(saved, _)| *saved == prefix);
            let always = always.map_or_else(ReleaseSet::default, |(_, constraint)| within(constraint));
            cautions.push((Caution::OnlyWhenChanged, releases - always));
        }
        cautions.retain(|(_, releases)| !releases.is_empty());
        cautions.sort_unstable();
        cautions
    }
}

/// Prefix of an event that a model fires on save.
fn saved_by_model(event: &Event) -> Option<&str> {
    const SUFFIXES: [&str; 3] = ["_save_before", "_save_after", "_save_commit_after"];
    let is_model = event.dispatches.iter().any(|dispatch| dispatch.kind == super::EventKind::Model);
    SUFFIXES.iter().find_map(|suffix| event.name.strip_suffix(suffix)).filter(|_| is_model)
}
