use magespec::diag::{Level, Rule};

use super::{finds, finds_in, passes, spec, triggers};

const DELIVERY: &str = "[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"erp/url\"\ntype = \"url\"\n[[setting]]\npath = \"erp/secret\"\ntype = \"secret\"\n[[setting]]\npath = \"erp/enabled\"\ntype = \"yesno\"\n[[setting]]\npath = \"erp/timeout\"\ntype = \"number\"\nmin = 1\nmax = 60\n[webhooks]\nurl = \"erp/url\"\nsecret = \"erp/secret\"\nenabled = \"erp/enabled\"\ntimeout = \"erp/timeout\"\n";
const KNOWN: &str = "[rules]\nevent-caution = \"allow\"\n";

fn observer(event: &str) -> String {
    format!("[[observer]]\nname = \"push\"\nevent = {event}\n")
}

fn webhook(event: &str, fields: &str) -> String {
    format!(
        "{DELIVERY}[[webhook]]\ntopic = \"acme.saved\"\nevent = {event}\nfields = {{ {fields} }}\n{KNOWN}"
    )
}

fn targeted(target: &str, fragment: &str) -> String {
    format!("[target]\nmagento = \"{target}\"\n{fragment}")
}

#[test]
fn unknown_event() {
    let finding = finds(Rule::UnknownEvent, &observer("«\"sales_order_placed_after\"»"));
    assert!(finding.help.unwrap().contains("\"sales_order_place_after\""));
    let finding = finds(Rule::UnknownEvent, &observer("«\"sales_order_creditmemo_cancel\"»"));
    assert!(finding.reason.unwrap().starts_with("it was dispatched in"), "it names the releases that had it");
    let finding = finds(Rule::UnknownEvent, &observer("«\"catalogsearch_query_save_after\"»"));
    assert!(finding.help.unwrap().contains("\"search_query_save_after\""), "what is dispatched in its place");
    let finding = finds(Rule::UnknownEvent, &observer("«\"sales_order_exported_to_erp\"»"));
    assert!(!finding.help.as_ref().unwrap().contains("did you mean"), "nothing is like it: {finding:#?}");
    finds(Rule::UnknownEvent, &webhook("«\"sales_order_saved_after\"»", "entity_id = \"int\""));
    let finding = finds(Rule::UnknownEvent, &observer("«\"zz9_plural_z_alpha\"»"));
    assert_eq!(finding.level, Level::Warning, "another module may dispatch it");
    passes(&format!("{}[rules]\nunknown-event = \"allow\"\n", observer("\"sales_order_placed_after\"")));
    passes(&format!("{}{KNOWN}", observer("\"SALES_order_place_AFTER\"")));
    passes(&format!("{}{KNOWN}", observer("\"controller_action_predispatch_checkout_cart_add\"")));
}

#[test]
fn event_name() {
    let spec = |target: &str, event: &str| {
        let rules = "[rules]\ntarget-always-resets = \"allow\"\nunknown-event = \"allow\"\n";
        targeted(target, &format!("{}{rules}", observer(event)))
    };
    let finding = finds(Rule::EventName, &spec(">=2.2.3 <2.2.5", "«\"acme_v2_after\"»"));
    assert!(finding.message.ends_with("which 2.2.3 rejects"), "{}", finding.message);
    assert!(finding.help.unwrap().contains("magento = \"2.2.4\""));
    passes(&spec("2.2.4", "\"acme_v2_after\""));
    passes(&spec("2.2.3", "\"acme_after\""));
}

#[test]
fn names_with_capitals_are_compared_in_lower_case() {
    let finding = finds(Rule::UnknownEvent, &observer("«\"Sales_Order_Placed_After\"»"));
    assert!(finding.help.unwrap().contains("\"sales_order_place_after\""));
    let finding = finds(Rule::UnknownEvent, &observer("«\"Catalogsearch_Query_Save_After\"»"));
    assert!(finding.help.unwrap().contains("\"search_query_save_after\""));
    finds(Rule::EventWithoutObject, &webhook("«\"Sales_Order_Place_After\"»", "entity_id = \"int\""));
    finds(Rule::EventTiming, &webhook("«\"Sales_Order_Save_Before\"»", "entity_id = \"int\""));
    finds(Rule::UnknownField, &webhook("\"Sales_Order_Save_After\"", "«grand_totl» = \"float\""));
}

