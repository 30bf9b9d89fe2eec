//! Two states of a module, over releases.

use std::collections::{BTreeMap, BTreeSet};

use magespec::{
    catalog::{Catalog, ReleaseSet},
    module::{Declaration, DeclaredIntegration, Deed, Doubt, Form, Scripts},
    plan::{
        Action, Before, IntegrationRow, IntegrationStatus, Plan, Planned, SetupType, acl_of, plan,
        plan_upgrade,
    },
};

use super::{asking_for, declaration, erp, release, with};

fn target(constraint: &str) -> ReleaseSet {
    Catalog::bundled().resolve(&constraint.parse().unwrap()).unwrap().releases
}

fn planned(constraint: &str, before: Vec<DeclaredIntegration>, after: Vec<DeclaredIntegration>) -> Plan {
    let (before, after) = (declaration(before), declaration(after));
    plan(Catalog::bundled(), Before::Module(&before), &after, target(constraint))
}

fn codes(planned: &Planned) -> Vec<&str> {
    planned.reasons.iter().map(|reason| reason.cause.code()).collect()
}

fn planned_upgrade(from: &str, to: &str, declared: DeclaredIntegration) -> Plan {
    let module = declaration(vec![declared]);
    let (from, to) = (release(from), release(to));
    let acl = acl_of(Catalog::bundled(), &module, [from, to].into_iter().collect());
    plan_upgrade(Catalog::bundled(), &acl, &module, from, to)
}

/// Effect of the first `setup:upgrade` after an upgrade of Magento, as `action code(id) …`.
fn upgraded(from: &str, to: &str, declared: DeclaredIntegration) -> String {
    let plan = planned_upgrade(from, to, declared);
    let [only] = plan.integrations.as_slice() else { panic!("{plan:?}") };
    let causes = only.reasons.iter().map(|reason| {
        let id = reason.cause.before().or(reason.cause.after()).map(|id| format!("({id})"));
        format!(" {}{}", reason.cause.code(), id.unwrap_or_default())
    });
    format!("{}{}", only.action().as_str(), causes.collect::<String>())
}

/// Not only your own edits reset (docs/magento/setup-upgrade.md#magento-upgrade-resets).
#[test]
fn upgrades_of_magento_reset_what_they_move() {
    for (from, to, id, comes_to) in [
        // Moved, or an ancestor of it.
        ("2.2.9", "2.2.10", "Magento_Catalog::update_attributes", "reset"),
        ("2.3.2", "2.3.3", "Magento_Catalog::update_attributes", "reset"),
        ("2.4.3-p2", "2.4.4", "Magento_InventoryInStorePickupApi::inStorePickup", "reset"),
        ("2.4.1", "2.4.1-p1", "Magento_LoginAsCustomer::allow_shopping_assistance", "reset"),
        ("2.4.7-p3", "2.4.8", "Magento_Paypal::paypal", "reset"),
        // Formerly unknown.
        ("2.4.7-p3", "2.4.7-p4", "Magento_Sales::api_actions", "reset"),
        // Switched off.
        ("2.4.7-p1", "2.4.7-p2", "Magento_Shipping::shipping_policy", "reset"),
        // The first after a faulty release leaves it alone; each in a faulty one resets.
        ("2.2.7", "2.2.8", "Magento_Customer::manage", "keep"),
        ("2.3.0", "2.3.1", "Magento_Customer::manage", "keep"),
        ("2.1.18", "2.2.0", "Magento_Customer::manage", "reset always-resets"),
        ("2.2.8", "2.3.0", "Magento_Customer::manage", "reset always-resets"),
        ("2.4.6", "2.4.7", "Magento_Customer::manage", "keep"),
    ] {
        let came = upgraded(from, to, asking_for([id]));
        assert!(
            came == comes_to || came.starts_with(&format!("{comes_to} resource-")),
            "{from} to {to}: {came}"
        );
    }
    // In releases that always reset the move comes beside the fault (docs/magento/setup-upgrade.md#always-reset).
    for (from, to) in [("2.1.15", "2.1.16"), ("2.2.6", "2.2.7")] {
        let came = upgraded(from, to, asking_for(["Magento_Customer::group"]));
        assert!(came.contains("resource-") && came.contains("always-resets"), "{came}");
    }
    assert_eq!(
        upgraded(
            "2.4.7-p1",
            "2.4.7-p2",
            asking_for(["Magento_Shipping::shipping_policy", "Magento_Shipping::carriers"])
        ),
        "keep",
        "its ancestors are granted through another"
    );
    assert_eq!(upgraded("2.1.18", "2.4.7", with(|it| it.form = Form::Legacy)), "keep", "no script runs");
}

