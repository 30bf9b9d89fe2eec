//! Commands that bring a module in, by release and mode (docs/magento/deploying.md#commands).

use std::collections::BTreeSet;

use magespec::{
    deploy::{DeployMode, Needs, ShopCommand, Situation, instructions, removal, steps},
    names::ModuleName,
};

const NONE: &[&str] = &[];
const XML: &[&str] = &["etc/integration.xml", "etc/acl.xml"];
const CACHED: &[&str] = &["etc/config.xml"];
const PHP: &[&str] = &["Model/Sync.php"];
const ALL: &[&str] = &["etc/acl.xml", "Model/Sync.php"];

fn commands(steps: Vec<ShopCommand>) -> String {
    steps.iter().map(|step| step.arguments().join(" ")).collect::<Vec<_>>().join(", ")
}

fn situation(version: &str, mode: &str, is_enabled: bool) -> Situation {
    Situation {
        version: version.parse().unwrap(),
        mode: DeployMode::from(mode),
        is_enabled,
        is_closed: false,
        is_behind: false,
    }
}

#[test]
fn commands_by_mode() {
    let module = ModuleName::new("Acme_Orders").unwrap();
    for (mode, is_enabled, needs, expected) in [
        ("default", true, NONE, ""),
        ("default", true, XML, "setup:upgrade, cache:flush"),
        ("developer", false, XML, "module:enable Acme_Orders, setup:upgrade, cache:flush"),
        ("developer", true, CACHED, "cache:flush config"),
        ("developer", true, ALL, "setup:upgrade, cache:flush"),
        ("developer", true, PHP, "setup:upgrade, cache:flush"),
        ("production", true, NONE, ""),
        ("production", true, CACHED, "cache:flush config"),
        (
            "production",
            true,
            XML,
            "maintenance:enable, setup:upgrade --keep-generated, cache:flush, maintenance:disable",
        ),
        (
            "production",
            false,
            XML,
            "maintenance:enable, module:enable Acme_Orders, setup:upgrade --keep-generated, setup:di:compile, cache:flush, \
             maintenance:disable",
        ),
        ("production", true, PHP, "maintenance:enable, setup:di:compile, cache:flush, maintenance:disable"),
        (
            "production",
            true,
            ALL,
            "maintenance:enable, setup:upgrade, setup:di:compile, setup:static-content:deploy, cache:flush, \
             maintenance:disable",
        ),
    ] {
        let steps = steps(&module, situation("2.4.7", mode, is_enabled), &Needs::of(needs));
        assert_eq!(commands(steps), expected, "{mode} {is_enabled} {needs:?}");
    }
    let behind = Situation { is_behind: true, ..situation("2.4.7", "developer", true) };
    assert_eq!(commands(steps(&module, behind, &Needs::default())), "setup:upgrade, cache:flush");
}

#[test]
fn static_files_are_emptied_from_2_1_on() {
    let module = ModuleName::new("Acme_Orders").unwrap();
    let deploys = |version: &str| {
        steps(&module, situation(version, "production", true), &Needs::of(ALL)).contains(&ShopCommand::Deploy)
    };
    assert_eq!(["2.0.0", "2.1.0", "2.2.0"].map(deploys), [false, true, true]);
}

#[test]
fn folders_by_release() {
    let empties = |step: ShopCommand, version: &str| step.empties(version.parse().unwrap()).join(" ");
    let upgrade = |keeps_generated| ShopCommand::Upgrade { keeps_generated };
    assert_eq!(empties(upgrade(false), "2.0.0"), "var/generation var/di");
    assert_eq!(empties(upgrade(false), "2.1.18"), "var/generation var/di pub/static var/view_preprocessed");
    assert_eq!(
        empties(upgrade(false), "2.2.0"),
        "generated/code generated/metadata pub/static var/view_preprocessed"
    );
    assert_eq!(empties(upgrade(true), "2.4.8"), "");
    let flush =
        |types: &[&'static str]| ShopCommand::Flush { types: types.iter().copied().collect::<BTreeSet<_>>() };
    assert_eq!(empties(flush(&[]), "2.4.8"), "var/cache var/page_cache");
    assert_eq!(empties(flush(&["config"]), "2.4.8"), "var/cache");
    let module = ModuleName::new("Acme_Orders").unwrap();
    assert_eq!(empties(ShopCommand::Enable(module.clone()), "2.4.8"), "generated/code generated/metadata");
    assert_eq!(empties(ShopCommand::Disable(module), "2.1.0"), "var/generation var/di");
}

#[test]
fn a_removal() {
    let module = ModuleName::new("Acme_Orders").unwrap();
    let removal = |mode, is_enabled| commands(removal(&module, situation("2.4.7", mode, is_enabled)));
    assert_eq!(removal("default", true), "module:disable Acme_Orders, cache:flush");
    assert_eq!(removal("default", false), "cache:flush");
    assert_eq!(
        removal("production", true),
        "maintenance:enable, module:disable Acme_Orders, setup:di:compile, cache:flush, maintenance:disable"
    );
}

/// The instructions for any shop are those of both modes together.
#[test]
fn instructions_hold_for_both_modes() {
    let module = ModuleName::new("Acme_Orders").unwrap();
    for needs in [NONE, XML, CACHED, PHP, ALL] {
        for is_enabled in [true, false] {
            let needs = Needs::of(needs);
            let all = instructions(&module, "2.4.7".parse().unwrap(), is_enabled, &needs);
            for mode in [DeployMode::Development, DeployMode::Production] {
                let there = all.iter().filter(|it| it.mode.is_none_or(|only| only == mode));
                let option =
                    |it: bool| if it && mode == DeployMode::Production { " --keep-generated" } else { "" };
                let there = there.map(|it| format!("{}{}", it.line, option(it.may_keep_generated)));
                let steps = steps(&module, situation("2.4.7", mode.as_str(), is_enabled), &needs);
                assert_eq!(there.collect::<Vec<_>>().join(", "), commands(steps), "{needs:?} {mode:?}");
            }
        }
    }
}