#[test]
fn capitals_in_2_0() {
    let in_2_0 = |event: &str| spec(&targeted("2.0.0", &format!("{}{KNOWN}", observer(event))));
    let finding = finds_in(Rule::UnknownEvent, &in_2_0("«\"Sales_order_place_after\"»"));
    assert_eq!(finding.help.unwrap(), "write \"sales_order_place_after\"");
}

#[test]
fn event_not_in_every_release() {
    let spec = |target: &str, event: &str| targeted(target, &format!("{}{KNOWN}", observer(event)));
    let finding = finds(
        Rule::EventNotInEveryRelease,
        &spec(">=2.3.0 <2.4.9", "«\"checkout_directpost_placeOrder\"»").replace(
            KNOWN,
            &format!("{KNOWN}target-always-resets = \"allow\"\nbearer-token-refused = \"allow\"\n"),
        ),
    );
    assert!(finding.help.unwrap().contains("narrow the target"));
    passes(&spec("2.3.7", "\"checkout_directpost_placeOrder\""));
}

#[test]
fn event_without_object() {
    let finding =
        finds(Rule::EventWithoutObject, &webhook("«\"sales_order_place_after\"»", "entity_id = \"int\""));
    assert!(finding.help.unwrap().contains("\"sales_order_save_after\""), "the event of the same object");
    for (event, instead) in [
        ("catalog_product_delete_after_done", "catalog_product_delete_after"),
        ("catalog_controller_category_delete", "catalog_category_delete_after"),
        ("customer_save_after_data_object", "customer_save_after"),
        ("checkout_submit_all_after", "sales_order_save_after"),
        ("sales_model_service_quote_submit_success", "sales_order_save_after"),
        ("sales_order_payment_pay", "sales_order_payment_save_after"),
        ("store_add", "store_save_after"),
    ] {
        let finding =
            finds(Rule::EventWithoutObject, &webhook(&format!("«\"{event}\"»"), "entity_id = \"int\""));
        assert!(finding.help.as_ref().unwrap().starts_with(&format!("write \"{instead}\"")), "{finding:#?}");
    }
    for other_moment in
        ["customer_login", "catalog_product_get_final_price", "catalog_product_import_finish_before"]
    {
        let finding = finds(
            Rule::EventWithoutObject,
            &webhook(&format!("«\"{other_moment}\"»"), "entity_id = \"int\""),
        );
        assert!(finding.help.as_ref().unwrap().starts_with("declare an [[observer]]"), "{finding:#?}");
    }
    finds(Rule::EventWithoutObject, &webhook("«\"customer_save_after_data_object\"»", "email = \"string\""));
    passes(&webhook("\"sales_order_save_after\"", "entity_id = \"int\""));
}

#[test]
fn event_timing() {
    for (event, instead) in [
        ("sales_order_save_before", "sales_order_save_after"),
        ("sales_order_save_commit_after", "sales_order_save_after"),
        ("sales_order_delete_before", "sales_order_delete_after"),
        ("sales_order_load_after", "such as"),
        ("core_abstract_save_after", "such as"),
    ] {
        let finding = finds(Rule::EventTiming, &webhook(&format!("«\"{event}\"»"), "entity_id = \"int\""));
        assert!(finding.help.unwrap().contains(instead), "{event}");
    }
    passes(&webhook("\"sales_order_delete_after\"", "entity_id = \"int\""));
}

#[test]
fn event_caution() {
    for (event, word) in [
        ("customer_register_success", "only on storefront pages"),
        ("sales_order_place_after", "before the object is saved"),
        ("sales_order_save_after", "rolled back"),
        ("catalog_product_save_after", "mass actions"),
    ] {
        let finding = finds(Rule::EventCaution, &observer(&format!("«\"{event}\"»")));
        assert!(finding.message.contains(word), "{event}");
    }
    let told = webhook("«\"catalog_product_save_after\"»", "sku = \"string\"").replace(KNOWN, "");
    let finding = finds(Rule::EventCaution, &told);
    assert!(!finding.message.contains("rolled back"), "a webhook is rolled back with what it tells of");
}

