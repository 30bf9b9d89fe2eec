//! Effects of the generated plugin on `setup:upgrade` (docs/magento/setup-upgrade.md#keep-by-plugin): credentials that are
//! kept, former names, and names that are retired.

use std::collections::BTreeSet;

use magespec::{
    model::Keep,
    module::DeclaredIntegration,
    plan::{IntegrationRow, IntegrationStatus, SetupType, Upgraded, upgrade},
};

use super::{ALL, EVER, FAULTY, SOUND, in_use, legacy, named, told};
use crate::plan::{erp, in_release};

/// An integration whose credentials are kept.
fn kept(keep: Keep, change: impl FnOnce(&mut DeclaredIntegration)) -> DeclaredIntegration {
    let mut declared = erp();
    change(&mut declared);
    DeclaredIntegration { keep, ..declared }
}

/// An integration with former names.
fn heir(name: &str, former: &[&str]) -> DeclaredIntegration {
    DeclaredIntegration { former: vec![former.iter().map(ToString::to_string).collect()], ..named(name) }
}

/// Rows of integrations, in use.
fn rows(declared: &[DeclaredIntegration], release: &str) -> Vec<IntegrationRow> {
    in_release(release, &[], |instance| in_use(&upgrade(&[], declared, &BTreeSet::new(), true, instance)))
}

fn run(rows: &[IntegrationRow], declared: &[DeclaredIntegration], release: &str) -> Upgraded {
    in_release(release, &[], |instance| upgrade(rows, declared, &BTreeSet::new(), false, instance))
}

fn unused(row: &IntegrationRow) -> IntegrationRow {
    IntegrationRow { status: IntegrationStatus::Inactive, has_token: false, ..row.clone() }
}

#[test]
fn credentials_are_kept_in_every_release() {
    for release in ALL {
        let before = rows(&[erp()], release);
        let moved = kept(Keep::Always, |it| {
            it.email = Some("it@acme.com".to_owned());
            it.endpoint = None;
            it.resources.insert("Magento_Cms::page".to_owned());
        });
        let after = run(&before, std::slice::from_ref(&moved), release);
        let line = told(&after).join("");
        assert!(line.starts_with("Acme ERP: preserve attribute-changed(email)"), "{release}: {line}");
        assert!(line.contains("attribute-changed(endpoint_url)"), "{release}: {line}");
        let row = &after.rows[0];
        assert_eq!((row.status, row.has_token), (IntegrationStatus::Active, true), "{release}");
        assert_eq!((row.email.as_str(), row.endpoint.as_deref()), ("it@acme.com", None), "{release}");
        assert!(row.resources.contains("Magento_Cms::page"), "{release}");
        assert_eq!(told(&run(&after.rows, &[moved], release)), ["Acme ERP: keep"], "{release}");
    }
}

#[test]
fn releases_that_always_reset_do_not_reset_what_is_kept() {
    for release in FAULTY {
        for keep in [Keep::Always, Keep::UnlessPermissionsGrow] {
            let again = run(&rows(&[erp()], release), &[kept(keep, |_| {})], release);
            assert_eq!(told(&again), ["Acme ERP: keep"], "{release}");
        }
    }
}

#[test]
fn permissions_that_grow_are_left_to_magento_if_the_spec_says_so() {
    for release in SOUND {
        let before = rows(&[erp()], release);
        let fewer = kept(Keep::UnlessPermissionsGrow, |it| it.resources.clear());
        let line = told(&run(&before, &[fewer], release)).join("");
        assert!(line.starts_with("Acme ERP: preserve resource-lost"), "{release}: {line}");
        let more = kept(Keep::UnlessPermissionsGrow, |it| {
            it.resources.insert("Magento_Cms::page".to_owned());
        });
        let line = told(&run(&before, &[more], release)).join("");
        assert!(line.starts_with("Acme ERP: reset resource-gained"), "{release}: {line}");
        assert!(line.ends_with("permissions-grow"), "{release}: {line}");
    }
}

