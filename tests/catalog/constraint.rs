use magespec::{
    catalog::{Catalog, Constraint},
    names::MagentoVersion,
};
use proptest::prelude::*;

fn releases(constraint: &str) -> String {
    let catalog = Catalog::bundled();
    let constraint: Constraint = constraint.parse().unwrap_or_else(|error| panic!("{constraint}: {error}"));
    catalog.resolve(&constraint).map(|target| catalog.describe(target.releases)).unwrap_or_default()
}

#[test]
fn constraints_allow_what_composer_says() {
    for (constraint, expected) in [
        ("2.4.7", "2.4.7..2.4.7-p6"),
        ("=2.4.7", "2.4.7"),
        ("2.4.7-p3", "2.4.7-p3"),
        ("v2.4.7-p3", "2.4.7-p3"),
        ("2.4.*", "2.4.0..2.4.9"),
        ("2.4.x", "2.4.0..2.4.9"),
        ("2.*", "2.0.0..2.4.9"),
        ("*", "2.0.0..2.4.9"),
        ("~2.4.6", "2.4.6..2.4.9"),
        ("~2.3", "2.3.0..2.4.9"),
        ("^2.4.4", "2.4.4..2.4.9"),
        (">=2.4.4 <2.4.9", "2.4.4..2.4.8-p1"),
        (">= 2.4.4, < 2.4.5", "2.4.4..2.4.4-p13"),
        (">2.4.8", "2.4.8-p1..2.4.9"),
        ("<=2.1.0", "2.0.0..2.1.0"),
        (">=2.4.7 <=2.4.8", "2.4.7..2.4.8"),
        ("2.4.4 - 2.4.4-p2", "2.4.4..2.4.4-p2"),
        ("2.4.7 - 2.4", "2.4.7..2.4.9"),
        ("2.3.7 || ^2.4.8", "2.3.7..2.3.7-p4, 2.4.8..2.4.9"),
        ("2.3.6|2.4.0", "2.3.6..2.3.6-p1, 2.4.0..2.4.0-p1"),
        ("2.4.8 !=2.4.8-p1", "2.4.8"),
        ("2.3.5", "2.3.5-p1..2.3.5-p2"),
        ("2.0.18", ""),
    ] {
        assert_eq!(releases(constraint), expected, "{constraint}");
    }
}

#[test]
fn mistakes_are_explained_at_their_place() {
    for (constraint, span, message, help) in [
        ("2.4", "2.4", "names no release", "2.4.*"),
        (">=2.4.4 latest", "latest", "no Magento version", "2.4.7-p3"),
        ("2.4.7p3", "2.4.7p3", "no Magento version", "2.4.7-p3"),
        ("=>2.4.4", ">2.4.4", "no Magento version", "the operators are"),
        ("", "", "missing", ">=2.4.4"),
        ("2.4.7 ||", "", "missing", ">=2.4.4"),
        ("2.4.7 || || 2.4.8", " ", "missing", ">=2.4.4"),
        ("@stable", "@stable", "no Magento version", "2.4.7"),
        ("dev-main", "dev-main", "no Magento version", "2.4.7"),
        (">=", ">=", "no version behind it", ">=2.4.4"),
        (">=2.4.*", "2.4.*", "before a wildcard", "alone"),
        ("2.4.7.1", "2.4.7.1", "no Magento version", "2.4.7"),
        ("99999999999.1.1", "99999999999.1.1", "no Magento version", "2.4.7"),
    ] {
        let error = constraint.parse::<Constraint>().unwrap_err();
        assert_eq!(&constraint[error.span.clone()], span, "{constraint}: {error:?}");
        assert!(error.message.contains(message), "{constraint}: {error:?}");
        assert!(error.help.contains(help), "{constraint}: {error:?}");
    }
}

#[test]
fn releases_beyond_the_catalog_are_named_or_only_allowed() {
    let catalog = Catalog::bundled();
    for (constraint, names_newer) in [
        ("2.4.12", true),
        (">=2.4.4 <2.4.12", true),
        ("2.5.*", true),
        (">=2.5", true),
        ("^2.4.4", false),
        ("~2.4.6", false),
        ("2.4.*", false),
        (">=2.4.4 <2.4.10", false),
        (">=2.4.4 <2.5", false),
        ("^2.4 <3", false),
        ("*", false),
    ] {
        assert_eq!(catalog.names_newer(&constraint.parse().unwrap()), names_newer, "{constraint}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "[0-9.*vxp<>=!~^| ,@a-z\\-ü]{0,24}") {
        match text.parse::<Constraint>() {
            Ok(constraint) => { let _ = Catalog::bundled().resolve(&constraint); }
            Err(error) => prop_assert!(text.get(error.span).is_some()),
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text: String) {
        if let Err(error) = text.parse::<Constraint>() {
            prop_assert!(text.get(error.span).is_some());
        }
    }

    #[test]
    fn a_bare_version_is_the_release_and_its_patches(minor in 0u32..5, patch in 0u32..12, p in 0u32..14) {
        let version = MagentoVersion::new(2, minor, patch);
        let constraint: Constraint = version.to_string().parse().unwrap();
        prop_assert!(constraint.allows(version.with_p(p)));
        prop_assert!(!constraint.allows(MagentoVersion::new(2, minor, patch + 1)));
    }
}
