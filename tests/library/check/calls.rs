use magespec::diag::Rule;

use super::{findings, finds, passes, spec, triggers};

/// An integration with calls, as they stand in the list, and nothing else to say of it.
fn calls(target: &str, list: &str) -> String {
    with(target, &format!("calls = [{list}]"))
}

fn with(target: &str, keys: &str) -> String {
    format!(
        "[target]\nmagento = \"{target}\"\n[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\n{keys}\n[rules]\nbearer-token-refused = \"allow\"\n"
    )
}

/// The spec without the findings of a rule.
fn allowing(rule: Rule, spec: &str) -> String {
    spec.replace("[rules]", &format!("[rules]\n{rule} = \"allow\""))
}

const NOW: &str = ">=2.4.7-p4 <2.4.9";

#[test]
fn calls_are_enough() {
    passes(&calls(NOW, "\"GET /V1/orders\", { route = \"POST /V1/order/:id/ship\", why = \"shipping\" }"));
    passes(&calls(NOW, "\"PUT /rest/all/async/bulk/V1/products/bySku\""));
    passes(&allowing(Rule::RouteMovesAt, &calls("2.0.*", "\"GET /V1/orders\"")));
}

#[test]
fn call_format() {
    for call in
        ["/V1/orders", "GET orders", "PATCH /V1/orders", "GET /orders", "GET https://acme.com/V1/x", ""]
    {
        finds(Rule::CallFormat, &calls(NOW, &format!("\"GET /V1/orders\", «\"{call}\"»")));
    }
    let finding =
        finds(Rule::CallFormat, &calls(NOW, "\"GET /V1/orders\", { route = «\"post /V1/orders\"» }"));
    assert_eq!(finding.help.as_deref(), Some("write, for example: \"POST /V1/orders\""));
    for (wrong, right) in [
        ("get /v1/orders", "GET /V1/orders"),
        ("GET V1/orders", "GET /V1/orders"),
        ("PATCH /V1/products/5", "PUT /V1/products/5"),
        ("/V1/orders", "GET /V1/orders"),
    ] {
        let finding = finds(Rule::CallFormat, &calls(NOW, &format!("\"GET /V1/orders\", «\"{wrong}\"»")));
        assert_eq!(finding.help.unwrap(), format!("write, for example: \"{right}\""));
    }
}

#[test]
fn a_call_that_logs_in_as_a_user_says_so() {
    for (call, user) in [
        ("POST /V1/integration/admin/token", "an administrator"),
        ("POST /V1/integration/customer/token", "a customer"),
    ] {
        let finding = finds(Rule::AnonymousRoute, &calls(NOW, &format!("\"GET /V1/orders\", «\"{call}\"»")));
        assert!(finding.reason.as_ref().unwrap().contains(user), "{finding:#?}");
    }
}

#[test]
fn keys_of_a_call() {
    let finding = finds(Rule::UnknownKey, &calls(NOW, "{ route = \"GET /V1/orders\", «because» = \"x\" }"));
    assert!(finding.help.unwrap().contains("route, why"));
    let finding = finds(Rule::MissingKey, &calls(NOW, "«{ why = \"x\" }»"));
    assert_eq!(finding.message, "`route` is missing in `calls`");
    assert!(finding.reason.unwrap().contains("derived from the route"));
    let finding = finds(Rule::WrongType, &calls(NOW, "\"GET /V1/orders\", «1»"));
    assert_eq!(finding.message, "expected a string or a table for an entry of `calls`, found an integer");
    finds(Rule::InvalidValue, &calls(NOW, "{ route = \"GET /V1/orders\", why = «\"\"» }"));
}

#[test]
fn unknown_route() {
    let finding =
        finds(Rule::UnknownRoute, &calls(NOW, "\"GET /V1/orders\", «\"POST /V1/orders/:id/ship\"»"));
    assert_eq!(finding.help.as_deref(), Some("did you mean \"POST /V1/order/:orderId/ship\"?"));
    let finding = finds(Rule::UnknownRoute, &calls(NOW, "{ route = «\"PUT /V1/order/1/ship\"» }"));
    assert_eq!(finding.reason.as_deref(), Some("this path exists for `POST /V1/order/:orderId/ship`"));
    // Their parameters have different names.
    let finding = finds(Rule::UnknownRoute, &calls(NOW, "«\"POST /V1/orders/5\"»"));
    assert_eq!(
        finding.reason.as_deref(),
        Some("this path exists for `GET /V1/orders/:id` and `PUT /V1/orders/:parent_id`")
    );
    let finding = finds(
        Rule::UnknownRoute,
        &allowing(Rule::TargetAlwaysResets, &calls("2.1.*", "«\"GET /V1/categories/list\"»")),
    );
    assert_eq!(finding.reason.as_deref(), Some("it exists in 2.2.0..2.4.9"));
    let finding = finds(Rule::UnknownRoute, &calls(NOW, "«\"GET /async/V1/orders\"»"));
    assert!(finding.reason.unwrap().contains("calls that write"));
    let finding = finds(Rule::UnknownRoute, &calls("2.2.10", "«\"POST /async/V1/products\"»"));
    assert!(finding.reason.unwrap().contains("from 2.3.0 on"));
    assert!(finding.help.unwrap().contains("\"POST /V1/products\""), "no /async there");
    let finding = finds(Rule::UnknownRoute, &calls(NOW, "«\"PUT /async/bulk/V1/products/24-MB01\"»"));
    assert!(finding.reason.unwrap().contains("`bySku`"));
    assert!(finding.help.unwrap().contains("\"PUT /async/bulk/V1/products/bySku\""));
    let finding = finds(Rule::UnknownRoute, &calls(NOW, "«\"GET /V1/acme-erp/things\"»"));
    assert!(finding.help.unwrap().contains("etc/webapi.xml"));
}

