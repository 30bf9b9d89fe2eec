//! Every fact about `setup:upgrade` in docs/magento, as a case.

mod kept;
mod permissions;

use magespec::{
    catalog::{Catalog, behaviour},
    module::{DeclaredIntegration, Form},
    plan::{IntegrationRow, IntegrationStatus, SetupType, Upgraded},
};

use super::{asking_for, erp, in_release, upgrade, with};

/// Releases that compare as they should: of each line the first, and later ones.
const SOUND: &[&str] = &["2.2.8", "2.2.10", "2.3.1", "2.3.7-p4", "2.4.0", "2.4.4", "2.4.7-p3", "2.4.8-p1"];
/// Releases that reset at every `setup:upgrade`.
const FAULTY: &[&str] = &["2.1.0", "2.1.18", "2.2.0", "2.2.7", "2.3.0"];
const ALL: &[&str] =
    &["2.1.0", "2.1.18", "2.2.7", "2.2.8", "2.3.0", "2.3.1", "2.4.0", "2.4.7-p3", "2.4.8-p1"];
const EVER: &[&str] =
    &["2.0.0", "2.1.18", "2.2.7", "2.2.8", "2.3.0", "2.3.1", "2.4.0", "2.4.7-p3", "2.4.8-p1"];
/// Releases with 3-byte tables.
const THREE_BYTES: &[&str] = &["2.1.0", "2.1.18", "2.2.7", "2.2.8", "2.3.0", "2.3.1", "2.4.0", "2.4.7-p3"];
/// Releases with 4-byte tables.
const FOUR_BYTES: &[&str] = &["2.4.8", "2.4.8-p1", "2.4.9"];
const EXECUTED: &[&str] = &["2.4.7-p3"];

const ROOT: &str = "Magento_Backend::admin";

/// Contents of the table before the upgrade.
enum Table {
    /// Nothing.
    Empty,
    /// The rows that `setup:upgrade` creates for this integration, in use.
    Of(DeclaredIntegration),
    /// The same, but made in Admin.
    Manual(DeclaredIntegration),
}

use Table::{Empty, Manual, Of};

struct Case {
    /// Page and anchor in docs/magento, and which part of the fact it is.
    says: &'static str,
    releases: &'static [&'static str],
    before: Table,
    after: Vec<DeclaredIntegration>,
    /// Each integration: name, action, codes; `email` and the like behind a code where it is about a value.
    comes_to: &'static [&'static str],
}

fn case(
    says: &'static str,
    releases: &'static [&'static str],
    before: Table,
    after: Vec<DeclaredIntegration>,
    comes_to: &'static [&'static str],
) -> Case {
    Case { says, releases, before, after, comes_to }
}

fn legacy(declared: DeclaredIntegration) -> DeclaredIntegration {
    DeclaredIntegration { form: Form::Legacy, ..declared }
}

fn named(name: &str) -> DeclaredIntegration {
    with(|it| it.name = name.to_owned())
}

