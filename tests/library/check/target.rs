use magespec::{
    catalog::Catalog,
    diag::{Level, Rule},
};

use super::{all_findings, findings, findings_in, finds, fixed, is_whole, passes, shop, spec, triggers};

fn target(constraint: &str) -> String {
    // Integrations that exist in every release, and no note on bearer tokens.
    format!(
        "[target]\nmagento = {constraint}\n[rules]\nbearer-token-refused = \"allow\"\n[[integration]]\nname = \"Acme ERP\"\nemail = \"erp@acme.com\"\nresources = [\"Magento_Sales::actions_view\"]\n"
    )
}

#[test]
fn target_syntax() {
    let finding = finds(Rule::TargetSyntax, &target("«\"2.4\"»").replace("«\"2.4\"»", "\"«2.4»\""));
    assert!(finding.help.unwrap().contains("2.4.*"));
    finds(Rule::TargetSyntax, &target("\">=2.4.4 «latest»\""));
    for constraint in ["2.4.7", "2.4.*", "~2.4.6 <2.4.9", "2.4.4 - 2.4.8", "2.3.7 || ~2.4.6 <2.4.9"] {
        assert!(!triggers(Rule::TargetSyntax, &target(&format!("\"{constraint}\""))), "{constraint}");
    }
}

#[test]
fn target_matches_nothing() {
    for (constraint, help) in [
        ("<2.0", "\"2.0.*\""),
        (">=2.4.5 <2.4.5", "\">=2.4.4 <=2.4.9\""),
        (">=2.5 <2.4", "\">=2.4.0 <2.5.0\""),
        (">2.4.9 <=2.4.6", "\">2.4.6 <=2.4.9\""),
        ("2.4.8 - 2.4.6", "\">=2.4.6 <=2.4.8\""),
        ("2.4.6 2.4.7-p1", "\"2.4.6 || 2.4.7-p1\""),
        ("2.4.6, 2.4.7", "\"2.4.6 || 2.4.7\""),
    ] {
        let finding = finds(Rule::TargetMatchesNothing, &target(&format!("«\"{constraint}\"»")));
        assert!(finding.help.as_ref().unwrap().contains(help), "{constraint}: {finding:#?}");
    }
}

#[test]
fn target_newer_than_catalog() {
    for constraint in [">=2.4.7 <2.4.12", "2.4.8 || 2.4.12"] {
        let finding = finds(Rule::TargetNewerThanCatalog, &target(&format!("«\"{constraint}\"»")));
        assert!(finding.message.contains("2.4.9"), "{}", finding.message);
    }
    for constraint in [">=2.4.7 <2.4.9", "^2.4.8", "2.4.9"] {
        passes(&target(&format!("\"{constraint}\"")));
    }
    for (constraint, checked_against) in [
        ("2.4.9-p1", "2.4.9"),
        (">2.4.9", "2.4.9"),
        (">=2.4.10", "2.4.9"),
        ("2.5.0", "2.4.9"),
        ("2.5.*", "2.4.9"),
        ("3.*", "2.4.9"),
    ] {
        let finding = finds(Rule::TargetNewerThanCatalog, &target(&format!("«\"{constraint}\"»")));
        assert!(finding.message.contains("2.4.9"), "{constraint}: {finding:#?}");
        assert!(finding.reason.unwrap().ends_with(&format!("against {checked_against}")), "{constraint}");
    }
}

#[test]
fn certain_mistakes_in_the_target_have_a_fix() {
    for (wrong, right) in [
        ("2.4.7p3", "2.4.7-p3"),
        ("2.4.7-P3", "2.4.7-p3"),
        ("=>2.4.7 <2.4.8", ">=2.4.7 <2.4.8"),
        (">=2.4.7 =<2.4.8", ">=2.4.7 <=2.4.8"),
    ] {
        assert_eq!(fixed(&spec(&target(&format!("\"{wrong}\"")))), spec(&target(&format!("\"{right}\""))));
    }
}