#[test]
fn unknown_field() {
    let order = |fields: &str| webhook("\"sales_order_save_after\"", fields);
    let finding = finds(Rule::UnknownField, &order("«grand_totl» = \"float\""));
    assert_eq!(finding.help.unwrap(), "did you mean `grand_total`?");
    finds(Rule::UnknownField, &order("«zzz» = \"float\""));
    let product = |fields: &str| webhook("\"catalog_product_save_after\"", fields);
    finds(Rule::UnknownField, &product("«pricee» = \"float\""));
    passes(&product(
        "entity_id = \"int\", sku = \"string\", manufacturer = \"int\", weight_kind = \"string\"",
    ));
    passes(&webhook("\"cms_page_save_after\"", "page_id = \"int\", title = \"string\""));
    passes(&webhook("\"review_save_after\"", "anything = \"int\""));
}

#[test]
fn field_type() {
    let order = |fields: &str| webhook("\"sales_order_save_after\"", fields);
    finds(Rule::FieldType, &order("grand_total = «\"int\"»"));
    finds(Rule::FieldType, &order("increment_id = «\"int\"»"));
    finds(Rule::FieldType, &order("total_item_count = «\"bool\"»"));
    let finding = finds(Rule::FieldType, &order("items = «\"string\"»"));
    assert_eq!(finding.help.unwrap(), "send a field of its items, such as \"items[].sku\"");
    passes(&order("grand_total = \"string\", entity_id = \"float\", is_virtual = \"bool\""));
    assert!(!triggers(Rule::FieldType, &order("zzz = \"int\"")));
}

#[test]
fn paths_lead_through_data_interfaces() {
    let order = |fields: &str| webhook("\"sales_order_save_after\"", fields);
    passes(&order(
        "\"billing_address.city\" = \"string\", \"billing_address.street[]\" = \"string\", \"payment.method\" = \"string\", \
         \"items[].sku\" = \"string\", \"items[].qty_ordered\" = \"float\", \"shipping_address.city\" = \"string\", \
         number = { from = \"increment_id\", type = \"string\" }, \
         \"lines[].code\" = { from = \"items[].sku\", type = \"string\" }, \"skus[]\" = { from = \"items[].sku\", type = \"string\" }",
    ));
    passes(&webhook(
        "\"sales_order_shipment_save_after\"",
        "\"order.increment_id\" = \"string\", \"tracks[].track_number\" = \"string\"",
    ));
    for (field, near) in [
        ("\"billing_adress.city\"", "billing_address"),
        ("\"billing_address.citty\"", "billing_address.city"),
        ("\"items[].skuu\"", "items[].sku"),
        ("\"extension_attributes.gift_mesage.sender\"", "extension_attributes.gift_message"),
    ] {
        let finding = finds(Rule::UnknownField, &order(&format!("«{field}» = \"string\"")));
        assert_eq!(finding.help.unwrap(), format!("did you mean `{near}`?"), "{field}");
    }
    // Reading a product for each item is not offered.
    finds(Rule::UnknownField, &order("«\"items[].product.name\"» = \"string\""));
    finds(Rule::UnknownField, &order("sku = { from = «\"customer_emial\"», type = \"string\" }"));
    for (field, help) in [
        ("\"items.sku\" = «\"string\"»", "write \"items[].sku\""),
        ("\"status[]\" = «\"string\"»", "write \"status\""),
        ("\"status.label\" = «\"string\"»", "write \"status\""),
        ("payment = «\"string\"»", "name a field of it, such as \"payment.method\""),
        ("\"items[].qty_ordered\" = «\"int\"»", "write \"float\""),
    ] {
        assert_eq!(finds(Rule::FieldType, &order(field)).help.unwrap(), help, "{field}");
    }
    finds(
        Rule::SecretField,
        &webhook("\"customer_save_after\"", "x = { from = «\"rp_token\"», type = \"string\" }"),
    );
}