/// Resources that are right for one release may not open the same route in another
/// (docs/magento/resolving-permissions.md#route-acl-changes).
#[test]
fn upgrades_of_magento_close_routes() {
    let lost = |from, to, id| {
        let plan = planned_upgrade(from, to, asking_for([id]));
        let routes = plan.integrations[0].routes.lost.keys().map(ToString::to_string);
        routes.collect::<Vec<_>>()
    };
    for (from, to) in [("2.2.7", "2.2.8"), ("2.3.0", "2.3.1")] {
        let lost = lost(from, to, "Magento_Sales::sales");
        assert!(lost.contains(&"GET /V1/orders".to_owned()), "{lost:?}");
        assert!(lost.contains(&"POST /V1/order/:orderId/ship".to_owned()), "{lost:?}");
    }
    for (from, to) in [("2.4.4-p11", "2.4.4-p12"), ("2.4.6-p8", "2.4.6-p9"), ("2.4.7-p3", "2.4.7-p4")] {
        assert_eq!(lost(from, to, "Magento_Sales::create"), ["POST /V1/orders"], "{from} to {to}");
    }
    let lost = lost("2.3.5-p2", "2.3.6", "Magento_Customer::manage");
    assert!(lost.contains(&"DELETE /V1/customers/:customerId".to_owned()), "{lost:?}");
}

#[test]
fn different_releases_are_distinguished() {
    let plan = planned(">=2.2.6 <2.2.10", vec![erp()], vec![erp()]);
    let [only] = plan.integrations.as_slice() else { panic!("{plan:?}") };
    let describe = |action| Catalog::bundled().describe(only.actions[&action]);
    assert_eq!(
        (describe(Action::Reset), describe(Action::Keep)),
        ("2.2.6..2.2.7".into(), "2.2.8..2.2.9".into())
    );
    assert!(only.is_reset_anyway());
    assert_eq!(Catalog::bundled().describe(only.reasons[0].releases), "2.2.6..2.2.7");
    assert_eq!(only.action(), Action::Reset);
}

#[test]
fn a_module_that_is_new_is_created() {
    let plan = plan(Catalog::bundled(), Before::Nothing, &declaration(vec![erp()]), target("2.4.7"));
    let [only] = plan.integrations.as_slice() else { panic!("{plan:?}") };
    assert_eq!((only.action(), codes(only)), (Action::Create, vec!["new"]));
    let permissions: Vec<&str> = only.permissions.gained.keys().map(String::as_str).collect();
    assert_eq!(
        permissions,
        ["Magento_Backend::admin", "Magento_Customer::customer", "Magento_Customer::manage"]
    );
    assert!(only.routes.gained.keys().any(|route| route.to_string() == "PUT /V1/customers/:customerId"));
}