#[test]
fn shop_not_in_target() {
    let found = |constraint: &str| {
        findings_in(
            &spec(&target(&format!("\"{constraint}\""))),
            &shop("2.4.7-p11", &["Magento_Sales::actions_view"]),
        )
    };
    let [finding] = <[_; 1]>::try_from(found(">=2.4.8 <2.4.9")).unwrap();
    assert_eq!(
        (finding.rule, finding.message.as_str()),
        (Rule::ShopNotInTarget, "the shop runs Magento 2.4.7-p11, which is not in the target")
    );
    assert_eq!(found(">=2.4.7 <2.4.12"), [], "nor is there a word about what the bundled catalog lacks");
}

#[test]
fn target_crosses_legacy() {
    finds(Rule::TargetCrossesLegacy, &target("«\"2.0.* || 2.4.7\"»"));
    passes(&target("\"2.0.*\""));
}

#[test]
fn target_always_resets() {
    let finding =
        finds(Rule::TargetAlwaysResets, &target("«\"~2.2.7\"»").replace("~2.2.7", ">=2.2.7 <2.2.10"));
    assert!(finding.message.ends_with("in 2.2.7"), "{}", finding.message);
    finds(Rule::TargetAlwaysResets, &target("«\"2.1.*\"»"));
    finds(Rule::TargetAlwaysResets, &target("«\"2.3.0 || 2.4.7\"»"));
    passes(&target("\">=2.2.8 <2.2.10 || >=2.3.1 <2.3.3\""));
    assert!(!spec("").contains("2.3.0"));
}

#[test]
fn target_without_patches() {
    let finding = finds(Rule::TargetWithoutPatches, &target("«\"2.4.6 - 2.4.8\"»"));
    assert_eq!(finding.message, "the target leaves out 2.4.8-p1..2.4.8-p5, the patches of 2.4.8");
    assert!(finding.help.unwrap().ends_with("magento = \">=2.4.6 <2.4.9\""));
    finds(Rule::TargetWithoutPatches, &target("«\">=2.4.6 <=2.4.7\"»"));
    let finding = finds(Rule::TargetWithoutPatches, &target("«\"=2.4.1\"»"));
    assert_eq!(finding.message, "the target leaves out 2.4.1-p1, the patches of 2.4.1");
    assert_eq!(finding.help.unwrap(), "write 2.4.1 without `=`, which includes its patches");
    let found = findings(&spec(&target("\"=2.3.5\"")));
    assert!(found.iter().any(|it| it.message.contains("leaves out 2.3.5-p1..2.3.5-p2")), "{found:#?}");
    let found = findings(&spec(&target("\"2.4.5 - 2.4.6 || =2.4.8\"")));
    assert_eq!(found.len(), 2, "both ends: {found:#?}");
    for constraint in
        [">=2.4.6 <2.4.9", "2.4.8", "<=2.4.9 >=2.4.8", ">=2.4.6 <=2.4.8-p5", "2.4.6 - 2.4.8 || 2.4.8"]
    {
        passes(&target(&format!("\"{constraint}\"")));
    }
}

