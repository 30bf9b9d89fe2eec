//! Tables that every new shop has: attributes, countries and the regions of the United States, as a shop of 2.4.7 has them.

use std::sync::LazyLock;

use serde_json::{Value, json};

const ATTRIBUTES: &str = include_str!("attributes.txt");
const COUNTRIES: &str = include_str!("countries.txt");
const REGIONS: &str = include_str!("regions.txt");

/// Greatest id of an attribute.
pub(super) const LAST_ATTRIBUTE: i64 = 136;

/// Attribute of a new shop.
#[derive(Debug, Clone, Copy)]
pub(in crate::mock::data) struct ShopAttribute {
    /// `product`, `category`, `customer` or `customer_address`.
    pub(in crate::mock::data) entity: &'static str,
    id: i64,
    pub(in crate::mock::data) code: &'static str,
    input: &'static str,
    kind: &'static str,
    scope: &'static str,
    is_required: bool,
    is_of_user: bool,
    label: &'static str,
}

impl ShopAttribute {
    /// Attributes of an entity.
    pub(in crate::mock::data) fn of(entity: &str) -> impl Iterator<Item = &'static Self> {
        static ALL: LazyLock<Vec<ShopAttribute>> =
            LazyLock::new(|| ATTRIBUTES.lines().filter_map(ShopAttribute::read).collect());
        ALL.iter().filter(move |it| it.entity == entity)
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut parts = line.splitn(8, ' ');
        let mut next = || parts.next();
        let (entity, id, code, input) = (next()?, next()?.parse().ok()?, next()?, next()?);
        let (kind, scope, flags) = (next()?, next()?, next()?);
        Some(Self {
            entity,
            id,
            code,
            input,
            kind,
            scope,
            is_required: flags.contains('!'),
            is_of_user: flags.contains('+'),
            label: next().unwrap_or_default(),
        })
    }

    /// Row of the catalog.
    pub(super) fn of_catalog(&self) -> Value {
        let options: &[&str] = match self.code {
            "status" => &["Enabled", "Disabled"],
            "visibility" => &["Not Visible Individually", "Catalog", "Search", "Catalog, Search"],
            _ => &[],
        };
        let options =
            options.iter().zip(1..).map(|(label, id)| json!({ "label": label, "value": id.to_string() }));
        json!({
            "is_wysiwyg_enabled": false, "is_html_allowed_on_front": false, "used_for_sort_by": false,
            "is_filterable": false, "is_filterable_in_search": false, "is_used_in_grid": false,
            "is_visible_in_grid": false, "is_filterable_in_grid": false, "position": 0, "apply_to": [],
            "is_searchable": "0", "is_visible_in_advanced_search": "0", "is_comparable": "0",
            "is_used_for_promo_rules": "0", "is_visible_on_front": "0", "used_in_product_listing": "0",
            "is_visible": true, "scope": self.scope, "attribute_id": self.id, "attribute_code": self.code,
            "frontend_input": (self.input != "-").then_some(self.input),
            "entity_type_id": if self.entity == "product" { "4" } else { "3" }, "is_required": self.is_required,
            "options": options.collect::<Vec<_>>(), "is_user_defined": self.is_of_user,
            "default_frontend_label": (!self.label.is_empty()).then_some(self.label), "frontend_labels": [],
            "backend_type": self.kind, "is_unique": if self.code == "sku" { "1" } else { "0" }, "validation_rules": [],
        })
    }

    /// Description of an attribute of customers or of their addresses.
    pub(in crate::mock::data) fn of_customer(&self) -> Value {
        json!({
            "frontend_input": self.input, "input_filter": "", "store_label": self.label, "validation_rules": [],
            "multiline_count": if self.input == "multiline" { 2 } else { 0 }, "visible": self.is_required,
            "required": self.is_required, "data_model": "", "options": [], "frontend_class": "",
            "user_defined": false, "sort_order": 0, "frontend_label": self.label, "note": "", "system": true,
            "backend_type": self.kind, "is_used_in_grid": false, "is_visible_in_grid": false,
            "is_filterable_in_grid": false, "is_searchable_in_grid": false, "attribute_code": self.code,
        })
    }
}

/// All countries; those in the United States have regions.
pub(in crate::mock::data) fn countries() -> impl Iterator<Item = Value> {
    COUNTRIES.lines().filter_map(|line| {
        let (code, three, name) = (line.get(..2)?, line.get(3..6)?, line.get(7..));
        let mut country = json!({
            "id": code, "two_letter_abbreviation": code, "three_letter_abbreviation": three,
            "full_name_locale": name, "full_name_english": name,
        });
        if code == "US" {
            let region = |(line, id): (&str, usize)| {
                let (code, name) = line.split_once(' ').unwrap_or_default();
                json!({ "id": id.to_string(), "code": code, "name": name })
            };
            country["available_regions"] = REGIONS.lines().zip(1..).map(region).collect();
        }
        Some(country)
    })
}

/// Code and name of a region.
pub(in crate::mock::data) fn region(id: i64) -> Option<(&'static str, &'static str)> {
    REGIONS.lines().nth(usize::try_from(id.checked_sub(1)?).ok()?)?.split_once(' ')
}
