use magespec::{
    catalog::{Catalog, Constraint, ReleaseSet, check_package_constraint},
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
        ("2.4.7", "2.4.7..2.4.7-p10"),
        ("=2.4.7", "2.4.7"),
        ("2.4.7-p3", "2.4.7-p3"),
        ("v2.4.7-p3", "2.4.7-p3"),
        ("2.4.*", "2.4.0..2.4.9"),
        ("2.4.x", "2.4.0..2.4.9"),
        ("2.4.7.*", "2.4.7..2.4.7-p10"),
        ("2.*.*", "2.0.0..2.4.9"),
        ("V2.4.7", "2.4.7..2.4.7-p10"),
        ("2.*", "2.0.0..2.4.9"),
        ("*", "2.0.0..2.4.9"),
        ("~2.4.6", "2.4.6..2.4.9"),
        ("~2.3", "2.3.0..2.4.9"),
        ("^2.4.4", "2.4.4..2.4.9"),
        (">=2.4.4 <2.4.9", "2.4.4..2.4.8-p5"),
        (">= 2.4.4, < 2.4.5", "2.4.4..2.4.4-p13"),
        (">2.4.8", "2.4.8-p1..2.4.9"),
        ("<=2.1.0", "2.0.0..2.1.0"),
        (">=2.4.7 <=2.4.8", "2.4.7..2.4.8"),
        ("2.4.4 - 2.4.4-p2", "2.4.4..2.4.4-p2"),
        ("2.4.7 - 2.4", "2.4.7..2.4.9"),
        ("2.3.7 || ^2.4.8", "2.3.7..2.3.7-p4, 2.4.8..2.4.9"),
        ("2.3.6|2.4.0", "2.3.6..2.3.6-p1, 2.4.0..2.4.0-p1"),
        ("2.4.8 !=2.4.8-p1", "2.4.8, 2.4.8-p2..2.4.8-p5"),
        ("2.3.5", "2.3.5-p1..2.3.5-p2"),
        ("2.0.18", "2.0.0"),
    ] {
        assert_eq!(releases(constraint), expected, "{constraint}");
    }
}

#[test]
fn mistakes_are_explained_at_their_place() {
    for (constraint, span, message, help) in [
        ("2.4", "2.4", "is not a release", "2.4.*"),
        (">=2.4.4 latest", "latest", "not a Magento version", ">=2.4.4"),
        ("2.4.7p3", "2.4.7p3", "not a Magento version", "write 2.4.7-p3"),
        ("2.4.7-patch3", "2.4.7-patch3", "not a Magento version", "write 2.4.7-p3"),
        ("2.4.7-P3", "2.4.7-P3", "not a Magento version", "write 2.4.7-p3"),
        (">=2.4.7pl3", "2.4.7pl3", "not a Magento version", "write 2.4.7-p3"),
        ("2.4.7-p+3", "2.4.7-p+3", "not a Magento version", "2.4.7-p3"),
        ("2.4.7-p0", "2.4.7-p0", "not a Magento version", "2.4.7-p3"),
        ("2.4.8-beta1", "2.4.8-beta1", "not a Magento version", "stable releases"),
        ("=>2.4.4", "=>", "not an operator", "write >="),
        ("=<2.4.4", "=<", "not an operator", "write <="),
        ("~>2.4.4", "~>", "not an operator", "write ~"),
        (">>2.4.4", ">>", "not an operator", "the operators are"),
        ("=> 2.4.4", "=>", "not an operator", "write >="),
        ("", "", "missing", ">=2.4.4"),
        ("2.4.7 ||", "", "missing", ">=2.4.4"),
        ("2.4.7 || || 2.4.8", " ", "missing", ">=2.4.4"),
        ("2.4.7|\0|2.4.8", "\0", "not a Magento version", "2.4.7"),
        (">=2.4.4,", "", "missing", ">=2.4.4"),
        (">=2.4.4,,<2.4.9", "", "missing", ">=2.4.4"),
        ("@stable", "@stable", "a stability flag", "remove it"),
        ("2.4.7@stable", "2.4.7@stable", "a stability flag", "remove it"),
        ("dev-main", "dev-main", "a branch", "2.4.7"),
        ("2.4-dev", "2.4-dev", "a branch", "2.4.7"),
        (">=", ">=", "not followed by a version", ">=2.4.4"),
        (">=2.4.*", "2.4.*", "precede a wildcard", "without the operator"),
        ("2.4.* - 2.4.8", "2.4.*", "in a range", "2.4.0"),
        ("2.4.4 - *", "*", "in a range", ">=2.4.4"),
        ("2.4.6 to 2.4.8", "to", "not an operator", "write the bounds of the range"),
        ("2.4.4 -2.4.8", "-2.4.8", "not a Magento version", "write the bounds of the range"),
        ("2.4.7.1", "2.4.7.1", "not a Magento version", "2.4.7"),
        ("99999999999.1.1", "99999999999.1.1", "not a Magento version", "2.4.7"),
    ] {
        let error = constraint.parse::<Constraint>().unwrap_err();
        assert_eq!(&constraint[error.span.clone()], span, "{constraint}: {error:?}");
        assert!(error.message.contains(message), "{constraint}: {error:?}");
        assert!(error.help.contains(help), "{constraint}: {error:?}");
    }
}