#[test]
fn extension_attributes_are_those_of_the_releases() {
    let customer = |target: &str, field: &str| {
        let spec = webhook("\"customer_save_after\"", field);
        targeted(target, &format!("{spec}target-always-resets = \"allow\"\n"))
    };
    let field = "\"extension_attributes.assistance_allowed\" = \"int\"";
    assert!(!triggers(Rule::UnknownField, &customer(">=2.4.4 <2.4.9", field)), "{field}");
    let older = customer("2.3.7", &field.replacen('"', "«\"", 1).replacen("\" =", "\"» =", 1));
    finds(Rule::UnknownField, &older);
}

#[test]
fn webhook_payload() {
    let order = |fields: &str| webhook("\"sales_order_save_after\"", fields);
    for fields in [
        "«sku» = { from = \"items[].sku\", type = \"string\" }",
        "«\"a[]\"» = { from = \"status\", type = \"string\" }",
        "status = \"string\", «\"status.code\"» = { from = \"state\", type = \"string\" }",
        "\"a.b\" = { from = \"state\", type = \"string\" }, «\"a[].b\"» = { from = \"items[].sku\", type = \"string\" }",
        "\"a[].b\" = { from = \"items[].sku\", type = \"string\" }, «\"a[].c\"» = { from = \"status_histories[].comment\", type = \"string\" }",
    ] {
        finds(Rule::WebhookPayload, &order(fields));
    }
    let sized = |size: &str| {
        order("status = \"string\"").replace("fields =", &format!("max_bytes = {size}\nfields ="))
    };
    let finding = finds(Rule::WebhookPayload, &sized("«20»"));
    assert_eq!(finding.help.unwrap(), "write at least 37");
    passes(&sized("37"));
    finds(Rule::InvalidValue, &sized("«1000001»"));
}

#[test]
fn webhook_condition() {
    let order = |keys: &str| {
        webhook("\"sales_order_save_after\"", "status = \"string\"")
            .replace("fields =", &format!("{keys}\nfields ="))
    };
    passes(&order(
        "when = { status = [\"processing\", \"complete\"], grand_total = { min = 0.5, max = 100 }, is_virtual = false, \
         \"payment.method\" = { not = [\"free\"] }, state = \"new\" }\nchanged = [\"status\"]",
    ));
    for condition in ["«[]»", "«{}»", "«[\"1\", 2]»", "«{ min = 2, max = 1 }»", "«{ min = 2, not = \"x\" }»"]
    {
        finds(Rule::WebhookCondition, &order(&format!("when = {{ grand_total = {condition} }}")));
    }
    let deleted = order("«changed» = [\"status\"]").replace("_save_", "_delete_");
    finds(Rule::WebhookCondition, &deleted);
    finds(Rule::UnknownField, &order("when = { «statsu» = \"complete\" }"));
    finds(Rule::UnknownField, &order("changed = [«\"statsu\"»]"));
    finds(Rule::FieldType, &order("when = { status = «1» }"));
    for (condition, help) in [
        ("grand_total = «\"100\"»", "write 100 without quotes"),
        ("total_due = «{ not = \"0\" }»", "write 0 without quotes"),
        ("entity_id = «[\"7\", \"abc\"]»", "write a number without quotes"),
        ("store_id = «\"01\"»", "write 01 without quotes"),
    ] {
        let finding = finds(Rule::FieldType, &order(&format!("when = {{ {condition} }}")));
        assert_eq!(finding.help.unwrap(), help, "{condition}");
    }
    passes(&order("when = { store_id = [\"1\", \"2\"], is_virtual = \"0\", total_due = { not = \"\" } }"));
    for nothing in ["[]", "{}", "{ not = [] }"] {
        assert!(!triggers(Rule::FieldType, &order(&format!("when = {{ status = {nothing} }}"))), "{nothing}");
    }
    finds(Rule::WebhookCondition, &order("changed = «[]»"));
    finds(Rule::WebhookCondition, &order("when = «{}»"));
    finds(Rule::InvalidValue, &order("when = { «\"items[].sku\"» = \"x\" }"));
    finds(Rule::DeclaredTwice, &order("changed = [\"status\", «\"status\"»]"));
}