#[test]
fn releases_between_known_ones_are_not_newer() {
    for (constraint, absent, checked_against) in [
        ("2.4.8-p6", "2.4.8-p6", "2.4.8-p5"),
        ("2.4.7-p11", "2.4.7-p11", "2.4.7-p10"),
        (">2.4.7-p10 <2.4.8", "2.4.7-p11", "2.4.7-p10"),
        ("2.4.7-p11 || 2.4.8", "2.4.7-p11", "2.4.7-p10"),
        (">=2.4.7 <=2.4.7-p12", "2.4.7-p12", "2.4.7-p10"),
        ("2.3.3-p1 || 2.4.7", "2.3.3-p1", "2.3.3"),
        ("2.3.5", "2.3.5", "2.3.5-p1"),
        ("2.3.4-p1", "2.3.4-p1", "2.3.4"),
        ("2.0.18", "2.0.18", "2.0.0"),
        ("2.2.12", "2.2.12", "2.2.11"),
        (">=2.2.12 <2.3", "2.2.12", "2.2.11"),
    ] {
        let finding = finds(Rule::TargetNewerThanCatalog, &target(&format!("«\"{constraint}\"»")));
        let message = format!("the target includes {absent}, which is not in the catalog");
        assert_eq!(finding.message, message, "{constraint}");
        assert_eq!(finding.reason.unwrap(), format!("it was checked against {checked_against}"));
        let help = finding.help.unwrap();
        assert_eq!(help.contains("upgrade magespec"), absent.starts_with("2.4"), "{help}");
        assert_eq!(help.contains("check --magento ROOT"), !absent.starts_with("2.4"), "{help}");
        assert!(help.contains("magento = \""), "{help}");
    }
    for constraint in [">=2.3.5 <2.3.7", "~2.3.5 <2.3.7", "2.3.4 - 2.3.5-p2", "2.3.5-p1 || 2.3.5-p2"] {
        passes(&target(&format!("\"{constraint}\"")));
    }
    let text = spec(&target("\"2.4.7-p11 || 2.4.10\""));
    let mut found = all_findings(&text, Catalog::bundled());
    found.retain(|finding| finding.rule == Rule::TargetNewerThanCatalog);
    let [found] = found.as_slice() else { panic!("one for all: {found:#?}") };
    assert_eq!(found.level, Level::Note, "nothing is refused for being newer");
    assert_eq!(found.message, "the target includes 2.4.7-p11 to 2.4.10, which are not in the catalog");
    assert_eq!(found.reason.as_deref(), Some("it was checked against 2.4.7-p10, 2.4.9"));
}

#[test]
fn releases_that_always_reset_are_excluded_by_the_target_if_others_remain() {
    for (constraint, help) in [
        ("2.3.*", "narrow the target: magento = \">=2.3.1 <2.4.0\", or set `keep_credentials = true`"),
        (">=2.2.0 <2.3", "narrow the target: magento = \">=2.2.8 <2.3.0\", or set `keep_credentials = true`"),
        ("2.1.*", "target 2.2.8, 2.3.1 or later (2.1 was never fixed), or set `keep_credentials = true`"),
    ] {
        let found = all_findings(&spec(&target(&format!("\"{constraint}\""))), Catalog::bundled());
        let finding = found.iter().find(|it| it.rule == Rule::TargetAlwaysResets).unwrap();
        assert!(finding.help.as_ref().unwrap().starts_with(help), "{finding:#?}");
    }
}

#[test]
fn a_release_without_a_known_acl_is_not_verified() {
    for constraint in ["2.2.11", "2.2.*"] {
        let found = all_findings(&spec(&target(&format!("\"{constraint}\""))), Catalog::bundled());
        let finding = found.iter().find(|it| it.rule == Rule::ReleaseNotVerified).unwrap();
        assert!(finding.reason.as_ref().unwrap().contains("2.2.11"), "{finding:#?}");
    }
}

/// Releases that are not known from their code are named by how they are known; those read from code are not.
#[test]
fn releases_that_were_not_read_from_code_are_noted() {
    let notes = |target: &str| {
        let text = spec(&format!("[target]\nmagento = \"{target}\"\n"));
        let mut found = all_findings(&text, Catalog::bundled());
        found.retain(|finding| finding.rule == Rule::ReleaseNotVerified);
        found.iter().for_each(is_whole);
        found.into_iter().filter_map(|finding| finding.reason).collect::<Vec<_>>()
    };
    assert_eq!(
        notes(">=2.4.8 <2.4.9"),
        ["the ACL and routes of 2.4.8-p2..2.4.8-p3 are deduced from other releases; \
             those of 2.4.8-p4..2.4.8-p5 are assumed to match those of 2.4.8-p3"]
    );
    assert_eq!(notes("2.4.8-p3"), ["the ACL and routes of 2.4.8-p3 are deduced from other releases"]);
    assert_eq!(notes("2.4.7-p8 || 2.4.8-p1"), [""; 0]);
}