#[test]
fn a_range_is_raised_in_the_form_it_has() {
    for (written, raised) in [
        (">=2.2.0 <2.4.9", Some(">=2.3.0 <2.4.9")),
        (">=2.2.0,<2.4.9", Some(">=2.3.0 <2.4.9")),
        (">= 2.2.0  <2.4.9", Some(">=2.3.0 <2.4.9")),
        (">2.2.0 <=2.4.8", Some(">=2.3.0 <=2.4.8")),
        (">=2.2.0 <2.4.9 !=2.4.4", Some(">=2.3.0 <2.4.9 !=2.4.4")),
        (">=2.2.0", Some(">=2.3.0")),
        ("^2.2", Some(">=2.3.0 <3.0.0")),
        ("2.2.0 - 2.4.8", Some(">=2.3.0 <=2.4.8")),
        ("<2.4.9", None),
        ("2.2.11 || >=2.3.0", None),
    ] {
        let constraint: Constraint = written.parse().unwrap();
        let found = constraint.raised(MagentoVersion::new(2, 3, 0));
        assert_eq!(found.as_deref(), raised, "{written}");
        let Some(found) = found.map(|it| it.parse::<Constraint>().unwrap()) else { continue };
        for release in Catalog::bundled().releases() {
            let is_kept =
                constraint.allows(release.version) && release.version >= MagentoVersion::new(2, 3, 0);
            assert_eq!(found.allows(release.version), is_kept, "{written}: {}", release.version);
        }
    }
}