#[test]
fn an_integration_made_in_admin_is_taken_over_with_its_credentials() {
    let manual = |row| IntegrationRow { setup_type: SetupType::Manual, ..row };
    let before: Vec<IntegrationRow> = rows(&[erp()], "2.4.7-p3").into_iter().map(manual).collect();
    let after = run(&before, &[kept(Keep::Always, |_| {})], "2.4.7-p3");
    assert_eq!(told(&after), ["Acme ERP: preserve taken-over(setup_type)"]);
    assert_eq!(after.rows[0].setup_type, SetupType::Config);
}

#[test]
fn a_former_name_is_renamed_in_place() {
    for release in ALL {
        for (new, former) in [
            ("Acme Bridge", vec!["Acme ERP"]),
            ("Acme Bridge", vec!["Acme Old", "Acme ERP"]),
            ("ACME ERP", vec!["Acme ERP"]),
        ] {
            let declared = [heir(new, &former)];
            let after = run(&rows(&[erp()], release), &declared, release);
            let line = told(&after).join("");
            let is_reset = FAULTY.contains(release);
            let action = if is_reset { "reset" } else { "rename" };
            assert!(
                line.starts_with(&format!("{new}: {action} renamed-in-place(name)")),
                "{release}: {line}"
            );
            assert_eq!(after.rows.len(), 1, "{release}");
            assert_eq!((after.rows[0].name.as_str(), after.rows[0].has_token), (new, !is_reset));
        }
    }
}

#[test]
fn a_rename_with_other_changes_resets_unless_credentials_are_kept() {
    let declared = |keep| {
        let email = Some("it@acme.com".to_owned());
        [DeclaredIntegration { email, keep, ..heir("Acme Bridge", &["Acme ERP"]) }]
    };
    let before = rows(&[erp()], "2.4.7-p3");
    let reset = "Acme Bridge: reset renamed-in-place(name) attribute-changed(email)";
    assert_eq!(told(&run(&before, &declared(Keep::Never), "2.4.7-p3")), [reset]);
    let renamed = "Acme Bridge: rename renamed-in-place(name) attribute-changed(email)";
    assert_eq!(told(&run(&before, &declared(Keep::Always), "2.4.7-p3")), [renamed]);
}

#[test]
fn of_several_rows_the_one_in_use_stays() {
    let of = |names: &[&str]| rows(&names.iter().map(|name| named(name)).collect::<Vec<_>>(), "2.4.7-p3");
    let declared = [heir("Acme Bridge", &["Acme Old", "Acme ERP"])];
    let run = |rows: &[IntegrationRow]| {
        let after = run(rows, &declared, "2.4.7-p3");
        (told(&after), after.rows.into_iter().map(|row| (row.name, row.has_token)).collect::<Vec<_>>())
    };
    let all = of(&["Acme Bridge", "Acme ERP"]);
    // An orphan in use, and the new row that a rename without the key made.
    let (told, left) = run(&[unused(&all[0]), all[1].clone()]);
    assert_eq!(told, ["Acme Bridge: rename renamed-in-place(name)"]);
    assert_eq!(left, [("Acme Bridge".to_owned(), true)]);
    // The new row is in use, and the orphan is not.
    let (told, left) = run(&[all[0].clone(), unused(&all[1])]);
    assert_eq!(told, ["Acme Bridge: keep", "Acme ERP: delete superseded(name)"]);
    assert_eq!(left, [("Acme Bridge".to_owned(), true)]);
    // Both are.
    let (told, left) = run(&all);
    assert_eq!(told, ["Acme Bridge: keep", "Acme ERP: orphan both-in-use(name)"]);
    assert_eq!(left.len(), 2);
    // Two former names.
    let former = of(&["Acme Old", "Acme ERP"]);
    let (told, left) = run(&[former[0].clone(), unused(&former[1])]);
    let (told, left) = (told.join("; "), left.len());
    assert!(told.contains("Acme Bridge: rename") && told.contains(": delete superseded(name)"), "{told}");
    assert_eq!(left, 1);
}

