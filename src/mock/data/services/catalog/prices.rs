//! Prices in bulk: base, special and tier prices and costs, which are values of products.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::products::write;
use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey},
    input::{latest, number, stored_custom_value, text_of, to_float},
};

type Fields = Map<String, Value>;
type Answer = Result<Value, ShopRefusal>;

/// End of the messages on a tier price, which names fields that the parameters do not have.
const TIER: &str =
    ". Row ID: SKU = %SKU, Website ID: %websiteId, Customer Group: %customerGroup, Quantity: %qty.";

/// Id of the group that stands for all.
pub(super) const ALL_GROUPS: i64 = 32_000;

impl ShopData {
    pub(in crate::mock::data) fn prices(
        &self,
        asked: &ServiceCall<'_>,
        service: &str,
        method: &str,
    ) -> Option<Answer> {
        if method == "get" || service == "CostStorage" && method == "delete" {
            let skus = asked.arguments.get("skus").as_array().into_iter().flatten();
            let products = skus.filter_map(|sku| self.priced(&text_of(sku)));
            if method == "get" {
                return Some(Ok(products.flat_map(|(_, row)| self.price_rows(service, &row)).collect()));
            }
            for (key, mut row) in products {
                write(&mut row, "cost", Value::Null);
                self.put(class::PRODUCT, &key, Value::Object(row));
            }
            return Some(Ok(json!(true)));
        }
        let rows: Vec<&Value> = asked.arguments.get("prices").as_array().into_iter().flatten().collect();
        Some(match service {
            "TierPriceStorage" => self.tier_prices(&rows, method),
            _ => Ok(self.simple_prices(&rows, service, method)),
        })
    }

    /// Product with a SKU.
    pub(super) fn priced(&self, sku: &str) -> Option<(RowKey, Fields)> {
        let key = self.product_key(sku)?;
        let row = self.row(class::PRODUCT, &key)?;
        Some((key, row.as_object().cloned()?))
    }

    /// Prices of a product as a storage answers them.
    fn price_rows(&self, service: &str, row: &Fields) -> Vec<Value> {
        let sku = row.get("sku").cloned().unwrap_or_default();
        let amount = |code: &str| custom(row, code).map(|it| number(to_float(it)));
        match service {
            "BasePriceStorage" => vec![json!({ "price": row.get("price"), "store_id": 0, "sku": sku })],
            "CostStorage" => {
                let cost = amount("cost").into_iter();
                cost.map(|cost| json!({ "cost": cost, "store_id": 0, "sku": sku })).collect()
            }
            "SpecialPriceStorage" => {
                let price = amount("special_price").into_iter();
                let made = price.map(|price| {
                    json!({
                        "price": price, "store_id": 0, "sku": sku, "price_from": custom(row, "special_from_date"),
                        "price_to": custom(row, "special_to_date"),
                    })
                });
                made.collect()
            }
            _ => {
                let tiers = row.get("tier_prices").and_then(Value::as_array).into_iter().flatten();
                let made = tiers.map(|tier| {
                    let percent =
                        tier.pointer("/extension_attributes/percentage_value").filter(|it| !it.is_null());
                    let group = tier.get("customer_group_id").and_then(Value::as_i64).unwrap_or_default();
                    json!({
                        "price": percent.or_else(|| tier.get("value")),
                        "price_type": if percent.is_some() { "discount" } else { "fixed" },
                        "website_id": tier.pointer("/extension_attributes/website_id").unwrap_or(&json!(0)),
                        "sku": sku, "customer_group": self.group_name(group), "quantity": tier.get("qty"),
                    })
                });
                made.collect()
            }
        }
    }

    fn group_name(&self, id: i64) -> Value {
        if id == ALL_GROUPS {
            return json!("all groups");
        }
        let group = self.row(class::GROUP, &RowKey::number(id));
        group.and_then(|group| group.get("code").cloned()).unwrap_or_default()
    }

    /// Ids of the groups of customers by name, in lowercase.
    fn group_ids(&self) -> HashMap<String, i64> {
        let mut ids = HashMap::from([("all groups".to_owned(), ALL_GROUPS)]);
        for group in self.rows(class::GROUP) {
            if let Some(id) = group.get("id").and_then(Value::as_i64) {
                ids.entry(text(&group, "code").to_ascii_lowercase()).or_insert(id);
            }
        }
        ids
    }

