//! Names of data interfaces whose rows have data or behaviour of their own.

pub(super) const ADDRESS: &str = r"Magento\Customer\Api\Data\AddressInterface";
pub(super) const ATTRIBUTE_SET: &str = r"Magento\Eav\Api\Data\AttributeSetInterface";
pub(super) const CART: &str = r"Magento\Quote\Api\Data\CartInterface";
pub(super) const CART_ITEM: &str = r"Magento\Quote\Api\Data\CartItemInterface";
pub(super) const CATEGORY_ATTRIBUTE: &str = r"Magento\Catalog\Api\Data\CategoryAttributeInterface";
pub(super) const CATEGORY: &str = r"Magento\Catalog\Api\Data\CategoryInterface";
pub(super) const CREDIT_MEMO: &str = r"Magento\Sales\Api\Data\CreditmemoInterface";
pub(super) const CUSTOMER: &str = r"Magento\Customer\Api\Data\CustomerInterface";
pub(super) const GROUP: &str = r"Magento\Customer\Api\Data\GroupInterface";
pub(super) const INVOICE: &str = r"Magento\Sales\Api\Data\InvoiceInterface";
pub(super) const ORDER: &str = r"Magento\Sales\Api\Data\OrderInterface";
pub(super) const ORDER_ITEM: &str = r"Magento\Sales\Api\Data\OrderItemInterface";
pub(super) const PRODUCT: &str = r"Magento\Catalog\Api\Data\ProductInterface";
pub(super) const PRODUCT_TYPE: &str = r"Magento\Catalog\Api\Data\ProductTypeInterface";
pub(super) const LINK_TYPE: &str = r"Magento\Catalog\Api\Data\ProductLinkTypeInterface";
pub(super) const PRODUCT_ATTRIBUTE: &str = r"Magento\Catalog\Api\Data\ProductAttributeInterface";
pub(super) const SHIPMENT: &str = r"Magento\Sales\Api\Data\ShipmentInterface";
pub(super) const SOURCE: &str = r"Magento\InventoryApi\Api\Data\SourceInterface";
pub(super) const SOURCE_ITEM: &str = r"Magento\InventoryApi\Api\Data\SourceItemInterface";
pub(super) const STOCK: &str = r"Magento\InventoryApi\Api\Data\StockInterface";
pub(super) const STOCK_ITEM: &str = r"Magento\CatalogInventory\Api\Data\StockItemInterface";
pub(super) const STOCK_STATUS: &str = r"Magento\CatalogInventory\Api\Data\StockStatusInterface";
pub(super) const TAX_CLASS: &str = r"Magento\Tax\Api\Data\TaxClassInterface";
pub(super) const TAX_RATE: &str = r"Magento\Tax\Api\Data\TaxRateInterface";
pub(super) const TRACK: &str = r"Magento\Sales\Api\Data\ShipmentTrackInterface";

/// Classes whose rows have their numbers as keys, and which are made one by one.
pub(super) const NUMBERED: [&str; 10] =
    [ADDRESS, CATEGORY, CREDIT_MEMO, CUSTOMER, INVOICE, ORDER, ORDER_ITEM, PRODUCT, SHIPMENT, STOCK_ITEM];
