//! Routes and permissions of Adobe Commerce.

use magespec::diag::{Level, Rule};

use super::{findings, finds, passes, triggers};

fn with(edition: &str, target: &str, keys: &str) -> String {
    format!(
        "[target]\nmagento = \"{target}\"\nedition = \"{edition}\"\n[[integration]]\nname = \"Acme ERP\"\n\
         email = \"erp@acme.com\"\n{keys}\n[rules]\nbearer-token-refused = \"allow\"\n"
    )
}

const SOME: &str = "resources = [\"Magento_Sales::actions_view\"]";
const NOW: &str = ">=2.4.6 <2.4.9";

#[test]
fn a_route_whose_permission_is_not_public_is_reported() {
    let spec = with("commerce", NOW, &format!("{SOME}\ncalls = [«\"GET /V1/returns/:id\"»]"));
    let finding = finds(Rule::CommercePermissionUnknown, &spec);
    assert!(finding.message.contains("Adobe Commerce 2.4.6..2.4.8-p5"), "{}", finding.message);
    let help = finding.help.unwrap();
    assert!(help.contains("resource of Magento_Rma") && help.contains("--magento ROOT"), "{help}");
    let named = "resources = [\"Magento_Rma::magento_rma\"]\ncalls = [\"GET /V1/returns/:id\"]";
    assert!(!triggers(Rule::CommercePermissionUnknown, &with("commerce", NOW, named)));
}

#[test]
fn a_documented_permission_is_derived() {
    let spec = with("commerce", "2.4.8", "calls = [\"GET /V1/webhooks/list\"]");
    let found = findings(&super::spec(&spec));
    assert_eq!(found, []);
    let compiled = magespec::compile(
        magespec::diag::Source::new("integration.toml", super::spec(&spec)),
        magespec::catalog::Catalog::bundled(),
    );
    let xml = compiled.tree.iter().find(|(path, _)| path.as_str() == "etc/integration.xml").unwrap().1;
    let xml = String::from_utf8(xml.contents.to_vec()).unwrap();
    assert!(xml.contains("Magento_AdobeCommerceWebhooks::webhooks_list"), "{xml}");
}

#[test]
fn routes_of_magento_and_guest_routes_of_commerce_are_fine() {
    passes(&with("commerce", NOW, "calls = [\"GET /V1/orders\"]"));
    let calls = |call: &str| with("commerce", NOW, &format!("calls = [\"GET /V1/orders\", «\"{call}\"»]"));
    finds(Rule::AnonymousRoute, &calls("POST /V1/carts/guest-carts/:cartId/giftCards"));
    finds(Rule::SelfRoute, &calls("GET /V1/carts/mine/checkGiftCard/:giftCardCode"));
}

#[test]
fn a_route_of_commerce_is_unknown_to_open_source() {
    let spec = with("open-source", NOW, &format!("{SOME}\ncalls = [«\"GET /V1/returns/:id\"»]"));
    let finding = finds(Rule::UnknownRoute, &spec);
    assert_eq!(finding.reason.as_deref(), Some("only Adobe Commerce has this route, in 2.4.6..2.4.9"));
    assert!(finding.help.unwrap().contains("edition = \"commerce\""));
}

#[test]
fn an_unknown_route_may_be_the_shops() {
    let spec = with("commerce", NOW, &format!("{SOME}\ncalls = [«\"GET /V1/acme/stock\"»]"));
    let finding = finds(Rule::UnknownRoute, &spec);
    assert!(finding.reason.unwrap().contains("neither Magento nor Adobe Commerce is known to have it"));
    let relaxed = spec.replace(['«', '»'], "") + "unknown-route = \"warn\"\n";
    let found = findings(&super::spec(&relaxed));
    assert_eq!(
        found.iter().map(|it| (it.rule, it.level)).collect::<Vec<_>>(),
        [(Rule::UnknownRoute, Level::Warning)]
    );
}

#[test]
fn routes_of_commerce_are_known_from_2_4_6_on() {
    let spec = with("commerce", "2.4.5 || 2.4.6", &format!("{SOME}\ncalls = [\"GET /V1/returns/:id\"]"));
    let found = findings(&super::spec(&spec));
    let finding = found.iter().find(|it| it.rule == Rule::RouteNotInEveryRelease).unwrap();
    assert_eq!(
        finding.reason.as_deref(),
        Some("the catalog knows the routes of Adobe Commerce from 2.4.6 on")
    );
}

#[test]
fn permissions_of_company_roles_are_refused_in_any_edition() {
    for edition in ["commerce", "open-source"] {
        for id in
            ["Magento_Company::view_account", "Magento_Sales::view_orders", "Magento_NegotiableQuote::all"]
        {
            let resources = format!("resources = [\"Magento_Sales::actions_view\", «\"{id}\"»]");
            finds(Rule::CompanyRole, &with(edition, NOW, &resources));
        }
    }
}
