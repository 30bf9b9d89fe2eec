//! Each tier of PHP: nothing in the files is newer.

use magespec::tree::Tree;

use super::{code, text, tiers};

#[test]
fn nothing_is_newer_than_the_oldest_php() {
    let [(_, newest), (_, of_2_3), (_, of_2_2), (_, of_2_0)] = tiers().map(|(it, tree)| (it, code(&tree)));
    for php_8_1 in ["private readonly", "private string $", "sodium_base642bin"] {
        assert!(newest.contains(php_8_1), "{php_8_1}");
        assert!(!of_2_3.contains(php_8_1), "{php_8_1}");
    }
    for php_7_1 in ["declare(strict_types=1);", "?int $storeId = null", "): string", "): void"] {
        assert!(of_2_3.contains(php_7_1), "{php_7_1}");
    }
    for php_7 in
        ["strict_types", "?int", "?string", "): ", "int $", "string $", "bool $", "private const", " ?? "]
    {
        for code in [&of_2_2, &of_2_0] {
            let lines = code.lines().filter(|line| !line.trim_start().starts_with('*'));
            assert_eq!(lines.filter(|line| line.contains(php_7)).collect::<Vec<_>>(), Vec::<&str>::new());
        }
    }
}

#[test]
fn lines_are_no_longer_than_the_coding_standard_has_them() {
    for (release, tree) in tiers() {
        for line in code(&tree).lines().filter(|line| !line.contains("@return") && !line.contains("@param")) {
            assert!(line.chars().count() <= 120, "{release}: {line}");
        }
    }
}

#[test]
fn what_a_release_lacks_is_left_out() {
    let [newest, of_2_3, of_2_2, of_2_0] = tiers().map(|(_, tree)| tree);
    let has = |tree: &Tree, path: &str| tree.paths().any(|made| made.as_str() == path);
    for (path, expected) in [
        ("etc/csp_whitelist.xml", [true, false, false, false]),
        ("etc/db_schema.xml", [true, true, false, false]),
        ("Logger/Handler.php", [false, false, true, true]),
        ("Test/Unit/Model/ConfigTest.php", [true, true, false, false]),
    ] {
        assert_eq!([&newest, &of_2_3, &of_2_2, &of_2_0].map(|tree| has(tree, path)), expected, "{path}");
    }
    assert!(
        text(&of_2_3, "etc/di.xml").contains("TypePool") && !text(&of_2_2, "etc/di.xml").contains("TypePool")
    );
    let system = "etc/adminhtml/system.xml";
    assert!(text(&of_2_2, system).contains("canRestore") && !text(&of_2_0, system).contains("canRestore"));
}
