//! People and their addresses.

use serde_json::{Value, json};

use super::{World, dice::Dice, moment::moment_of};

const FIRST: [&str; 16] = [
    "Ada", "Alan", "Barbara", "Claude", "Dennis", "Donald", "Edsger", "Frances", "Grace", "Hedy", "Ida",
    "Jean", "Karen", "Leslie", "Margaret", "Tim",
];
const LAST: [&str; 16] = [
    "Adams", "Baker", "Clark", "Davis", "Evans", "Foster", "Garcia", "Hughes", "Ivanov", "Jensen", "Keller",
    "Lopez", "Meyer", "Novak", "Olsen", "Peters",
];

/// City, region, its code, its id in Magento, postcode.
const PLACES: [(&str, &str, &str, i64, &str); 6] = [
    ("Austin", "Texas", "TX", 57, "78701"),
    ("Chicago", "Illinois", "IL", 23, "60601"),
    ("Denver", "Colorado", "CO", 13, "80202"),
    ("New York", "New York", "NY", 43, "10001"),
    ("San Diego", "California", "CA", 12, "92101"),
    ("Seattle", "Washington", "WA", 62, "98101"),
];
const STREETS: [&str; 6] = ["Main St", "Oak Ave", "Park Rd", "Lake Dr", "Hill St", "Mill Ln"];

/// A person with an address.
#[derive(Debug, Clone)]
pub(in crate::mock::data) struct Person {
    pub(in crate::mock::data) first: &'static str,
    pub(in crate::mock::data) last: &'static str,
    pub(in crate::mock::data) email: String,
    pub(in crate::mock::data) city: &'static str,
    pub(in crate::mock::data) region: &'static str,
    pub(in crate::mock::data) region_code: &'static str,
    pub(in crate::mock::data) region_id: i64,
    pub(in crate::mock::data) postcode: &'static str,
    pub(in crate::mock::data) street: String,
    pub(in crate::mock::data) telephone: String,
}

impl Person {
    /// Makes a person.
    pub(in crate::mock::data) fn of(seed: u64, name: &str, id: i64) -> Self {
        let mut dice = Dice::of(seed, name, id);
        let (first, last) = (dice.pick(&FIRST), dice.pick(&LAST));
        let place = usize::try_from(dice.below(6)).unwrap_or_default();
        let (city, region, region_code, region_id, postcode) =
            PLACES.get(place).copied().unwrap_or(("Austin", "Texas", "TX", 57, "78701"));
        Self {
            first,
            last,
            email: format!("{}.{}{id}@example.com", first.to_lowercase(), last.to_lowercase()),
            city,
            region,
            region_code,
            region_id,
            postcode,
            street: format!("{} {}", 1 + dice.below(200), dice.pick(&STREETS)),
            telephone: format!("555-01{:02}", dice.below(100)),
        }
    }

    /// Address of an order.
    pub(super) fn order_address(&self, order: i64, id: i64, kind: &str) -> Value {
        json!({
            "address_type": kind, "city": self.city, "country_id": "US", "email": self.email, "entity_id": id,
            "firstname": self.first, "lastname": self.last, "parent_id": order, "postcode": self.postcode,
            "region": self.region, "region_code": self.region_code, "region_id": self.region_id,
            "street": [self.street], "telephone": self.telephone,
        })
    }
}

impl World {
    /// Person of a customer.
    pub(super) fn customer_person(&self, id: i64) -> Person {
        Person::of(self.seed, "customer", id)
    }

    /// Customer by id.
    pub(super) fn customer(&self, id: i64) -> Value {
        let person = self.customer_person(id);
        let created = moment_of(id);
        json!({
            "id": id, "group_id": 1, "default_billing": id.to_string(), "default_shipping": id.to_string(),
            "created_at": created, "updated_at": created, "created_in": self.view_name(),
            "email": person.email, "firstname": person.first, "lastname": person.last, "store_id": 1,
            "website_id": 1, "addresses": [self.customer_address(id)], "disable_auto_group_change": 0,
            "extension_attributes": { "is_subscribed": id % 4 == 0 },
        })
    }

    /// Address of a customer, with the same id.
    pub(super) fn customer_address(&self, id: i64) -> Value {
        let person = self.customer_person(id);
        json!({
            "id": id, "customer_id": id,
            "region": {
                "region_code": person.region_code, "region": person.region, "region_id": person.region_id,
            },
            "region_id": person.region_id, "country_id": "US", "street": [person.street],
            "telephone": person.telephone, "postcode": person.postcode, "city": person.city,
            "firstname": person.first, "lastname": person.last, "default_shipping": true, "default_billing": true,
        })
    }
}