fn long(text: &str, length: usize) -> String {
    text.to_owned() + &"x".repeat(length - text.len())
}

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    let changed = |change: fn(&mut DeclaredIntegration)| vec![with(change)];
    let two = ["Magento_Customer::manage", "Magento_Sales::actions_view"];
    vec![
        // Create and keep
        case("setup-upgrade.md#create no row of that name", ALL, Empty, vec![erp()], &["Acme ERP: create new"]),
        case("setup-upgrade.md#keep equal", SOUND, Of(erp()), vec![erp()], &["Acme ERP: keep"]),
        case("setup-upgrade.md#keep executed", EXECUTED, Of(erp()), vec![erp()], &["Acme ERP: keep"]),
        case("setup-upgrade.md#always-reset 2.1.0-2.1.18, 2.2.0-2.2.7, 2.3.0", FAULTY, Of(erp()), vec![erp()], &["Acme ERP: reset always-resets"]),
        case("setup-upgrade.md#always-reset any integration with at least one resolved resource", FAULTY, Of(asking_for([])), vec![asking_for([])], &["Acme ERP: keep"]),
        // What resets
        case("setup-upgrade.md#what-resets email", SOUND, Of(erp()), changed(|it| it.email = Some("it@acme.com".into())), &["Acme ERP: reset attribute-changed(email)"]),
        case("setup-upgrade.md#what-resets email, and the fault beside it", FAULTY, Of(erp()), changed(|it| it.email = Some("it@acme.com".into())), &["Acme ERP: reset attribute-changed(email) always-resets(resources)"]),
        case("setup-upgrade.md#what-resets endpoint", SOUND, Of(erp()), changed(|it| it.endpoint = Some("https://a.com/x".into())), &["Acme ERP: reset attribute-changed(endpoint_url)"]),
        case("setup-upgrade.md#what-resets identity link", SOUND, Of(erp()), changed(|it| it.identity_link_url = Some("https://a.com/x".into())), &["Acme ERP: reset attribute-changed(identity_link_url)"]),
        case("setup-upgrade.md#what-resets endpoint added", SOUND, Of(with(|it| it.endpoint = None)), vec![erp()], &["Acme ERP: reset attribute-changed(endpoint_url)"]),
        case("setup-upgrade.md#what-resets a resource added", SOUND, Of(erp()), vec![asking_for(["Magento_Customer::manage", "Magento_Cms::page"])], &["Acme ERP: reset resource-gained(Magento_Backend::content) resource-gained(Magento_Backend::content_elements) resource-gained(Magento_Cms::page)"]),
        case("setup-upgrade.md#what-resets a resource removed", SOUND, Of(asking_for(["Magento_Customer::manage", "Magento_Cms::page"])), vec![erp()], &["Acme ERP: reset resource-lost(Magento_Backend::content) resource-lost(Magento_Backend::content_elements) resource-lost(Magento_Cms::page)"]),
        case("setup-upgrade.md#reset email, endpoint and a resource, executed", EXECUTED, Of(erp()), changed(|it| { it.email = Some("it@acme.com".into()); it.endpoint = Some("https://a.com/x".into()); it.resources.insert("Magento_Customer::delete".into()); }), &["Acme ERP: reset attribute-changed(email) attribute-changed(endpoint_url) resource-gained(Magento_Customer::actions) resource-gained(Magento_Customer::delete)"]),
        case("setup-upgrade.md#magento-upgrade-resets another module's integration.xml of the same name changes", SOUND, Of(erp()), vec![asking_for(two)], &["Acme ERP: reset resource-gained(Magento_Sales::actions) resource-gained(Magento_Sales::actions_view) resource-gained(Magento_Sales::sales) resource-gained(Magento_Sales::sales_operation) resource-gained(Magento_Sales::sales_order)"]),
        // What does not
        case("setup-upgrade.md#what-resets not a resource that is there already as an ancestor", SOUND, Of(erp()), vec![asking_for(["Magento_Customer::manage", "Magento_Customer::customer"])], &["Acme ERP: keep"]),
        case("setup-upgrade.md#what-resets not an unknown resource", SOUND, Of(erp()), vec![asking_for(["Magento_Customer::manage", "Acme_No::such"])], &["Acme ERP: ignored resource-unknown(Acme_No::such)"]),
        case("setup-upgrade.md#what-resets not an added unknown resource, executed", EXECUTED, Of(erp()), vec![asking_for(["Magento_Customer::manage", "Acme_No::such"])], &["Acme ERP: ignored resource-unknown(Acme_No::such)"]),
        case("setup-upgrade.md#removed-url endpoint_url", SOUND, Of(erp()), changed(|it| it.endpoint = None), &["Acme ERP: ignored url-stays(endpoint_url)"]),
        case("setup-upgrade.md#removed-url identity_link_url", SOUND, Of(erp()), changed(|it| it.identity_link_url = None), &["Acme ERP: ignored url-stays(identity_link_url)"]),
        case("setup-upgrade.md#removed-url endpoint_url, executed", EXECUTED, Of(erp()), changed(|it| it.endpoint = None), &["Acme ERP: ignored url-stays(endpoint_url)"]),
        case("setup-upgrade.md#removed-url gone with a reset", SOUND, Of(erp()), changed(|it| { it.endpoint = None; it.email = Some("it@acme.com".into()); }), &["Acme ERP: reset attribute-changed(email) url-goes(endpoint_url)"]),
        case("files-and-schemas.md#empty-url stored as NULL", EXECUTED, Of(with(|it| it.endpoint = Some(String::new()))), changed(|it| it.endpoint = Some(String::new())), &["Acme ERP: keep"]),
        // Names
        case("setup-upgrade.md#taken-over an integration created in Admin", SOUND, Manual(erp()), vec![erp()], &["Acme ERP: reset taken-over(setup_type)"]),
        case("setup-upgrade.md#taken-over not one of another name", SOUND, Manual(named("By hand")), vec![erp()], &["Acme ERP: create new"]),
        case("setup-upgrade.md#renamed a new one, and the old row stays", ALL, Of(erp()), vec![named("Acme ERP 2")], &["Acme ERP 2: create new", "Acme ERP: orphan removed(name)"]),
        case("setup-upgrade.md#renamed executed", EXECUTED, Of(erp()), vec![named("Acme Bridge")], &["Acme Bridge: create new", "Acme ERP: orphan removed(name)"]),
        case("setup-upgrade.md#orphan the row stays", ALL, Of(erp()), vec![], &["Acme ERP: orphan removed(name)"]),
        case("setup-upgrade.md#orphan executed", EXECUTED, Of(erp()), vec![], &["Acme ERP: orphan removed(name)"]),
        case("database.md#case-only case", ALL, Of(erp()), vec![named("ACME ERP")], &["ACME ERP: abort name-case-changed(name)"]),
        case("database.md#case-only accent", ALL, Of(erp()), vec![named("Acmé ERP")], &["Acmé ERP: abort name-case-changed(name)"]),
        case("database.md#case-only executed", EXECUTED, Of(named("Case Test")), vec![named("case test")], &["case test: abort name-case-changed(name)"]),
        case("database.md#case-only two integrations", ALL, Empty, vec![named("Acme ERP"), named("acme erp")], &["Acme ERP: create new", "acme erp: abort name-case-changed(name)"]),
        case("database.md#special-characters found again", EXECUTED, Of(named("A & \"B\" <ü>")), vec![named("A & \"B\" <ü>")], &["A & \"B\" <ü>: keep"]),
        case("database.md#weights a letter that weighs the same", ALL, Of(named("Acme Straße")), vec![named("Acme Strase")], &["Acme Strase: abort name-case-changed(name)"]),
        case("database.md#weights a combining accent weighs something", ALL, Of(named("Acme s\u{301}")), vec![named("Acme s")], &["Acme s: create new", "Acme s\u{301}: orphan removed(name)"]),
        case("files-and-schemas.md#apostrophe in integration.xml", ALL, Empty, vec![named("Acme's ERP")], &["Acme's ERP: abort name-apostrophe(name)"]),
        case("files-and-schemas.md#apostrophe not the typographic one, nor double quotes", ALL, Empty, vec![named("Acme’s \"ERP\"")], &["Acme’s \"ERP\": create new"]),
        case("files-and-schemas.md#apostrophe in the pair", EVER, Empty, vec![legacy(named("Acme's ERP"))], &["Acme's ERP: abort name-apostrophe(name)"]),
        // What a column does not hold
        case("database.md#emoji in a name", THREE_BYTES, Empty, vec![named("Acme 😀")], &["Acme 😀: abort four-byte-character(name)"]),
        case("database.md#emoji from 2.4.8 on", FOUR_BYTES, Of(named("Acme 😀")), vec![named("Acme 😀")], &["Acme 😀: keep"]),
        case("database.md#emoji from 2.4.8 on, all weigh the same", FOUR_BYTES, Of(named("Acme 😀")), vec![named("Acme 🚀")], &["Acme 🚀: abort name-case-changed(name)"]),
        case("database.md#emoji in an address", &["2.2.8", "2.4.7-p3"], Of(with(|it| it.email = Some("😀@acme.com".into()))), changed(|it| it.email = Some("😀@acme.com".into())), &["Acme ERP: reset four-byte-character(email)"]),
        case("database.md#emoji in a URL", &["2.2.8", "2.4.7-p3"], Of(with(|it| it.endpoint = Some("https://acme.com/😀".into()))), changed(|it| it.endpoint = Some("https://acme.com/😀".into())), &["Acme ERP: reset four-byte-character(endpoint_url)"]),
        case("database.md#cut-values email of 264 characters", SOUND, Of(with(|it| it.email = Some(long("erp@acme.", 264)))), changed(|it| it.email = Some(long("erp@acme.", 264))), &["Acme ERP: reset value-too-long(email)"]),
        case("database.md#cut-values endpoint over 255", SOUND, Of(with(|it| it.endpoint = Some(long("https://", 256)))), changed(|it| it.endpoint = Some(long("https://", 256))), &["Acme ERP: reset value-too-long(endpoint_url)"]),
        case("database.md#cut-values 255 characters are kept", SOUND, Of(with(|it| it.email = Some(long("erp@acme.", 255)))), changed(|it| it.email = Some(long("erp@acme.", 255))), &["Acme ERP: keep"]),
        // What stops it
        case("files-and-schemas.md#email-missing setup:upgrade aborts", ALL, Of(erp()), changed(|it| it.email = None), &["Acme ERP: abort email-missing(email)"]),
        case("files-and-schemas.md#integration-xml 2.0 does not read it", &["2.0.0"], Empty, vec![erp()], &[]),
        // The legacy pair
        case("files-and-schemas.md#legacy-pair created when the script runs", EVER, Empty, vec![legacy(erp())], &["Acme ERP: create new"]),
        case("files-and-schemas.md#legacy-in-place no change", EVER, Of(legacy(erp())), vec![legacy(erp())], &["Acme ERP: keep"]),
        case("files-and-schemas.md#legacy-in-place attributes", EVER, Of(legacy(erp())), vec![legacy(with(|it| it.email = Some("it@acme.com".into())))], &["Acme ERP: update attribute-changed(email)"]),
        case("files-and-schemas.md#legacy-in-place permissions", EVER, Of(legacy(erp())), vec![legacy(asking_for(["Magento_Customer::manage", "Magento_Cms::page"]))], &["Acme ERP: update resource-gained(Magento_Cms::page)"]),
        case("files-and-schemas.md#legacy-in-place takes over an integration created in Admin", EVER, Manual(legacy(erp())), vec![legacy(erp())], &["Acme ERP: update taken-over(setup_type)"]),
        case("setup-upgrade.md#removed-url of the pair", EVER, Of(legacy(erp())), vec![legacy(with(|it| it.endpoint = None))], &["Acme ERP: ignored url-stays(endpoint_url)"]),
        case("database.md#case-only of the pair", EVER, Of(legacy(erp())), vec![legacy(named("acme erp"))], &["acme erp: abort name-case-changed(name)"]),
        case("setup-upgrade.md#orphan of the pair", EVER, Of(legacy(erp())), vec![], &["Acme ERP: orphan removed(name)"]),
        case("files-and-schemas.md#legacy-resources-missing an exception from 2.1", ALL, Of(legacy(erp())), vec![legacy(asking_for([]))], &["Acme ERP: abort resources-missing(resources)"]),
        case("files-and-schemas.md#legacy-resources-missing not in 2.0", &["2.0.0"], Of(legacy(asking_for([]))), vec![legacy(asking_for([]))], &["Acme ERP: keep"]),
        case("resolving-permissions.md#legacy-names unknown ones are never stored", EVER, Of(legacy(erp())), vec![legacy(asking_for(["Magento_Customer::manage", "Acme_No::such"]))], &["Acme ERP: ignored resource-unknown(Acme_No::such)"]),
        case("setup-upgrade.md#legacy-setup-type from the pair to integration.xml: the ancestors are new", SOUND, Of(legacy(erp())), vec![erp()], &["Acme ERP: reset resource-gained(Magento_Customer::customer)"]),
        case("files-and-schemas.md#legacy-in-place from integration.xml to the pair", SOUND, Of(erp()), vec![legacy(erp())], &["Acme ERP: update resource-lost(Magento_Customer::customer)"]),
        // What grants nothing
        case("resolving-permissions.md#roots alone can do nothing", ALL, Empty, vec![asking_for(["Magento_Backend::all", ROOT])], &["Acme ERP: create new resource-unknown(Magento_Backend::admin) resource-unknown(Magento_Backend::all)"]),
        case("resolving-permissions.md#disabled as good as unknown", &["2.4.7-p3", "2.4.8-p1"], Empty, vec![asking_for(["Magento_Config::advanced", "Magento_Shipping::shipping_policy", "Magento_CatalogSearch::config_catalog_search"])], &["Acme ERP: create new resource-disabled(Magento_CatalogSearch::config_catalog_search) resource-disabled(Magento_Config::advanced) resource-disabled(Magento_Shipping::shipping_policy)"]),
    ]
}