#[test]
fn changed_on_customers_needs_their_original_values() {
    let customer = |release: &str, field: &str| {
        let webhook = webhook("\"customer_save_after\"", "email = \"string\"");
        let webhook = webhook.replace("fields =", &format!("changed = [{field}]\nfields ="));
        targeted(release, &format!("{webhook}bearer-token-refused = \"allow\"\n"))
    };
    let finding = finds(Rule::NoOriginalValue, &customer(">=2.4.4 <2.4.6", "«\"email\"»"));
    assert!(finding.message.ends_with("in 2.4.4..2.4.4-p13"), "{}", finding.message);
    assert!(finding.help.unwrap().ends_with("narrow the target: magento = \"2.4.5\""));
    finds(Rule::NoOriginalValue, &customer("2.4.4", "«\"email\"»"));
    finds(Rule::NoOriginalValue, &customer("2.4.5", "\"email\", «\"erp_number\"»"));
    passes(&customer("2.4.6", "\"email\", \"erp_number\""));
    passes(
        &customer("2.4.4", "\"email\"")
            .replace("customer_save", "customer_address_save")
            .replace("email", "city"),
    );
}

#[test]
fn paths_stand_in_quotes() {
    let finding = finds(
        Rule::UnknownKey,
        &webhook("\"sales_order_save_after\"", "billing_address.«city» = \"string\""),
    );
    assert_eq!(finding.help.unwrap(), "write the path in quotes: \"billing_address.city\"");
}

#[test]
fn a_webhook_has_several_events_of_which_each_is_checked() {
    passes(&webhook(
        "[\"catalog_product_save_after\", \"catalog_product_delete_after\"]",
        "sku = \"string\"",
    ));
    finds(
        Rule::UnknownEvent,
        &webhook("[\"catalog_product_save_after\", «\"catalog_product_svae_after\"»]", "sku = \"string\""),
    );
    finds(
        Rule::DeclaredTwice,
        &webhook("[\"cms_page_save_after\", «\"cms_page_save_after\"»]", "page_id = \"int\""),
    );
    finds(Rule::InvalidValue, &webhook("«[]»", "status = \"string\""));
}

#[test]
fn unfilled_field() {
    let finding =
        finds(Rule::UnfilledField, &webhook("\"customer_group_save_after\"", "«code» = \"string\""));
    assert_eq!(finding.help.unwrap(), "write \"customer_group_code\"");
    for (event, field, about) in [
        ("sales_order_save_after", "\"extension_attributes.applied_taxes[].code\"", "by the repository only"),
        (
            "sales_order_save_after",
            "\"items[].product_option.extension_attributes.custom_options[].option_id\"",
            "by the repository only",
        ),
        (
            "sales_order_invoice_save_after",
            "\"order.extension_attributes.gift_message.sender\"",
            "by the repository only",
        ),
        (
            "catalog_product_save_after",
            "\"extension_attributes.stock_item.qty\"",
            "when the object is loaded",
        ),
        ("catalog_product_save_after", "id", "is called `entity_id`"),
        ("customer_save_after", "\"addresses[].city\"", "is saved after the object"),
        ("customer_save_after", "\"extension_attributes.is_subscribed\"", "is not in the data"),
    ] {
        let kind = if field.ends_with("qty\"") { "float" } else { "string" };
        let finding =
            finds(Rule::UnfilledField, &webhook(&format!("\"{event}\""), &format!("«{field}» = \"{kind}\"")));
        assert!(finding.message.contains(about), "{}", finding.message);
    }
    for (event, fields) in [
        ("sales_order_save_after", "entity_id = \"int\", \"billing_address.region_code\" = \"string\""),
        (
            "sales_quote_save_after",
            "entity_id = \"int\", \"items[].sku\" = \"string\", \"customer.id\" = \"int\"",
        ),
        (
            "catalog_product_save_after",
            "\"tier_prices[].value\" = \"float\", \"options[].title\" = \"string\"",
        ),
    ] {
        passes(&webhook(&format!("\"{event}\""), fields));
    }
}
