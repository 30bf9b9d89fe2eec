//! Each tier of PHP: files that parse, with nothing in them that is newer.

use std::process::Command;

use magespec::tree::Tree;

use super::{WIDE, made, text, written};
use crate::support;

/// The wide spec for other releases, without what they do not have.
fn for_target(target: &str, has_webhooks: bool) -> String {
    let mut tables: Vec<String> = WIDE.split("\n[").map(str::to_owned).collect();
    tables.retain(|table| !table.starts_with("csp]"));
    if !has_webhooks {
        tables.retain(|table| !table.starts_with("webhooks]") && !table.starts_with("[webhook]]"));
    }
    let rules = "\n[rules]\ntarget-always-resets = \"allow\"\n";
    tables.join("\n[").replace(">=2.4.4 <2.4.9", target) + rules
}

fn code(tree: &Tree) -> String {
    let files = tree.iter().filter(|(path, _)| path.as_str().ends_with(".php"));
    files.map(|(path, _)| text(tree, path.as_str())).collect()
}

fn tiers() -> [(&'static str, Tree); 4] {
    [
        ("2.4.7", made(WIDE)),
        ("2.3.7", made(&for_target(">=2.3.0 <2.4.4", true))),
        ("2.2.10", made(&for_target(">=2.1.0 <2.3", false))),
        ("2.0.0", made(&for_target("2.0.0", false))),
    ]
}

#[test]
fn php_parses() {
    for (release, tree) in tiers() {
        let dir = written(&tree);
        let files = tree.paths().filter(|path| path.as_str().ends_with(".php"));
        let parse = "foreach (array_slice($argv, 1) as $file) { token_get_all(file_get_contents($file), TOKEN_PARSE); } echo 'parsed';";
        let parsed = Command::new("php")
            .args(["-r", parse, "--"])
            .args(files.map(|path| path.as_str()))
            .current_dir(&dir)
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&parsed.stdout), "parsed", "{release}");
    }
}

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
fn the_judge_accepts_them() {
    let Some(judge) = support::shared::path("judge/judge") else { return };
    for (release, tree) in tiers() {
        let dir = written(&tree);
        let judged = Command::new(&judge).arg(dir.path()).args(["--magento", release]).output().unwrap();
        assert!(judged.status.success(), "{release}: {}", String::from_utf8_lossy(&judged.stdout));
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
