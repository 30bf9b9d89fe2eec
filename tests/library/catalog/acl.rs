//! The table of a target, compared with a walk up the tree of each release.

use std::{collections::BTreeMap, sync::Arc};

use magespec::{
    catalog::{AclTable, Catalog, OwnResource, ReleaseId, ReleaseSet},
    names::{ModuleName, Pattern},
};

const ADMIN: &str = "Magento_Backend::admin";

fn table(target: &str) -> (Arc<AclTable>, ReleaseSet) {
    table_with(target, &[])
}

/// A table with own resources, each given as id and parent.
fn table_with(target: &str, own: &[(&str, &str)]) -> (Arc<AclTable>, ReleaseSet) {
    let catalog = Catalog::bundled();
    let target = catalog.resolve(&target.parse().unwrap()).unwrap();
    let node = |&(id, parent): &(&str, &str)| OwnResource {
        id: id.to_owned(),
        title: "Own".to_owned(),
        parent: Some(parent.to_owned()),
        sort_order: 0,
    };
    let module = ModuleName::new("Acme_Own").unwrap();
    (catalog.acl(target.releases, &module, own.iter().map(node)), target.releases)
}

#[test]
fn what_can_be_granted_is_below_admin_and_not_switched_off() {
    let below_off = [("Acme_Own::a", "Magento_Config::advanced"), ("Acme_Own::b", "Acme_Own::a")];
    let (acl, releases) = table_with("*", &below_off);
    for release in releases.iter() {
        let rows: BTreeMap<String, bool> =
            acl.rows_of(release).map(|[id, _, _, _, _, off]| (id, off == "1")).collect();
        for id in acl.ids() {
            let exists = rows.contains_key(id);
            let line: Vec<&str> = [id].into_iter().chain(acl.ancestors(id, release)).collect();
            let is_off = line.iter().any(|id| rows.get(*id) == Some(&true));
            let is_grantable = exists && id != ADMIN && line.contains(&ADMIN) && !is_off;
            assert_eq!(acl.disabled(id).contains(release), exists && is_off, "{id}");
            assert_eq!(acl.present(id).contains(release), exists && !is_off, "{id}");
            assert_eq!(acl.grantable(id).contains(release), is_grantable, "{id}");
        }
    }
    assert!(!acl.disabled("Acme_Own::b").is_empty() && !acl.present("Acme_Own::b").is_empty());
}

#[test]
fn a_subtree_is_that_of_each_release() {
    let (acl, releases) = table("*");
    // It moves from below the attributes to below the products within the target.
    let moves = "Magento_Catalog::update_attributes";
    for top in
        ["Magento_Catalog::products", "Magento_Backend::stores_attributes", "Magento_Backend::stores", ADMIN]
    {
        let selected = acl.select(Pattern::Subtree(top));
        assert!(selected.is_sorted());
        for id in acl.ids() {
            let is_at_or_below =
                |release: &ReleaseId| id == top || acl.ancestors(id, *release).contains(&top);
            let expected: ReleaseSet = acl.grantable(id).iter().filter(is_at_or_below).collect();
            let found = selected.iter().find(|(found, _)| *found == id).map(|&(_, releases)| releases);
            assert_eq!(found.unwrap_or_default(), expected, "{top} {id}");
        }
    }
    let below = |top| acl.select(Pattern::Subtree(top)).into_iter().find(|(id, _)| *id == moves).unwrap().1;
    let (products, attributes) =
        (below("Magento_Catalog::products"), below("Magento_Backend::stores_attributes"));
    assert!((products & attributes).is_empty());
    assert_eq!(products | attributes, releases);
}

#[test]
fn roots_switched_off_and_unknown_ids_are_not_selected() {
    let (acl, releases) = table("2.4.8");
    for id in [ADMIN, "Magento_Backend::all", "Magento_Config::advanced", "Magento_Log::online"] {
        assert_eq!(acl.select(Pattern::Exact(id)), [], "{id}");
    }
    assert_eq!(acl.select(Pattern::Exact("Magento_Sales::sales")), [("Magento_Sales::sales", releases)]);
    let everything = acl.select(Pattern::Subtree(ADMIN));
    assert!(everything.len() > 250 && everything.iter().all(|(id, _)| *id != ADMIN));
}

#[test]
fn own_resources_below_nothing_or_each_other_end() {
    let cycle =
        [("Acme_Own::a", "Acme_Own::b"), ("Acme_Own::b", "Acme_Own::a"), ("Acme_Own::c", "Acme_Own::a")];
    let (acl, releases) = table_with("2.4.8", &cycle);
    assert_eq!(acl.present("Acme_Own::c"), releases);
    assert_eq!(acl.select(Pattern::Glob("Acme_Own::*")), []);
    let (acl, _) = table_with("2.4.8", &[("Acme_Own::a", "Acme_None::none")]);
    assert_eq!(acl.select(Pattern::Exact("Acme_Own::a")), []);
}

#[test]
fn modules_are_known_by_what_they_ship_own_or_name() {
    let catalog = Catalog::bundled();
    for (module, is_known) in [
        ("Magento_Sales", true),
        // No modules of their own: resources of other modules are named after them.
        ("Magento_Cart", true),
        ("Magento_Logging", true),
        ("Yotpo_Core", true),
        // Its wrong name is in every tutorial.
        ("Magento_Log", true),
        ("Magento_Rma", false),
        ("Magento_Car", false),
        ("", false),
    ] {
        assert_eq!(catalog.knows_module(module), is_known, "{module}");
    }
}

#[test]
fn suggestions_can_be_granted() {
    let catalog = Catalog::bundled();
    let (acl, _) = table("2.4.8");
    for (id, suggestions) in [
        ("Magento_Log::online", "Magento_Customer::online"),
        ("Magento_Sales::sales_oder", "Magento_Sales::sales_order"),
        ("Magneto_Sales::sales", "Magento_Sales::sales"),
        ("MAGENTO_SALES::ACTIONS_VIEW", "Magento_Sales::actions_view"),
        ("Magento_Sales::sales_actions_view", "Magento_Sales::actions_view"),
        ("Magento_Sales::view", "Magento_Sales::actions_view"),
        ("MSP_TwoFactorAuth::tfa", "Magento_TwoFactorAuth::tfa"),
        ("MSP_ReCaptcha::config", "Magento_ReCaptchaUi::config"),
        ("Magento_InventoryApi::source_stock_link", "Magento_InventoryApi::stock_source_link"),
    ] {
        assert_eq!(catalog.suggest(id, &acl).first(), Some(&suggestions), "{id}");
    }
    for (id, meant) in [("order", "Magento_Sales::sales_order"), ("sales_ship", "Magento_Sales::ship")] {
        let suggested = catalog.suggest(&format!("Magento_Sales::{id}"), &acl);
        assert!(suggested.contains(&meant), "{id}: {suggested:?}");
    }
    for id in ["Magento_Config::advanced", "Magento_Config::advance", "Magento_Backend::admi"] {
        let suggested = catalog.suggest(id, &acl);
        assert!(
            suggested.iter().all(|other| *other != id && !acl.grantable(other).is_empty()),
            "{suggested:?}"
        );
    }
    assert_eq!(catalog.suggest("x", &acl), [""; 0]);
}
