//! Commands that bring a module in, by release and mode (docs/magento/deploying.md#commands).

use magespec::{
    magento::{DeployMode, Needs, ShopCommand, Situation, removal, steps},
    names::ModuleName,
};

const NONE: Needs = Needs { upgrade: false, compile: false, flush: false };
const XML: Needs = Needs { upgrade: true, compile: false, flush: true };
const PHP: Needs = Needs { upgrade: false, compile: true, flush: false };
const ALL: Needs = Needs { upgrade: true, compile: true, flush: true };

fn commands(steps: Vec<ShopCommand>) -> String {
    steps.iter().map(|step| step.arguments().join(" ")).collect::<Vec<_>>().join(", ")
}

fn situation(version: &str, mode: &str, is_enabled: bool, needs: Needs) -> Situation {
    Situation {
        version: version.parse().unwrap(),
        mode: DeployMode::from(mode),
        is_enabled,
        is_closed: false,
        needs,
    }
}

#[test]
fn commands_by_mode() {
    let module = ModuleName::new("Acme_Orders").unwrap();
    for (mode, is_enabled, needs, expected) in [
        ("default", true, NONE, ""),
        ("default", true, XML, "setup:upgrade, cache:flush"),
        ("developer", false, XML, "module:enable Acme_Orders, setup:upgrade, cache:flush"),
        ("developer", true, Needs { flush: true, ..NONE }, "cache:flush"),
        ("developer", true, ALL, "setup:upgrade, cache:flush"),
        ("developer", true, PHP, "setup:upgrade, cache:flush"),
        ("production", true, NONE, ""),
        ("production", true, Needs { flush: true, ..NONE }, "cache:flush"),
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
        let steps = steps(&module, situation("2.4.7", mode, is_enabled, needs));
        assert_eq!(commands(steps), expected, "{mode} {is_enabled} {needs:?}");
    }
}

#[test]
fn static_files_are_emptied_from_2_1_on() {
    let module = ModuleName::new("Acme_Orders").unwrap();
    let deploys = |version: &str| {
        steps(&module, situation(version, "production", true, ALL)).contains(&ShopCommand::Deploy)
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
    assert_eq!(empties(ShopCommand::Flush, "2.4.8"), "var/cache var/page_cache");
}

#[test]
fn a_removal() {
    let module = ModuleName::new("Acme_Orders").unwrap();
    let removal = |mode, is_enabled| commands(removal(&module, situation("2.4.7", mode, is_enabled, NONE)));
    assert_eq!(removal("default", true), "module:disable Acme_Orders, cache:flush");
    assert_eq!(removal("default", false), "cache:flush");
    assert_eq!(
        removal("production", true),
        "maintenance:enable, module:disable Acme_Orders, setup:di:compile, cache:flush, maintenance:disable"
    );
}