#[test]
fn every_fact_comes_true() {
    let mut wrong = Vec::new();
    for Case { says, releases, before, after, comes_to } in cases() {
        for release in releases {
            let came = in_release(release, &[], |instance| {
                let rows = match &before {
                    Empty => Vec::new(),
                    Of(declared) | Manual(declared) => {
                        in_use(&upgrade(&[], std::slice::from_ref(declared), true, instance))
                    }
                };
                let setup_type =
                    if matches!(before, Manual(_)) { SetupType::Manual } else { SetupType::Config };
                let rows: Vec<IntegrationRow> =
                    rows.into_iter().map(|row| IntegrationRow { setup_type, ..row }).collect();
                let upgraded = upgrade(&rows, &after, true, instance);
                assert_consistent(&rows, &upgraded);
                told(&upgraded)
            });
            let expected =
                comes_to.iter().map(|line| line.replace("always-resets(resources)", "always-resets"));
            if came != expected.collect::<Vec<_>>() {
                wrong.push(format!("{says}, in {release}: {came:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn in_use(upgraded: &Upgraded) -> Vec<IntegrationRow> {
    upgraded.rows.iter().cloned().map(IntegrationRow::in_use).collect()
}

/// Each fate as a line: `name: action code(value) …`.
fn told(upgraded: &Upgraded) -> Vec<String> {
    let lines = upgraded.fates.iter().map(|fate| {
        let causes = fate.causes.iter().map(|cause| {
            let id =
                cause.code().starts_with("resource-").then(|| cause.after().or(cause.before())).flatten();
            let attribute = cause.attribute().filter(|_| cause.code() != "always-resets");
            match id.or(attribute.map(|attribute| attribute.as_str())) {
                Some(of) => format!(" {}({of})", cause.code()),
                None => format!(" {}", cause.code()),
            }
        });
        format!("{}: {}{}", fate.name, fate.action.as_str(), causes.collect::<String>())
    });
    lines.collect()
}

/// The rows are what the fates say (docs/magento/setup-upgrade.md#reset): a reset costs the token and ends with status
/// 2, a new row has status 0 and no token, and everything else leaves both alone.
fn assert_consistent(before: &[IntegrationRow], upgraded: &Upgraded) {
    let find = |rows: &[IntegrationRow], name: &str| rows.iter().find(|row| row.name == name).cloned();
    for fate in &upgraded.fates {
        let is = find(&upgraded.rows, &fate.name);
        let state = is.as_ref().map(|row| (row.status, row.has_token));
        match fate.action.as_str() {
            "create" => assert_eq!(state, Some((IntegrationStatus::Inactive, false)), "{fate:?}"),
            "reset" => assert_eq!(state, Some((IntegrationStatus::Reset, false)), "{fate:?}"),
            "orphan" => assert_eq!(find(before, &fate.name), is, "{fate:?}"),
            "abort" => assert_eq!(find(before, &fate.name), is, "{fate:?}"),
            _ => assert_eq!(state, Some((IntegrationStatus::Active, true)), "{fate:?}"),
        }
    }
    let lost = before.iter().filter(|row| !upgraded.rows.iter().any(|it| it.name == row.name));
    assert_eq!(lost.count(), 0, "no row goes for good");
}

/// A name of 260 characters is created once, and the second run stops (docs/magento/database.md#cut-values).
#[test]
fn a_name_that_is_cut_stops_the_second_run() {
    for release in SOUND {
        let name = long("Acme ", 260);
        let declared = [named(&name)];
        in_release(release, &[], |instance| {
            let first = upgrade(&[], &declared, true, instance);
            assert_eq!(first.rows[0].name.chars().count(), 255);
            let second = upgrade(&first.rows, &declared, true, instance);
            let told = told(&second);
            assert_eq!(told[0], format!("{name}: abort name-too-long(name)"), "{release}");
        });
    }
}

/// Repeated upgrades with an unchanged file leave an active integration alone (docs/magento/setup-upgrade.md#keep).
#[test]
fn repeated_upgrades_change_nothing() {
    for release in SOUND {
        in_release(release, &[], |instance| {
            let rows = in_use(&upgrade(&[], &[erp()], true, instance));
            let mut again = rows.clone();
            for _ in 0..3 {
                again = upgrade(&again, &[erp()], true, instance).rows;
            }
            assert_eq!(again, rows, "{release}");
        });
    }
}

/// The value that stayed is gone with the next reset (docs/magento/setup-upgrade.md#removed-url).
#[test]
fn a_removed_url_goes_with_the_next_reset() {
    in_release("2.4.7-p3", &[], |instance| {
        let rows = in_use(&upgrade(&[], &[erp()], true, instance));
        let without = with(|it| it.endpoint = None);
        let kept = upgrade(&rows, std::slice::from_ref(&without), true, instance).rows;
        assert_eq!(kept[0].endpoint, erp().endpoint);
        let moved = DeclaredIntegration { email: Some("it@acme.com".to_owned()), ..without };
        assert_eq!(upgrade(&kept, &[moved], true, instance).rows[0].endpoint, None);
    });
}

/// A row that was healed by hand, with its old consumer and the new permissions, is left alone
/// (docs/magento/setup-upgrade.md#heal).
#[test]
fn a_healed_row_is_left_alone() {
    in_release("2.4.7-p3", &[], |instance| {
        let rows = in_use(&upgrade(&[], &[erp()], true, instance));
        let moved = [with(|it| it.email = Some("it@acme.com".to_owned()))];
        let reset = upgrade(&rows, &moved, true, instance);
        let healed = in_use(&reset);
        assert_eq!(told(&upgrade(&healed, &moved, true, instance)), ["Acme ERP: keep"]);
    });
}

/// The fault is in exactly these releases, and only where the XML is compared
/// (docs/magento/setup-upgrade.md#always-reset).
#[test]
fn the_fault_is_in_the_releases_that_have_it() {
    for release in Catalog::bundled().releases() {
        let version = release.version.to_string();
        let told = in_release(&version, &[], |instance| {
            let rows = in_use(&upgrade(&[], &[erp()], true, instance));
            told(&upgrade(&rows, &[erp()], true, instance))
        });
        let expected: &[&str] = match version.as_str() {
            "2.0.0" => &[],
            _ if behaviour::always_resets(release.version) => &["Acme ERP: reset always-resets"],
            _ => &["Acme ERP: keep"],
        };
        assert_eq!(told, expected, "{version}");
    }
}

/// Without a script that runs, a change of the pair does nothing (docs/magento/files-and-schemas.md#legacy-pair).
#[test]
fn a_pair_that_no_script_processes_changes_nothing() {
    for release in EVER {
        in_release(release, &[], |instance| {
            let rows = in_use(&upgrade(&[], &[legacy(erp())], true, instance));
            let moved = [legacy(with(|it| it.email = Some("it@acme.com".to_owned())))];
            let upgraded = upgrade(&rows, &moved, false, instance);
            assert_eq!(
                (told(&upgraded), &upgraded.rows),
                (vec!["Acme ERP: ignored not-processed".to_owned()], &rows)
            );
            let none = upgrade(&[], &moved, false, instance);
            assert_eq!(
                (told(&none), none.rows),
                (vec!["Acme ERP: ignored not-processed".to_owned()], vec![])
            );
        });
    }
}