    /// Writes or deletes base prices, special prices or costs. Answers the rows that are wrong; the others count.
    fn simple_prices(&self, rows: &[&Value], service: &str, method: &str) -> Value {
        let mut wrong = Wrong::default();
        for row in rows {
            let [sku, store, from, to] =
                ["sku", "store_id", "price_from", "price_to"].map(|name| text(row, name));
            let (field, label) = if service == "CostStorage" { ("cost", "Cost") } else { ("price", "Price") };
            let amount = row.get(field).and_then(Value::as_f64);
            let mut id = vec![sku.clone(), store.clone()];
            let mut end = format!(" Row ID: SKU = {sku}, Store ID: {store}");
            let is_special = service == "SpecialPriceStorage";
            if is_special {
                end += &format!(", Price From: {from}, Price To: {to}");
                id.extend([from.clone(), to.clone()]);
            }
            end.push('.');
            let before = wrong.0.len();
            let product = self.priced(&sku);
            let shown = text(row, field);
            if product.is_none() && is_special {
                wrong.add(self.no_product().text() + &end, id.clone());
            } else if product.is_none() {
                wrong.add("Invalid attribute %fieldName = %fieldValue.", vec!["SKU".into(), sku.clone()]);
            }
            if is_special && store != "0" {
                let text = "Could not change non global Price when price scope is global.";
                wrong.add(format!("{text}{end}"), id.clone());
                if !self.world.has_store(&store) {
                    wrong.add(format!("Requested store is not found.{end}"), id.clone());
                }
            }
            if amount.is_none_or(|amount| amount < 0.0) {
                if service == "BasePriceStorage" {
                    wrong.add("Invalid attribute %fieldName = %fieldValue.", vec![label.into(), shown]);
                } else {
                    let text = format!("Invalid attribute {label} = {shown}.{end}");
                    wrong.add(text, [vec![shown], id.clone()].concat());
                }
            }
            if !is_special && store != "0" && !self.world.has_store(&store) {
                wrong.add(format!("Requested store is not found.{end}"), id.clone());
            }
            if is_special {
                for (label, time) in [("Price From", &from), ("Price To", &to)] {
                    if !is_time(time) {
                        // Magento shows the end in both messages.
                        let text = format!("Invalid attribute {label} = {to}.{end}");
                        wrong.add(text, [vec![label.to_owned()], id.clone()].concat());
                    }
                }
            }
            let (Some((key, mut product)), true) = (product, before == wrong.0.len()) else { continue };
            let values: &[(&str, Value)] = match service {
                "BasePriceStorage" => {
                    product.insert("price".to_owned(), row.get("price").cloned().unwrap_or_default());
                    &[]
                }
                "CostStorage" => &[("cost", row.get("cost").cloned().unwrap_or_default())],
                _ => {
                    let same =
                        |code: &str, sent: &str| custom(&product, code).is_some_and(|it| text_of(it) == sent);
                    let is_there = custom(&product, "special_price").map(to_float) == amount
                        && same("special_from_date", &from)
                        && same("special_to_date", &to);
                    if method == "delete" && !is_there {
                        continue;
                    }
                    let price = row.get("price").cloned().unwrap_or_default();
                    &[
                        ("special_price", price),
                        ("special_from_date", json!(from)),
                        ("special_to_date", json!(to)),
                    ]
                }
            };
            for (code, value) in values {
                let value = if method == "delete" { Value::Null } else { stored_custom_value(code, value) };
                write(&mut product, code, value);
            }
            self.put(class::PRODUCT, &key, Value::Object(product));
        }
        wrong.answer()
    }

