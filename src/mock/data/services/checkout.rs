//! From a cart to its order: shipping methods, payment methods, totals, placing (docs/magento/web-api.md#checkout).

use serde_json::{Map, Value, json};

use super::{
    carts::{RATE, pieces, totals},
    reservations::PiecesOf,
    texts::no_such,
};
use crate::{
    mock::{
        ShopRefusal,
        data::{
            ServiceCall, ShopData, class,
            key::RowKey,
            made::{OrderedCart, moment},
            sales,
        },
        input::{number, text_of},
    },
    names::MagentoVersion,
};

type Answer = Result<Value, ShopRefusal>;

impl ShopData {
    pub(super) fn checkout(&self, asked: &ServiceCall<'_>, service: &str, method: &str) -> Option<Answer> {
        let totals =
            |cart: &Map<String, Value>| json!({ "payment_methods": payments(), "totals": totals(cart) });
        Some(match (service.strip_prefix("Guest").unwrap_or(service), method) {
            ("ShippingMethodManagement" | "ShipmentEstimation", _) => {
                self.active_cart(asked).map(|(_, cart)| rates(&cart))
            }
            ("PaymentMethodManagement", "getList") => self.cart(asked).map(|_| payments()),
            ("ShippingInformationManagement", "saveAddressInformation") => {
                self.ship_cart(asked).map(|cart| totals(&cart))
            }
            ("PaymentInformationManagement", "getPaymentInformation") => {
                self.active_cart(asked).map(|(_, cart)| totals(&cart))
            }
            ("PaymentInformationManagement", "savePaymentInformation") => self.pay_cart(asked),
            ("PaymentInformationManagement", "savePaymentInformationAndPlaceOrder") => {
                self.place(asked, true)
            }
            ("CartManagement", "placeOrder") => self.place(asked, false),
            // Whatever else is below a cart.
            _ if asked.arguments.get("cartId").is_null() => return None,
            _ => return self.cart(asked).err().map(Err),
        })
    }

    /// Writes the addresses and the flat rate into the cart.
    fn ship_cart(&self, asked: &ServiceCall<'_>) -> Result<Map<String, Value>, ShopRefusal> {
        let (key, mut cart) = self.active_cart(asked)?;
        if pieces(&cart) == 0.0 {
            let text =
                "The shipping method can't be set for an empty cart. Add an item to cart and try again.";
            return Err(ShopRefusal::exception(400, text));
        }
        let sent = asked.arguments.get("addressInformation");
        let code = |name: &str| sent.get(name).map(text_of).unwrap_or_default();
        if (code("shipping_carrier_code"), code("shipping_method_code"))
            != ("flatrate".into(), "flatrate".into())
        {
            let text = "Carrier with such method not found: %1, %2";
            let codes = json!([code("shipping_carrier_code"), code("shipping_method_code")]);
            return Err(ShopRefusal::localized(404, text, codes));
        }
        let address = sent.get("shipping_address").cloned().unwrap_or_default();
        let billing = sent.get("billing_address").filter(|it| !it.is_null()).unwrap_or(&address);
        cart.insert("billing_address".to_owned(), billing.clone());
        let shipping = json!({ "address": address, "method": "flatrate_flatrate" });
        let assignments = json!([{ "shipping": shipping, "items": cart.get("items") }]);
        cart.insert("extension_attributes".to_owned(), json!({ "shipping_assignments": assignments }));
        self.put(class::CART, &key, Value::Object(cart.clone()));
        Ok(cart)
    }

    /// Writes the address of the bill and the e-mail address into the cart.
    fn pay_cart(&self, asked: &ServiceCall<'_>) -> Answer {
        let (key, mut cart) = self.active_cart(asked)?;
        check_payment(asked)?;
        let given = asked.arguments.get("billingAddress");
        if given.is_object() {
            cart.insert("billing_address".to_owned(), given.clone());
        }
        let email = asked.arguments.get("email");
        if let Some(Value::Object(address)) = cart.get_mut("billing_address")
            && !email.is_null()
        {
            address.insert("email".to_owned(), email.clone());
        }
        self.put(class::CART, &key, Value::Object(cart));
        Ok(Value::Bool(true))
    }