#[test]
fn route_not_in_every_release() {
    let queued = calls("2.2.10 || 2.3.2", "«\"POST /async/V1/products\"»");
    let finding = finds(Rule::RouteNotInEveryRelease, &queued);
    assert!(finding.message.ends_with("in 2.2.10"), "{}", finding.message);
    assert!(finding.help.unwrap().starts_with("narrow the target: magento = \"2.3.2\","));
    passes(&allowing(Rule::RouteNotInEveryRelease, &queued.replace(['«', '»'], "")));
    finds(
        Rule::RouteNotInEveryRelease,
        &allowing(
            Rule::TargetAlwaysResets,
            &calls(">=2.2.0 <2.2.6 || 2.1.18", "«\"GET /V1/categories/list\"»"),
        ),
    );
}

#[test]
fn self_route() {
    let finding = finds(Rule::SelfRoute, &calls(NOW, "«\"GET /V1/carts/mine\"»"));
    assert_eq!(finding.help.as_deref(), Some("call \"GET /V1/carts/:cartId\""));
    let finding = finds(Rule::SelfRoute, &calls(NOW, "«\"PUT /V1/customers/me/password\"»"));
    assert!(finding.help.unwrap().starts_with("remove it"));
    passes(&calls(NOW, "\"GET /V1/carts/:cartId\""));
    // A route of the module.
    let own = "[[service]]\nname = \"Stock\"\nmethod = [\
        { name = \"mine\", route = \"GET /V1/acme/stock/mine\", acl = \"self\" }, \
        { name = \"get\", route = \"GET /V1/acme/stock/:id\", acl = \"Magento_Sales::actions_view\" }]\n";
    let finding = finds(Rule::SelfRoute, &(calls(NOW, "«\"GET /V1/acme/stock/mine\"»") + own));
    assert_eq!(finding.help.as_deref(), Some("call \"GET /V1/acme/stock/:id\""));
}

#[test]
fn ungrantable_route() {
    let search = "«\"GET /V1/adobestock/asset/search\"»";
    let finding = finds(Rule::UngrantableRoute, &calls(NOW, search));
    assert!(finding.message.contains("needs Magento_AdobeStockImage::actions_view"), "{}", finding.message);
    assert_eq!(finding.help.as_deref(), Some("remove the call"));
    // The other finding on that call is a note.
    let sometimes = calls(">=2.3.2 <2.3.6", "\"GET /V1/inventory/stock-source-links\"");
    let finding = findings(&spec(&sometimes)).remove(0);
    assert_eq!(finding.rule, Rule::UngrantableRoute);
    assert!(finding.help.unwrap().ends_with("narrow the target: magento = \">=2.3.4 <2.3.6\""));
    let commerce = calls("2.2.10", "\"PUT /V1/temando/rma/:rmaId/shipments\"")
        .replace("[target]", "[target]\nedition = \"commerce\"");
    assert!(!triggers(Rule::UngrantableRoute, &commerce), "Adobe Commerce has the resource");
}

/// The root is granted with everything else, and not by itself.
#[test]
fn ungrantable_root() {
    finds(Rule::UngrantableRoute, &calls(NOW, "«\"GET /V1/modules\"»"));
    passes(&calls(NOW, "\"GET /V1/modules\", \"GET /V1/orders\""));
}

#[test]
fn anonymous_route() {
    finds(Rule::AnonymousRoute, &calls(NOW, "\"GET /V1/orders\", «\"GET /V1/directory/countries\"»"));
    passes(&calls(NOW, "\"GET /V1/products\""));
    let alone = calls(NOW, "\"GET /V1/directory/countries\"");
    assert!(triggers(Rule::AnonymousRoute, &alone) && triggers(Rule::NoResources, &alone));
}

