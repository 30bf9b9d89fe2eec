//! Targets of Mage-OS.

use magespec::{
    catalog::Catalog,
    diag::{Rule, Source},
};

use super::{findings, finds, passes, spec};

fn target(magento: &str) -> String {
    format!(
        "[target]\nmagento = {magento}\nedition = \"mage-os\"\n[rules]\nbearer-token-refused = \"allow\"\n"
    )
}

#[test]
fn findings_name_the_releases_of_mage_os_too() {
    let spec = spec(&target("\">=2.4.8 <2.4.9\"")).replace("actions_view", "nothing");
    let found = findings(&spec);
    let unknown = found.iter().find(|it| it.rule == Rule::UnknownResource).unwrap();
    assert!(unknown.message.ends_with("in 2.4.8..2.4.8-p5 (Mage-OS 1.1.0..2.3.0)"), "{}", unknown.message);
}

#[test]
fn the_readme_names_the_releases_of_mage_os() {
    let source = Source::new("integration.toml", spec(&target("\">=2.4.8 <2.4.9\"")));
    let compiled = magespec::compile(source, Catalog::bundled());
    let readme = compiled.tree.iter().find(|(path, _)| path.as_str() == "README.md").unwrap().1;
    let readme = String::from_utf8(readme.contents.to_vec()).unwrap();
    assert!(readme.contains("For Mage-OS 1.1.0..2.3.0, based on Magento `>=2.4.8 <2.4.9`"), "{readme}");
}

#[test]
fn composer_json_names_the_releases_of_mage_os_beside_what_the_spec_has() {
    let composer = |more: &str| {
        let spec = spec(&target("\">=2.4.8 <2.4.9\"")) + more;
        let compiled = magespec::compile(Source::new("integration.toml", spec), Catalog::bundled());
        let file = compiled.tree.iter().find(|(path, _)| path.as_str() == "composer.json").unwrap().1;
        serde_json::from_slice::<serde_json::Value>(&file.contents).unwrap()["extra"].clone()
    };
    assert_eq!(composer(""), serde_json::json!({ "mage-os": "1.1.0..2.3.0" }));
    let both = serde_json::json!({ "map": [["*", "a"]], "mage-os": "1.1.0..2.3.0" });
    assert_eq!(composer("[composer]\nextra = { map = [[\"*\", \"a\"]] }\n"), both);
}

#[test]
fn releases_that_no_mage_os_is_made_of_are_refused() {
    finds(Rule::TargetMatchesNothing, &target("«\"2.3.7\"»"));
    passes(&target("\"2.4.8\""));
}

#[test]
fn numbers_of_mage_os_are_told_from_those_of_magento() {
    for (written, named, instead) in [
        (
            ">=1.0.4 <2.0",
            "Mage-OS 1.0.4..1.3.1 are based on Magento 2.4.7-p2..2.4.8-p2",
            ">=2.4.7-p2 <=2.4.8-p2",
        ),
        (">=1.0.4", "Mage-OS 1.0.4..3.4.0 are based on Magento 2.4.7-p2..2.4.9", ">=2.4.7-p2"),
        ("^2.1", "Mage-OS 2.1.0..2.3.0 are based on Magento 2.4.8-p3..2.4.8-p5", ">=2.4.8-p3 <=2.4.8-p5"),
        ("2.3.0", "Mage-OS 2.3.0 is based on Magento 2.4.8-p5", "2.4.8-p5"),
        ("2.3.* || 3.*", "Mage-OS 2.3.0..3.4.0 are based on Magento 2.4.8-p5..2.4.9", ">=2.4.8-p5 <=2.4.9"),
    ] {
        finds(Rule::TargetMatchesNothing, &target(&format!("«\"{written}\"»")));
        let found = findings(&spec(&target(&format!("\"{written}\""))));
        let found = found.iter().find(|it| it.rule == Rule::TargetMatchesNothing).unwrap();
        assert_eq!(found.message, format!("`{written}` has the numbers of Mage-OS releases"));
        assert_eq!(found.reason, Some(format!("`magento` names releases of Magento; {named}")));
        assert_eq!(found.help, Some(format!("write magento = \"{instead}\"")));
        let open_source = target(&format!("\"{written}\"")).replace("mage-os", "open-source");
        let found = findings(&spec(&open_source));
        assert!(!found.iter().any(|it| it.message.contains("Mage-OS")), "{written}");
    }
    for written in [">=2.4.4 <2.4.9", "~2.4.7", "2.4.8 || 2.4.9", "2.4.9"] {
        let found = findings(&spec(&target(&format!("\"{written}\""))));
        assert!(!found.iter().any(|it| it.rule == Rule::TargetMatchesNothing), "{written}");
    }
}

#[test]
fn the_one_release_that_replaces_nothing_is_noted() {
    finds(Rule::MageOsWithoutReplace, &target("«\"=2.4.7-p1\"»"));
    passes(&target("\"=2.4.7-p3\""));
}

/// A requirement that Magento's framework fulfils is fulfilled by the one that replaces it.
#[test]
fn mage_os_replaces_the_framework_of_the_release_that_it_is_made_of() {
    let catalog = Catalog::bundled();
    let mut seen = 0;
    for release in catalog.releases() {
        for made in catalog.mage_os_of([release.id].into_iter().collect()) {
            seen += 1;
            let expected = (made.version.to_string() != "1.0.2").then_some(release.framework);
            assert_eq!(made.replaces_framework, expected, "Mage-OS {}", made.version);
        }
    }
    assert_eq!(seen, 23);
}