    /// Adds, replaces or deletes tier prices.
    fn tier_prices(&self, rows: &[&Value], method: &str) -> Answer {
        let mut wrong = Wrong::default();
        let mut sent: IndexMap<RowKey, Vec<Value>> = IndexMap::new();
        let mut times: HashMap<_, usize> = HashMap::new();
        for row in rows {
            *times.entry(place_of(row)).or_default() += 1;
        }
        let groups = self.group_ids();
        for row in rows {
            let [sku, website, group, quantity] =
                ["sku", "website_id", "customer_group", "quantity"].map(|name| text(row, name));
            let key = self.product_key(&sku).ok_or_else(|| self.no_product())?;
            let id = vec![sku, website.clone(), group.clone(), quantity];
            let kind = text(row, "price_type");
            let price = row.get("price").and_then(Value::as_f64).unwrap_or(-1.0);
            let before = wrong.0.len();
            let mut invalid = |text: &str, first: Option<String>| {
                wrong.add(format!("{text}{TIER}"), first.into_iter().chain(id.clone()).collect());
            };
            if price < 0.0 || kind == "discount" && price > 100.0 {
                invalid("Invalid attribute Price = %price", Some(text(row, "price")));
            }
            if !matches!(kind.as_str(), "fixed" | "discount") {
                invalid("Invalid attribute Price Type = %priceType", Some(kind.clone()));
            }
            if row.get("quantity").and_then(Value::as_f64).is_none_or(|it| it < 1.0) {
                invalid("Invalid attribute Quantity = %qty", None);
            }
            if !matches!(website.as_str(), "0" | "1") {
                invalid("Invalid attribute Website ID = %websiteId", None);
            }
            if times.get(&place_of(row)).is_some_and(|times| *times > 1) {
                invalid(
                    "We found a duplicate website, tier price, customer group and quantity: Customer Group = %customerGroup, Website ID = %websiteId, Quantity = %qty",
                    None,
                );
            }
            let Some(group) = groups.get(&group.to_ascii_lowercase()) else {
                invalid("No such entity with Customer Group = %customerGroup", None);
                continue;
            };
            if before == wrong.0.len() {
                let product = self.row(class::PRODUCT, &key).unwrap_or_default();
                let of_product = product.get("price").and_then(Value::as_f64).unwrap_or_default();
                let (value, percent) = match kind.as_str() {
                    "discount" => {
                        (number((of_product * (100.0 - price)).round() / 100.0), Some(number(price)))
                    }
                    _ => (number(price), None),
                };
                let tier = json!({
                    "customer_group_id": group, "qty": row.get("quantity"), "value": value,
                    "extension_attributes": { "percentage_value": percent, "website_id": row.get("website_id") },
                });
                sent.entry(key).or_default().push(tier);
            }
        }
        for (key, sent) in sent {
            let row = self.row(class::PRODUCT, &key);
            let Some(mut product) = row.and_then(|row| row.as_object().cloned()) else { continue };
            let tiers = product.remove("tier_prices").filter(|_| method != "replace");
            let mut tiers = tiers.and_then(|tiers| tiers.as_array().cloned()).unwrap_or_default();
            if method == "delete" {
                let sent: HashSet<_> = sent.iter().map(|tier| (tier_of(tier), tier.get("value"))).collect();
                tiers.retain(|tier| !sent.contains(&(tier_of(tier), tier.get("value"))));
            } else {
                tiers.extend(sent);
                tiers = latest(tiers, tier_of);
            }
            product.insert("tier_prices".to_owned(), Value::Array(tiers));
            self.put(class::PRODUCT, &key, Value::Object(product));
        }
        Ok(wrong.answer())
    }
}

/// Rows that are wrong.
#[derive(Default)]
struct Wrong(Vec<Value>);

impl Wrong {
    fn add(&mut self, message: impl Into<String>, parameters: Vec<String>) {
        self.0.push(json!({ "message": message.into(), "parameters": parameters }));
    }

    fn answer(self) -> Value {
        Value::Array(self.0)
    }
}

/// Product, website, quantity and group of a tier price, which no two rows may share.
fn place_of(row: &Value) -> ([Option<&Value>; 3], String) {
    (
        ["sku", "website_id", "quantity"].map(|name| row.get(name)),
        text(row, "customer_group").to_ascii_lowercase(),
    )
}

/// Group, quantity and website of a tier price.
fn tier_of(tier: &Value) -> (Option<Value>, Option<u64>, Option<Value>) {
    let website = tier.pointer("/extension_attributes/website_id").cloned();
    let quantity = tier.get("qty").map(|it| to_float(it).to_bits());
    (tier.get("customer_group_id").cloned(), quantity, website)
}

fn text(row: &Value, name: &str) -> String {
    row.get(name).map(text_of).unwrap_or_default()
}

/// Value of a custom attribute.
fn custom<'a>(row: &'a Fields, code: &str) -> Option<&'a Value> {
    let mut attributes = row.get("custom_attributes")?.as_array()?.iter();
    attributes.find(|it| it.get("attribute_code").and_then(Value::as_str) == Some(code))?.get("value")
}

/// Returns true for no time, or one as the storage accepts it: `2026-01-01 00:00:00`.
fn is_time(text: &str) -> bool {
    let is_whole = text.len() == 19 && text.contains(' ') && text.parse::<jiff::civil::DateTime>().is_ok();
    text.is_empty() || is_whole
}