#[test]
fn route_permissions_differ() {
    let finding = finds(
        Rule::RoutePermissionsDiffer,
        &allowing(Rule::TargetAlwaysResets, &calls(">=2.2.8 <2.2.11 || 2.2.7", "«\"GET /V1/orders\"»")),
    );
    assert_eq!(
        finding.message,
        "`GET /V1/orders` needs `Magento_Sales::sales` before 2.2.8; `Magento_Sales::actions_view` from 2.2.8 on"
    );
    let branchy = calls(">=2.2.7 <2.3.2", "«\"GET /V1/orders\"»");
    let finding = finds(Rule::RoutePermissionsDiffer, &allowing(Rule::TargetAlwaysResets, &branchy));
    assert!(finding.message.contains("`Magento_Sales::sales` in 2.2.7, 2.3.0; "), "{}", finding.message);
    passes(&calls(NOW, "\"POST /V1/orders\""));
}

#[test]
fn route_moves_at() {
    let finding = finds(Rule::RouteMovesAt, &calls("2.4.4 <2.4.4-p12", "«\"POST /V1/orders\"»"));
    assert_eq!(
        finding.message,
        "`POST /V1/orders` stops working when the shop is upgraded from 2.4.4-p11 to 2.4.4-p12"
    );
    assert!(finding.reason.unwrap().contains("Magento_Sales::api_actions"));
    let finding = finds(Rule::RouteMovesAt, &calls("2.3.6", "«\"GET /V1/msp-2fa/forced-providers\"»"));
    assert_eq!(finding.reason.as_deref(), Some("no route matches it there"));
    // Listed, it stays allowed; and the ancestor that 2.3.0 wants comes with what 2.2.8 wants.
    let listed = with("2.4.3", "calls = [\"POST /V1/orders\"]\nresources = [\"Magento_Sales::api_actions\"]");
    passes(&allowing(Rule::UnknownResource, &listed));
    passes(&calls("2.2.8", "\"GET /V1/orders\""));
    passes(&calls(NOW, "\"POST /V1/orders\""));
}

#[test]
fn duplicate_call() {
    let finding = finds(
        Rule::DuplicateCall,
        &calls(
            NOW,
            "\"GET /V1/orders/:id\", \"GET /V1/orders\", «\"GET https://acme.com/rest/V1/orders/7?x\"»",
        ),
    );
    assert_eq!(finding.related.len(), 1);
    passes(&calls(NOW, "\"PUT /V1/products/:sku\", \"PUT /async/V1/products/:sku\""));
}

#[test]
fn more_than_needed() {
    let listed =
        |resources: &str| with(NOW, &format!("calls = [\"GET /V1/orders\"]\nresources = [{resources}]"));
    finds(Rule::MoreThanNeeded, &listed("«\"Magento_Customer::manage\"»"));
    let finding = finds(Rule::MoreThanNeeded, &listed("«\"Magento_Sales::*invoice*\"»"));
    assert!(finding.message.starts_with("no call needs 2 of the resources"), "{}", finding.message);
    // One finding for one mistake.
    finds(Rule::UnknownResource, &listed("«\"Magento_Sales::shp\"»"));
    finds(Rule::DisabledResource, &listed("«\"Magento_Config::advanced\"»"));
    // What no call of the catalog can be to, and what Magento adds anyway, is left alone.
    passes(&listed("\"Acme_ErpBridge::sync\"").replace(
        "[rules]",
        "[[acl]]\nid = \"Acme_ErpBridge::sync\"\ntitle = \"Sync\"\nparent = \"Magento_Backend::admin\"\n[rules]",
    ));
    assert!(!triggers(Rule::MoreThanNeeded, &listed("\"Amasty_Shipping::rules\"")));
    assert!(!triggers(Rule::MoreThanNeeded, &listed("\"Magento_Sales::sales\"")));
    // Another integration lists none.
    let other = "[[integration]]\nname = \"Other\"\nemail = \"erp@acme.com\"\nresources = [\"Magento_Cms::page\"]\n[rules]";
    passes(&listed("\"Magento_Customer::manage\"").replace("[rules]", other));
}

#[test]
fn resources_that_calls_bring() {
    let listed =
        |resources: &str| with(NOW, &format!("calls = [\"GET /V1/orders\"]\nresources = [{resources}]"));
    let finding = finds(Rule::ImpliedResource, &listed("«\"Magento_Sales::actions_view\"»"));
    assert_eq!(
        finding.message,
        "`Magento_Sales::actions_view` is redundant: `GET /V1/orders` already requests it"
    );
    finds(Rule::ImpliedResource, &listed("«\"Magento_Sales::sales\"»"));
    let finding = finds(Rule::ExclusionHasNoEffect, &listed("«\"!Magento_Sales::actions_view\"»"));
    assert!(finding.message.contains("for `GET /V1/orders`"), "{}", finding.message);
}

#[test]
fn a_new_derived_resource_resets() {
    let list = "«\"POST /V1/orders\"»";
    let finding = finds(Rule::ResourceMoves, &allowing(Rule::RoutePermissionsDiffer, &calls("2.4.7", list)));
    assert!(finding.message.contains("a release with `Magento_Sales::api_actions`"), "{}", finding.message);
    assert!(
        finding.reason.unwrap().starts_with("it exists in 2.4.7-p4..2.4.7-p10 but not in 2.4.7..2.4.7-p3")
    );
}