#[test]
fn permissions_and_routes_come_and_go() {
    let plan = planned(
        "2.4.7",
        vec![asking_for(["Magento_Sales::actions_view"])],
        vec![asking_for(["Magento_Sales::ship"])],
    );
    let [only] = plan.integrations.as_slice() else { panic!("{plan:?}") };
    assert_eq!(only.permissions.gained.keys().collect::<Vec<_>>(), ["Magento_Sales::ship"]);
    assert_eq!(only.permissions.lost.keys().collect::<Vec<_>>(), ["Magento_Sales::actions_view"]);
    let names = |all: Vec<String>, name: &str| all.iter().any(|it| it == name);
    assert!(names(
        only.routes.gained.keys().map(ToString::to_string).collect(),
        "POST /V1/order/:orderId/ship"
    ));
    assert!(names(only.routes.lost.keys().map(ToString::to_string).collect(), "GET /V1/orders"));
}

#[test]
fn an_orphan_comes_last_and_loses_nothing() {
    let plan = planned("2.4.7", vec![erp()], vec![with(|it| it.name = "Zeta".to_owned())]);
    let [created, orphan] = plan.integrations.as_slice() else { panic!("{plan:?}") };
    assert_eq!((created.name.as_str(), created.action()), ("Zeta", Action::Create));
    assert_eq!((orphan.action(), codes(orphan)), (Action::Orphan, vec!["renamed"]));
    assert_eq!(orphan.reasons[0].cause.after(), Some("Zeta"));
    assert!(orphan.permissions.is_empty() && orphan.routes.is_empty());
    let other = with(|it| (it.name, it.email) = ("Zeta".to_owned(), Some("z@acme.com".to_owned())));
    assert_eq!(codes(&planned("2.4.7", vec![erp()], vec![other]).integrations[1]), ["removed"]);
}

#[test]
fn what_was_asked_for_in_vain_before_is_no_news() {
    let in_vain = || asking_for(["Magento_Customer::manage", "Acme_No::such"]);
    assert_eq!(planned("2.4.7", vec![in_vain()], vec![in_vain()]).integrations[0].action(), Action::Keep);
    assert_eq!(planned("2.4.7", vec![erp()], vec![in_vain()]).integrations[0].action(), Action::Ignored);
}

#[test]
fn the_pair_takes_effect_when_a_script_runs() {
    let moved = with(|it| (it.form, it.email) = (Form::Legacy, Some("it@acme.com".to_owned())));
    let at = |version: Option<&str>, patches: &[&str], declared: &DeclaredIntegration| {
        let scripts = Scripts {
            setup_version: version.map(str::to_owned),
            patches: patches.iter().map(|patch| (*patch).to_owned()).collect(),
        };
        magespec::module::Declaration { scripts, ..declaration(vec![declared.clone()]) }
    };
    let was = with(|it| it.form = Form::Legacy);
    let action = |before, after| {
        plan(Catalog::bundled(), Before::Module(&before), &after, target("2.4.7")).integrations[0].action()
    };
    let version = |version, declared: &DeclaredIntegration| at(Some(version), &[], declared);
    assert_eq!(action(version("1.9.0", &was), version("1.10.0", &moved)), Action::Update);
    assert_eq!(action(version("1.0.0", &was), version("1.0.0", &moved)), Action::Ignored);
    assert_eq!(action(version("1.1.0", &was), version("1.0.0", &moved)), Action::Ignored, "lowered");
    assert_eq!(action(version("1.0.0", &was), version("1.0.0", &was)), Action::Keep);
    assert_eq!(action(at(None, &["A.php"], &was), at(None, &["B.php"], &moved)), Action::Update);
    assert_eq!(action(at(None, &["A.php"], &was), at(None, &["A.php"], &moved)), Action::Ignored);
}

