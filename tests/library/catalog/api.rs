//! Entities, data interfaces and services.

use magespec::catalog::{Catalog, ReleaseId, Shop, VersionedRow as _};

use crate::support::releases::in_releases;

fn only(version: &str) -> ReleaseId {
    in_releases(&format!("={version}")).first().unwrap()
}

const ORDER: &str = r"Magento\Sales\Api\Data\OrderInterface";

#[test]
fn events_lead_to_entities_and_their_fields() {
    let catalog = Catalog::bundled();
    let entities: Vec<_> = catalog.entities_of("sales_order_save_after").collect();
    let [order] = &entities[..] else { panic!("{entities:?}") };
    assert_eq!((order.name, order.data_interface.as_str()), ("order", ORDER));
    assert_eq!(order.model, r"Magento\Sales\Model\Order");
    let [data_type] = catalog.types().find(&order.data_interface) else { panic!() };
    assert_eq!(data_type.module(), "Magento_Sales");
    let field = |name| data_type.field(name, only("2.4.7")).map(|field| field.php_type.as_str());
    assert_eq!(field("increment_id"), Some("string|null"));
    assert_eq!(field("items"), Some(r"Magento\Sales\Api\Data\OrderItemInterface[]"));
    assert_eq!(field("extension_attributes"), Some(r"Magento\Sales\Api\Data\OrderExtensionInterface|null"));
    assert_eq!(field("incremnt_id"), None);

    assert!(catalog.entities_of("core_abstract_save_after").count() > 1);
    for event in ["sales_order_place_after", "_save_after", "checkout_submit_all_after"] {
        assert_eq!(catalog.entities_of(event).count(), 0, "{event}");
    }
}

#[test]
fn php_types_are_taken_apart() {
    let [order] = Catalog::bundled().types().find(ORDER) else { panic!() };
    let php_type = |name| &order.field(name, only("2.4.7")).unwrap().php_type;
    assert!(php_type("grand_total").names().eq(["float"]) && !php_type("grand_total").is_nullable());
    assert!(php_type("state").names().eq(["string"]) && php_type("state").is_nullable());
}

#[test]
fn near_types_are_found_by_their_last_part() {
    let catalog = Catalog::bundled();
    let types = catalog.types();
    for wrong in
        ["OrderInterface", r"Magento\Sales\Api\Data\OrdrInterface", r"Magento\Sale\Api\Data\OrderInterface"]
    {
        let nearest = types.nearest(wrong, in_releases("2.4.8"));
        assert!(nearest.contains(&ORDER), "{wrong} {nearest:?}");
    }
    assert_eq!(types.nearest("Zzz", catalog.all()), [""; 0]);
    assert_eq!(types.releases_of(r"Magento\AdobeImsApi\Api\Data\ConfigInterface"), in_releases(">=2.4.1"));
}

#[test]
fn a_shop_has_the_types_and_services_of_its_release() {
    let shop = Catalog::of_shop(Shop::new("2.3.7".parse().unwrap()));
    let release = shop.releases()[0].id;
    assert!(shop.types().find(r"Magento\AdobeImsApi\Api\Data\ConfigInterface").is_empty());
    let order = shop.types().at(ORDER, release).unwrap();
    assert_eq!(order.releases(), shop.all());
    assert_eq!(order.field("increment_id", release).unwrap().releases, shop.all());
    assert!(shop.services().services.find(r"Magento\Sales\Api\OrderRepositoryInterface").len() == 1);
    assert!(shop.entities().at("order", release).is_some());
}