#[test]
fn rows_of_others_are_not_renamed() {
    let declared = [heir("Acme Bridge", &["Acme ERP"])];
    let before = rows(&[erp()], "2.4.7-p3");
    // Another module declares the former name.
    let both = [declared[0].clone(), erp()];
    assert_eq!(told(&run(&before, &both, "2.4.7-p3")), ["Acme Bridge: create new", "Acme ERP: keep"]);
    // Somebody created it in Admin.
    let manual = [IntegrationRow { setup_type: SetupType::Manual, ..before[0].clone() }];
    assert_eq!(told(&run(&manual, &declared, "2.4.7-p3")), ["Acme Bridge: create new"]);
    // The row has the name in another case.
    let other = [IntegrationRow { name: "ACME ERP".to_owned(), ..before[0].clone() }];
    let told = told(&run(&other, &declared, "2.4.7-p3"));
    assert_eq!(told, ["Acme Bridge: create new", "ACME ERP: orphan removed(name)"]);
}

#[test]
fn a_retired_name_is_deleted_unless_a_module_declares_it() {
    let retired: BTreeSet<String> = ["Acme ERP".to_owned(), "Never There".to_owned()].into();
    for release in ALL {
        let before = rows(&[erp(), named("Other")], release);
        in_release(release, &[], |instance| {
            let after = upgrade(&before, &[named("Acme Bridge")], &retired, false, instance);
            let told = told(&after);
            assert!(told.contains(&"Acme ERP: delete retired".to_owned()), "{release}: {told:?}");
            assert!(told.contains(&"Other: orphan removed(name)".to_owned()), "{release}: {told:?}");
            assert!(after.rows.iter().all(|row| row.name != "Acme ERP"), "{release}");
            let again = upgrade(&before, &[erp()], &retired, false, instance);
            assert!(again.rows.iter().any(|row| row.name == "Acme ERP"), "{release}");
        });
        let manual = [IntegrationRow { setup_type: SetupType::Manual, ..before[0].clone() }];
        in_release(release, &[], |instance| {
            let after = upgrade(&manual, &[], &retired, false, instance);
            assert!(after.fates.is_empty() && after.rows.len() == 1, "{release}");
        });
    }
}

/// 2.0 calls the plugin only when a setup script processes the pair.
#[test]
fn the_pair_is_renamed_and_retired_too() {
    let retired: BTreeSet<String> = ["Old CRM".to_owned()].into();
    for release in EVER {
        let declared = [legacy(heir("Acme Bridge", &["Acme ERP"]))];
        let before = rows(&[legacy(erp()), legacy(named("Old CRM"))], release);
        for (runs_scripts, is_done) in [(true, true), (false, *release != "2.0.0")] {
            let told = in_release(release, &[], |instance| {
                told(&upgrade(&before, &declared, &retired, runs_scripts, instance))
            });
            let expected: &[&str] = if is_done {
                &["Acme Bridge: rename renamed-in-place(name)", "Old CRM: delete retired"]
            } else {
                &[
                    "Acme Bridge: ignored not-processed",
                    "Acme ERP: orphan removed(name)",
                    "Old CRM: orphan removed(name)",
                ]
            };
            assert_eq!(told, expected, "{release}, {runs_scripts}");
        }
    }
}

#[test]
fn plugins_of_several_modules_rename_one_after_the_other() {
    let former = rows(&[named("Acme Old"), named("Acme ERP")], "2.4.7");
    let one = heir("Acme New", &["Acme Old"]);
    let both = DeclaredIntegration {
        former: vec![vec!["Acme Old".to_owned()], vec!["Acme ERP".to_owned()]],
        ..one.clone()
    };
    let after = run(&former, std::slice::from_ref(&both), "2.4.7");
    let lines = told(&after);
    assert!(lines.iter().any(|line| line.starts_with("Acme New: rename")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("Acme ERP: orphan both-in-use")), "{lines:?}");
    // Whoever is not in use goes.
    let after = run(&[former[0].clone(), unused(&former[1])], &[both], "2.4.7");
    assert_eq!(after.rows.len(), 1, "{:?}", told(&after));
}
