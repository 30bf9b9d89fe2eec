//! Facts about the permissions that Magento grants and stores.

use std::collections::BTreeSet;

use magespec::catalog::OwnResource;

use super::{EVER, FAULTY, ROOT, SOUND, asking_for, erp, in_release, in_use, legacy, told, upgrade, with};

/// Resources as granted, stored and compared (docs/magento/resolving-permissions.md#lookup).
#[test]
fn resources_resolve_as_magento_resolves_them() {
    let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<String>>();
    let asked =
        asking_for(["Magento_Customer::manage", "Magento_Sales::capture", "Magento_SalesRule::quote"]);
    let ancestors = [
        "Magento_Customer::customer",
        "Magento_Sales::sales",
        "Magento_Sales::sales_operation",
        "Magento_Sales::sales_order",
        "Magento_Sales::actions",
        "Magento_Backend::marketing",
        "Magento_CatalogRule::promo",
    ];
    let mut all = asked.resources.clone();
    all.extend(set(&ancestors));
    for release in SOUND.iter().chain(FAULTY) {
        in_release(release, &[], |instance| {
            // Executed on 2.4.7-p3 (docs/magento/resolving-permissions.md#example).
            let resolved = instance.resolved(&asked);
            let mut with_root = all.clone();
            with_root.insert(ROOT.to_owned());
            assert_eq!(
                resolved,
                if FAULTY.contains(release) { all.clone() } else { with_root.clone() },
                "{release}"
            );
            assert_eq!(instance.stored(&asked), with_root, "saveRel adds the root since 2.1.0");
            // Children are not included.
            assert!(
                !instance
                    .stored(&asking_for(["Magento_Sales::sales"]))
                    .contains("Magento_Sales::actions_view")
            );
            // Roots cannot be requested (docs/magento/resolving-permissions.md#roots).
            assert!(instance.stored(&asking_for(["Magento_Backend::all", ROOT])).is_empty());
            // An empty list stores nothing (docs/magento/database.md#authorization-tables).
            assert!(
                instance.stored(&asking_for([])).is_empty()
                    && instance.stored(&asking_for(["A_B::c"])).is_empty()
            );
        });
    }
    for release in EVER {
        in_release(release, &[], |instance| {
            let asked = legacy(asking_for(["Magento_Customer::manage", "Acme_No::such"]));
            let root: &[&str] = if *release == "2.0.0" { &[] } else { &[ROOT] };
            let mut stored = set(root);
            stored.insert("Magento_Customer::manage".to_owned());
            assert_eq!(instance.stored(&asked), stored, "the pair: no parents, nothing unknown, {release}");
        });
    }
}

/// A single rule of Magento_Backend::all allows everything; nothing else of the pair does
/// (docs/magento/database.md#everything-rule).
#[test]
fn only_the_pair_grants_everything() {
    for release in EVER {
        in_release(release, &[], |instance| {
            let everything = legacy(asking_for(["Magento_Backend::all"]));
            let rows = in_use(&upgrade(&[], std::slice::from_ref(&everything), true, instance));
            assert_eq!(rows[0].resources, ["Magento_Backend::all".to_owned()].into(), "{release}");
            let effective = instance.effective(&rows[0].resources);
            assert!(effective.contains("Magento_Customer::manage") && effective.len() > 100, "{release}");
            assert_eq!(told(&upgrade(&rows, &[everything], true, instance)), ["Acme ERP: keep"], "{release}");
            // integration.xml cannot say it in one rule, whatever it lists.
            if *release != "2.0.0" {
                let all = effective.iter().map(|id| (*id).to_owned()).collect();
                let moved = with(|it| it.resources = all);
                let told = told(&upgrade(&rows, &[moved], true, instance));
                let expected = "Acme ERP: reset resource-lost(Magento_Backend::all)";
                assert!(told[0].starts_with(expected), "{release}: {told:?}");
            }
            let beside = legacy(asking_for(["Magento_Backend::all", "Magento_Customer::manage"]));
            assert!(instance.effective(&instance.stored(&beside)).len() <= 3, "{release}");
        });
    }
}

fn node(id: &str, parent: Option<&str>, sort_order: i32) -> OwnResource {
    OwnResource { id: id.to_owned(), title: "Own".to_owned(), parent: parent.map(str::to_owned), sort_order }
}

/// A third root before the second takes away every integration's resources
/// (docs/magento/resolving-permissions.md#third-root).
#[test]
fn a_third_root_takes_everything() {
    for release in ["2.1.18", "2.2.0", "2.3.0", "2.3.7-p4", "2.4.7-p3", "2.4.8"] {
        let first = node("Acme_Erp::root", None, 0);
        assert!(
            in_release(release, std::slice::from_ref(&first), |it| it.resolved(&erp())).is_empty(),
            "{release}"
        );
        let last = node("Acme_Erp::root", None, 30);
        assert!(!in_release(release, &[last], |it| it.resolved(&erp())).is_empty(), "{release}");
    }
    let own = [node("Acme_Erp::erp", Some(ROOT), 10), node("Acme_Erp::sync", Some("Acme_Erp::erp"), 10)];
    let stored = in_release("2.4.7-p3", &own, |it| it.stored(&asking_for(["Acme_Erp::sync"])));
    assert_eq!(stored.into_iter().collect::<Vec<_>>(), ["Acme_Erp::erp", "Acme_Erp::sync", ROOT]);
}
