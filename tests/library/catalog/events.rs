//! The events that core dispatches, and what is known about them.

use std::collections::BTreeSet;

use magespec::catalog::{Catalog, Caution, Event, ReleaseSet, Shop, Transaction};

use crate::support::releases::in_releases;

fn event(name: &str) -> &'static Event {
    Catalog::bundled().events().find(name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn an_event_says_where_it_is_dispatched_and_with_what() {
    let saved = event("sales_order_save_after");
    assert_eq!(saved.releases(), Catalog::bundled().all());
    assert_eq!(saved.modules(saved.releases()), BTreeSet::from(["Magento_Sales".to_owned()]));
    let [dispatch] = &saved.dispatches[..] else { panic!("{saved:?}") };
    assert_eq!((dispatch.transaction, dispatch.method), (Transaction::Inside, "afterSave"));
    assert_eq!(dispatch.key("data_object").unwrap().php_type.as_str(), r"Magento\Sales\Model\Order");
    assert_eq!(dispatch.key("order").unwrap().php_type.as_str(), r"Magento\Sales\Model\Order");
    assert_eq!(dispatch.key("nothing"), None);

    assert_eq!(event("sales_order_save_commit_after").dispatches[0].transaction, Transaction::Outside);
    let placed = event("sales_order_place_after");
    assert!(placed.carrying("data_object").is_empty());
    assert_eq!(placed.carrying("order"), placed.releases());
}

#[test]
fn a_key_is_carried_where_every_place_carries_it() {
    // Multishipping passes `orders` and no `order`.
    assert!(event("checkout_submit_all_after").carrying("order").is_empty());
    let changed = event("sales_order_state_change_before");
    assert_eq!(changed.carrying("order_object"), in_releases(">=2.4.6"));
}

#[test]
fn transactions_are_known_by_release() {
    let saved = event("customer_save_after_data_object");
    assert_eq!(saved.releases_by(Transaction::Outside), in_releases("2.0.0"));
    assert_eq!(saved.releases_by(Transaction::Inside), in_releases(">=2.1.0"));
}

#[test]
fn names_are_found_in_any_case_but_in_2_0() {
    let events = Catalog::bundled().events();
    let all = Catalog::bundled().all();
    assert_eq!(events.releases_of("sales_order_save_after"), all);
    assert_eq!(events.releases_of("Sales_Order_Save_After"), in_releases(">=2.1.0"));
    assert_eq!(event("checkout_controller_onepage_saveorder").name, "checkout_controller_onepage_saveOrder");
    assert_eq!(events.releases_of("checkout_controller_onepage_saveorder"), in_releases(">=2.1.0"));
    assert_eq!(events.releases_of("checkout_controller_onepage_saveOrder"), all);
    assert!(events.releases_of("acme_saved").is_empty());
}

#[test]
fn names_fit_patterns() {
    for (name, pattern) in [
        (
            "controller_action_predispatch_customer_account_login",
            "controller_action_predispatch_{full_action_name}",
        ),
        ("admin_system_config_changed_section_acme", "admin_system_config_changed_section_{section}"),
        ("catalog_product_type_prepare_full_options", "catalog_product_type_prepare_{processMode}_options"),
        ("core_copy_fieldset_sales_convert_quote_to_order", "core_copy_fieldset_{fieldset}_{aspect}"),
        ("sales_order_save_attribute_after", "{eventPrefix}_save_attribute_after"),
    ] {
        assert_eq!(event(name).name, pattern, "{name}");
    }
    let events = Catalog::bundled().events();
    for name in ["controller_action_predispatch_", "acme_thing_save_attribute_after", "core_copy_fieldset_a"]
    {
        assert_eq!(events.find(name), None, "{name}");
    }
}

#[test]
fn near_names_are_those_of_the_releases() {
    let events = Catalog::bundled().events();
    let (all, newest) = (Catalog::bundled().all(), in_releases("2.4.8"));
    assert_eq!(events.nearest("sales_order_save_aftr", newest)[0], "sales_order_save_after");
    assert_eq!(events.nearest("sale_order_place_after", newest)[0], "sales_order_place_after");
    assert_eq!(events.nearest("catalog_product_saved_after", newest)[0], "catalog_product_save_after");
    assert_eq!(events.nearest("customer_validat", all)[0], "customer_validate");
    assert!(!events.nearest("customer_validat", newest).contains(&"customer_validate"));
    assert_eq!(events.nearest("zzz", all), [""; 0]);
}

#[test]
fn removed_events_name_the_release_and_their_replacement() {
    let events = Catalog::bundled().events();
    assert_eq!(events.releases_of("sales_order_creditmemo_cancel"), in_releases("<2.3.0"));
    assert_eq!(events.releases_of("cataloginventory_stock_item_save_after"), in_releases(">=2.2.0"));
    let gone = "magento_catalog_api_data_categorytreeinterface_save_after";
    let instead = "magento_catalog_api_data_categoryinterface_save_after";
    assert_eq!(events.releases_of(gone), in_releases(">=2.1.0 <=2.3.6-p1"));
    assert_eq!(events.instead(gone).unwrap().name, instead);
    assert_eq!(events.nearest(gone, in_releases("2.4.8"))[0], instead);
}

#[test]
fn what_nobody_dispatches_is_known() {
    let events = Catalog::bundled().events();
    assert!(events.is_never_dispatched("catalogsearch_query_save_after"));
    assert_eq!(events.find("catalogsearch_query_save_after"), None);
    assert_eq!(events.instead("catalogsearch_query_save_after").unwrap().name, "search_query_save_after");
    assert!(events.is_never_dispatched("render_block") && events.instead("render_block").is_none());
    assert!(!events.is_never_dispatched("sales_order_save_after"));
}

fn cautions(name: &str, constraint: &str) -> Vec<Caution> {
    let cautions = Catalog::bundled().cautions(event(name), in_releases(constraint));
    cautions.into_iter().map(|(caution, _)| caution).collect()
}

#[test]
fn cautions_are_those_of_the_event_and_the_releases() {
    use Caution::*;
    assert_eq!(cautions("sales_order_save_after", "2.4.8"), [OnlyWhenChanged, EverySave]);
    assert_eq!(
        cautions("sales_order_invoice_save_commit_after", "2.4.8"),
        [OnlyWhenChanged, CommitMayBeMissing]
    );
    assert_eq!(cautions("sales_order_invoice_save_commit_after", "2.1.1"), [OnlyWhenChanged]);
    assert_eq!(cautions("sales_order_place_after", "2.4.8"), [BeforeSave, NotOrdersByRest]);
    assert_eq!(cautions("customer_register_success", "2.4.8"), [StorefrontOnly]);
    assert_eq!(
        cautions("catalog_product_save_after", "2.4.8"),
        [NotImport, NotMassAction, NotPricesByRest, TwoNames]
    );
    assert_eq!(cautions("catalog_product_save_after", "2.0.0"), [OnlyWhenChanged, NotImport, NotMassAction]);
    assert_eq!(cautions("customer_load_after", "2.4.8"), []);

    let catalog = Catalog::bundled();
    let both = catalog.cautions(event("catalog_product_save_after"), catalog.all());
    assert!(both.contains(&(OnlyWhenChanged, in_releases("2.0.0"))), "{both:?}");
}

#[test]
fn a_shop_has_the_events_of_its_release_or_of_the_last_before_it() {
    let shop = |version: &str| Catalog::of_shop(Shop::new(version.parse().unwrap()));
    let (old, newer) = (shop("2.2.5"), shop("2.9.1"));
    assert_eq!(old.events().releases_of("sales_order_creditmemo_cancel"), old.all());
    assert_eq!(newer.events().find("sales_order_creditmemo_cancel"), None);
    assert_eq!(newer.events().releases_of("sales_order_save_after"), newer.all());
    assert_eq!(shop("2.0.0").events().releases_of("Sales_Order_Save_After"), ReleaseSet::default());
    assert_eq!(newer.clone().events().releases_of("Sales_Order_Save_After"), newer.all());
}