/// PHP that sets `setup_type` or creates integrations itself takes every promise back, but no bad news.
#[test]
fn what_php_interferes_with_is_unknown() {
    let place = "Setup/InstallData.php:3 sets setup_type".to_owned();
    let doubt = Doubt { place: place.clone(), deed: Deed::SetsType, integrations: None };
    let old = Declaration { doubts: vec![doubt], ..declaration(vec![erp()]) };
    let planned = |after: DeclaredIntegration| {
        plan(Catalog::bundled(), Before::Module(&old), &declaration(vec![after]), target("2.4.7"))
            .integrations
            .remove(0)
    };
    let kept = planned(erp());
    assert_eq!((kept.action(), codes(&kept)), (Action::Unknown, vec!["php-interferes"]));
    let message = kept.reasons[0].cause.message();
    assert_eq!(message, format!("the effect of setup:upgrade cannot be known: {place}"));
    assert_eq!(planned(with(|it| it.email = Some("it@acme.com".to_owned()))).action(), Action::Reset);
}

/// The deed decides which promises and warnings hold.
#[test]
fn each_deed_withdraws_what_it_may_change() {
    let row = |before: Vec<DeclaredIntegration>, name: &str, deed| {
        let doubt = Doubt { place: "Model/X.php:3".to_owned(), deed, integrations: None };
        let old = Declaration { doubts: vec![doubt], ..declaration(before) };
        let after = declaration(vec![with(|it| it.name = name.to_owned())]);
        let plan = plan(Catalog::bundled(), Before::Module(&old), &after, target("2.4.7"));
        plan.integrations.iter().map(Planned::action).collect::<Vec<_>>()
    };
    let (unknown, create, orphan) = (Action::Unknown, Action::Create, Action::Orphan);
    for (deed, new, renamed, in_case) in [
        (Deed::SetsType, unknown, [unknown, orphan], Action::Abort),
        (Deed::Creates, unknown, [unknown, orphan], Action::Abort),
        (Deed::Changes, unknown, [unknown, unknown], unknown),
        (Deed::Deletes, unknown, [unknown, unknown], Action::Abort),
        (Deed::ProcessesPair, unknown, [unknown, orphan], Action::Abort),
        (Deed::ReadsPair, create, [create, orphan], Action::Abort),
        (Deed::Plugs, unknown, [unknown, unknown], unknown),
    ] {
        assert_eq!(row(vec![], "Acme ERP", deed), [new], "{deed:?}");
        assert_eq!(row(vec![erp()], "Acme Store", deed), renamed, "{deed:?}");
        assert_eq!(row(vec![erp()], "ACME ERP", deed), [in_case], "{deed:?}");
    }
}

#[test]
fn the_rows_of_a_shop_can_be_manual_and_of_others() {
    let row = |name: &str, setup_type| IntegrationRow {
        name: name.to_owned(),
        email: "erp@acme.com".to_owned(),
        endpoint: None,
        identity_link_url: None,
        status: IntegrationStatus::Active,
        setup_type,
        has_token: true,
        resources: ["Magento_Customer::manage".to_owned()].into(),
    };
    let rows = [
        row("Acme ERP", SetupType::Manual),
        row("By hand", SetupType::Manual),
        row("Old", SetupType::Config),
    ];
    let allowed = BTreeSet::from(["Acme_Erp::read".to_owned()]);
    let before = Before::Rows { rows: &rows, runs_scripts: true, allowed: &allowed, columns: None };
    let renamed = [("Acme_Erp::read", "Acme_Erp::view"), ("Acme_Erp::write", "Acme_Erp::edit")];
    let renamed = renamed.map(|(former, present)| (former.to_owned(), present.to_owned()));
    let after = Declaration { renamed: BTreeMap::from(renamed), ..declaration(vec![erp()]) };
    let plan = plan(Catalog::bundled(), before, &after, target("2.4.7"));
    // A role of administrators has it, though no integration does.
    assert_eq!(plan.renamed.into_keys().collect::<Vec<_>>(), ["Acme_Erp::read"]);
    let actions: Vec<(&str, Action)> =
        plan.integrations.iter().map(|it| (it.name.as_str(), it.action())).collect();
    assert_eq!(actions, [("Acme ERP", Action::Reset), ("Old", Action::Orphan)]);
    assert!(codes(&plan.integrations[0]).contains(&"taken-over"));
}