#[test]
fn constraints_of_packages_are_what_composer_reads() {
    let accepted = [
        "*",
        "x",
        "*.*",
        "1.*",
        "1.x",
        "v1.2.x",
        "1.2.3.*",
        "1.*.*",
        "1",
        "1.2.3.4",
        "1.0-beta1",
        "1.0beta",
        "1.0-RC.2",
        "1.0-dev",
        "1.0@dev",
        "@stable",
        "dev-main",
        "dev-feature/x",
        "dev-main#abc",
        "1.x-dev",
        "1.x-dev#abc",
        "dev-main as 1.0.0",
        "dev-main as 1.0.x-dev",
        "~1.2",
        "^1.2",
        ">= 1.2",
        ">=1.2, <2",
        ">=1.2,<2",
        "1 || 2",
        "1|2",
        "1.0 - 2.0",
        ">=dev-main",
        "^1.x-dev",
        "2020-01-01",
        "20200101",
        "==1",
        "<>1",
        "!=1",
        "1.0+build",
        "self.version",
        "1.0-p1",
        "V1",
        "^v1.2@beta",
        "1.0.0-alpha.1.2",
        "^1.2.3.4",
        ">=1 <2 || ^3 !=3.1",
        "1.0-stable",
        "^1.0-dev",
        ">1.0.x-dev",
        "1.0_beta",
    ];
    for constraint in accepted {
        assert_eq!(check_package_constraint(constraint), Ok(()), "{constraint}");
    }
    for (constraint, span) in [
        ("not a ^^ constraint", "not"),
        ("^1 latest", "latest"),
        ("1.2.3.4.*", "1.2.3.4.*"),
        ("1.2.3.4.5", "1.2.3.4.5"),
        ("1.0@foo", "1.0@foo"),
        ("main", "main"),
        ("~>1.2", "~>"),
        ("^ 1.2", "^"),
        ("1.0,", ""),
        ("1 ||", ""),
        ("1 ||| 2", ""),
        ("1.0 - 2.*", "2.*"),
        (">1 - 2", ">1"),
        (">=1.*", "1.*"),
        ("^dev-main", "dev-main"),
        ("^^1", "^^"),
        ("=>1", "=>"),
        ("===1", "==="),
        ("!1", "!"),
        ("", ""),
        (">=", ">="),
        ("1..0", "1..0"),
        ("~1.x", "1.x"),
        ("!=1.*", "1.*"),
        ("1 as", "as"),
    ] {
        let error = check_package_constraint(constraint).unwrap_err();
        assert_eq!(&constraint[error.span.clone()], span, "{constraint}: {error:?}");
    }
}

#[test]
fn releases_beyond_the_catalog_are_named_or_only_allowed() {
    let catalog = Catalog::bundled();
    for (constraint, names_newer) in [
        ("2.4.7-p10", false),
        ("2.4.7-p11", true),
        ("<=2.4.7-p11", true),
        ("<2.4.7-p11", false),
        ("!=2.4.7-p11", false),
        (">2.4.7-p10", false),
        (">2.4.9", true),
        ("2.4.12", true),
        (">=2.4.4 <2.4.12", true),
        ("2.5.*", true),
        (">=2.5", true),
        ("2.4.4 - 2.5", true),
        ("2.4.4 - 2.4", false),
        ("^2.4.4", false),
        ("~2.4.6", false),
        ("2.4.*", false),
        (">=2.4.4 <2.4.10", false),
        (">=2.4.4 <2.5", false),
        ("^2.4 <3", false),
        ("*", false),
    ] {
        let target = catalog.resolve(&constraint.parse().unwrap()).unwrap();
        assert_eq!(!target.absent.is_empty(), names_newer, "{constraint}");
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
    fn sets_of_releases_are_written_as_constraints(bits in prop::collection::vec(prop::bool::weighted(0.7), 121), edge in 0usize..121) {
        let catalog = Catalog::bundled();
        let all = catalog.releases();
        let some = all.iter().zip(&bits).enumerate().filter(|&(at, (_, &bit))| bit || at == edge || at.abs_diff(edge) > 20);
        let set: ReleaseSet = some.map(|(_, (release, _))| release.id).collect();
        let text = catalog.constraint(set);
        let target = catalog.resolve(&text.parse().unwrap()).unwrap();
        prop_assert_eq!(target.releases, set, "{}", text);
        prop_assert_eq!(target.absent, []);
    }

    #[test]
    fn a_bare_version_is_the_release_and_its_patches(minor in 0u32..5, patch in 0u32..12, p in 0u32..14) {
        let version = MagentoVersion::new(2, minor, patch);
        let constraint: Constraint = version.to_string().parse().unwrap();
        prop_assert!(constraint.allows(version.with_p(p)));
        prop_assert!(!constraint.allows(MagentoVersion::new(2, minor, patch + 1)));
    }
}