    /// Makes an order of a cart, which is not active any longer.
    fn place(&self, asked: &ServiceCall<'_>, is_payment: bool) -> Answer {
        let (key, mut cart) = self.cart(asked)?;
        let refuse = |text: &str, parameters| Err(ShopRefusal::localized(400, text, parameters));
        if cart.get("is_active") == Some(&Value::Bool(false)) {
            let shown = if is_payment { json!(text_of(&key.value())) } else { key.value() };
            return Err(no_such("cartId", &shown));
        }
        if pieces(&cart) == 0.0 {
            let text = if is_payment {
                "Some of the products are disabled."
            } else {
                "The requested Payment Method is not available."
            };
            return refuse(text, Value::Null);
        }
        check_payment(asked)?;
        let parcel = cart.get("extension_attributes");
        let parcel = parcel.and_then(|it| it.pointer("/shipping_assignments/0/shipping/address")).cloned();
        let Some(parcel) = parcel else {
            return if is_payment {
                refuse("The shipping address is missing. Set the address and try again.", Value::Null)
            } else {
                let text = "Some addresses can't be used due to the configurations for specific countries.";
                refuse(text, json!([""]))
            };
        };
        let given = asked.arguments.get("billingAddress");
        let billing = if given.is_null() {
            cart.get("billing_address").cloned().unwrap_or_default()
        } else {
            given.clone()
        };
        let buyer = cart.get("customer").filter(|customer| customer.get("id").is_some());
        let email =
            [buyer.and_then(|it| it.get("email")), Some(asked.arguments.get("email")), billing.get("email")];
        let email = email.into_iter().flatten().find(|it| !it.is_null());
        let items = cart.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let product = |item: &Value| {
            let sku = item.get("sku").map(text_of).unwrap_or_default();
            let row = self.product_key(&sku).and_then(|key| self.row(class::PRODUCT, &key));
            row.map(|row| Value::clone(&row)).unwrap_or_default()
        };
        let lines = items.iter().map(|item| (self.next_id(class::ORDER_ITEM), item, product(item))).collect();
        let id = self.next_id(class::ORDER);
        let order = self.world.order_of_cart(&OrderedCart {
            id,
            quote: key.value(),
            lines,
            buyer,
            email: email.map(text_of).filter(|email| !email.is_empty()),
            addresses: [Some(&billing), Some(&parcel)],
            shipping: RATE * pieces(&cart),
            created: moment(asked.now),
        });
        for item in order.get("items").and_then(Value::as_array).into_iter().flatten() {
            if let Some(key) = item.get("item_id").and_then(RowKey::of) {
                self.put(class::ORDER_ITEM, &key, item.clone());
            }
        }
        self.move_stock(&order, &sales::ordered_lines(&order), PiecesOf::Order);
        self.put(class::ORDER, &RowKey::number(id), Value::Object(order));
        cart.insert("is_active".to_owned(), json!(false));
        cart.shift_remove("items");
        self.put(class::CART, &key, Value::Object(cart));
        let is_text = self.rules.version < MagentoVersion::new(2, 4, 0);
        Ok(if is_text { json!(id.to_string()) } else { json!(id) })
    }
}

/// Refuses a payment method that the shop does not have.
fn check_payment(asked: &ServiceCall<'_>) -> Result<(), ShopRefusal> {
    let method = asked.arguments.get("paymentMethod").get("method").map(text_of);
    if method.is_some_and(|method| method != "checkmo") {
        let text = "The requested Payment Method is not available.";
        return Err(ShopRefusal::exception(400, text));
    }
    Ok(())
}

fn rates(cart: &Map<String, Value>) -> Value {
    let amount = RATE * pieces(cart);
    if amount == 0.0 {
        return json!([]);
    }
    let amount = number(amount);
    json!([{
        "carrier_code": "flatrate", "method_code": "flatrate", "carrier_title": "Flat Rate", "method_title": "Fixed",
        "amount": amount, "base_amount": amount, "available": true, "error_message": "", "price_excl_tax": amount,
        "price_incl_tax": amount,
    }])
}

fn payments() -> Value {
    json!([{ "code": "checkmo", "title": "Check / Money order" }])
}
