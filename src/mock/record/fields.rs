//! Names of fields with personal data, with secrets, and with neither.

use crate::oauth::names_secret;

/// Fields with personal data, and what stands in their place.
const PERSONAL: [(&str, &str); 44] = [
    ("city", "Austin"),
    ("comment", "Comment"),
    ("company", "Example Company"),
    ("contact_name", "Jane Doe"),
    ("customer_note", "Note"),
    ("date_of_birth", "1970-01-01"),
    ("dob", "1970-01-01"),
    ("fax", "555-0100"),
    ("first_name", "Jane"),
    ("firstname", "Jane"),
    ("fullname", "Jane Doe"),
    ("full_name", "Jane Doe"),
    ("gender", "0"),
    ("last_name", "Doe"),
    ("lastname", "Doe"),
    ("lat", "0"),
    ("latitude", "0"),
    ("legal_name", "Example Company"),
    ("lng", "0"),
    ("lon", "0"),
    ("longitude", "0"),
    ("middlename", "Q"),
    ("middle_name", "Q"),
    ("mobile", "555-0100"),
    ("nickname", "jane"),
    ("phone", "555-0100"),
    ("phone_number", "555-0100"),
    ("po_number", "PO-1"),
    ("postcode", "78701"),
    ("prefix", "Mx"),
    ("recipient", "Jane Doe"),
    ("region", "Texas"),
    ("region_code", "TX"),
    ("sender", "Jane Doe"),
    ("street", "1 Main St"),
    ("suffix", "Jr"),
    ("taxvat", "XX000000000"),
    ("tax_postcode", "*"),
    ("telephone", "555-0100"),
    ("track_number", "1Z999"),
    ("username", "jane"),
    ("user_name", "jane"),
    ("vat_id", "XX000000000"),
    ("zip", "78701"),
];

/// Parts of names of fields whose values are secret, beside those of [`names_secret`].
const SECRETS: [&str; 10] = [
    "account_number",
    "additional_info",
    "card",
    "cc_",
    "hash",
    "iban",
    "private",
    "protect_code",
    "session",
    "token",
];

/// Fields of orders, carts, customers and the like that hold nothing about a person.
const IMPERSONAL: [&str; 63] = [
    "address_type",
    "applied_rule_ids",
    "attribute_code",
    "base_currency_code",
    "carrier_code",
    "carrier_title",
    "code",
    "condition_type",
    "country_id",
    "created_in",
    "currency_code",
    "current_page",
    "direction",
    "discount_description",
    "entity_id",
    "entity_name",
    "entity_type",
    "field",
    "fields",
    "filter_groups",
    "gift_message_id",
    "global_currency_code",
    "id",
    "increment_id",
    "invoice_id",
    "item_id",
    "key",
    "label",
    "method",
    "method_code",
    "method_title",
    "option_id",
    "order_currency_code",
    "order_id",
    "order_increment_id",
    "order_item_id",
    "order_status",
    "page_size",
    "parent_id",
    "parent_item_id",
    "product_id",
    "product_sku",
    "product_type",
    "quote_currency_code",
    "quote_id",
    "quote_item_id",
    "shipping_description",
    "shipping_method",
    "sku",
    "source_code",
    "state",
    "status",
    "store_currency_code",
    "store_id",
    "store_name",
    "title",
    "total_code",
    "type",
    "type_id",
    "customer_group_code",
    "customer_id",
    "website_id",
    "weee_tax_applied",
];

/// Kind of a field, as far as its name tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldKind {
    /// Secret.
    Secret,
    /// E-mail address.
    Email,
    /// IP address.
    Address,
    /// Personal data, and a value in its place.
    Personal(&'static str),
    /// Nothing about a person.
    Impersonal,
    /// Time of an event.
    Time,
    /// No knowledge.
    Unknown,
}

impl FieldKind {
    pub(super) fn of(name: &str) -> Self {
        // The key of an attribute is its name.
        let is_secret = names_secret(name) && name != "key";
        let name = in_any_spelling(name);
        if is_secret || SECRETS.iter().any(|part| name.contains(part)) {
            return Self::Secret;
        }
        if name == "bic" || name.ends_with("_bic") {
            return Self::Secret;
        }
        if name.ends_with("email") || name.ends_with("mail") {
            return Self::Email;
        }
        if name.ends_with("_ip") || name == "ip" || name.contains("forwarded") || name.contains("ip_address")
        {
            return Self::Address;
        }
        let is_personal =
            |field: &str| name == field || name.strip_suffix(field).is_some_and(|it| it.ends_with('_'));
        if name == "customer_name" || name.ends_with("customer_fullname") {
            return Self::Personal("Jane Doe");
        }
        if let Some((_, text)) = PERSONAL.iter().find(|(field, _)| is_personal(field)) {
            return Self::Personal(text);
        }
        if IMPERSONAL.contains(&&*name) {
            return Self::Impersonal;
        }
        if name.ends_with("_at") { Self::Time } else { Self::Unknown }
    }
}

/// `customer_email` for `customerEmail`, `Customer-Email` and `CUSTOMER EMAIL`; a run of uppercase letters is one word.
fn in_any_spelling(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut was_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && was_lower {
            snake.push('_');
        }
        was_lower = c.is_lowercase() || c.is_ascii_digit();
        if c == '-' || c == ' ' { snake.push('_') } else { snake.extend(c.to_lowercase()) }
    }
    snake
}
