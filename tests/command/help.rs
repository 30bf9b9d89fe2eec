use std::path::Path;

use super::magespec;

const COMMANDS: [&str; 31] = [
    "init",
    "check",
    "build",
    "diff",
    "plan",
    "review",
    "changes",
    "import",
    "status",
    "install",
    "uninstall",
    "heal",
    "credentials",
    "sign",
    "why",
    "acl",
    "routes",
    "access",
    "catalog",
    "calls",
    "openapi",
    "asyncapi",
    "schema",
    "explain",
    "fmt",
    "mock",
    "mock activate",
    "mock send",
    "lsp",
    "completions",
    "man",
];

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn help_of_every_command() {
    let mut all = magespec(here(), &["--help"]).stdout;
    for command in COMMANDS {
        let help = magespec(here(), &[command.split(' ').collect(), vec!["--help"]].concat());
        assert_eq!(help.status, 0);
        all += &format!("\n──── {command} ────\n{}", help.stdout);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn wrong_words_get_the_right_ones() {
    for (line, tip) in [
        ("chek", "'check'"),
        ("help chek", "'check'"),
        ("update", "'build'"),
        ("format", "'fmt'"),
        ("check --strict", "tip: use '--deny warnings'"),
        ("build --json", "tip: use '--format json'"),
        ("check --explain", "tip: run 'magespec explain RULE'"),
    ] {
        let ran = magespec(here(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.status, 1, "{line}");
        assert!(
            ran.stderr.contains(tip) && ran.stderr.matches("tip:").count() == 1,
            "{line}: {}",
            ran.stderr
        );
        assert!(
            !ran.stderr.contains("'schema'") && !ran.stderr.contains("as a value"),
            "{line}: {}",
            ran.stderr
        );
    }
    for line in ["access --zzz", "acl --zzz"] {
        let ran = magespec(here(), &line.split(' ').collect::<Vec<_>>());
        assert!(ran.status == 1 && !ran.stderr.contains("tip:"), "{line}: {}", ran.stderr);
    }
    for (line, needed) in [("catalog --format json", "--diff <OLD> <NEW>"), ("catalog", "--magento <ROOT>")] {
        let ran = magespec(here(), &line.split(' ').collect::<Vec<_>>());
        let message = ran.stderr.split("\n\n").next().unwrap();
        let expected = format!("error: the following required arguments were not provided:\n  {needed}");
        assert_eq!(message, expected, "{line}");
    }
    let release = magespec(here(), &["routes", "--magento", "2.4.8"]);
    assert!(release.stderr.contains("a release goes into --target"), "{}", release.stderr);
}

#[test]
fn wrong_usage_ends_with_1() {
    for arguments in
        [&["chek"][..], &["check", "--format", "xml"], &["explain", "unknown-resorce"], &["man", "x"]]
    {
        let ran = magespec(here(), arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{arguments:?}");
        assert!(!ran.stderr.is_empty());
    }
    assert!(
        magespec(here(), &["explain", "unknown-resorce"]).stderr.contains("did you mean `unknown-resource`?")
    );
    let nothing_like_it = magespec(here(), &["explain", "nosuch"]);
    assert!(
        nothing_like_it.stderr.contains("run `magespec explain` to list all rules"),
        "{}",
        nothing_like_it.stderr
    );
}

#[test]
fn explain_prints_the_page_and_lists_all() {
    let page = magespec(here(), &["explain", "unknown-resource"]);
    assert_eq!(page.stdout, include_str!("../../docs/rules/unknown-resource.md"));
    let list = magespec(here(), &["explain"]).stdout;
    for rule in magespec::diag::Rule::ALL {
        assert!(list.contains(rule.id()) && list.contains(rule.title()), "{rule}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&magespec(here(), &["explain", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["rules"].as_array().unwrap().len(), magespec::diag::Rule::ALL.len());
}

#[test]
fn schema_is_the_committed_one() {
    assert_eq!(magespec(here(), &["schema"]).stdout, include_str!("../../schema/integration.schema.json"));
}

#[test]
fn completions_and_pages_are_made() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(magespec(here(), &["completions", shell]).stdout.contains("magespec"), "{shell}");
    }
    for page in COMMANDS {
        assert!(
            magespec(here(), &[vec!["man"], page.split(' ').collect()].concat()).stdout.contains(".TH"),
            "{page}"
        );
    }
    assert!(magespec(here(), &["man"]).stdout.contains(".SH SYNOPSIS"));
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let out = std::process::Command::new("sh")
        .args([
            "-c",
            &format!(
                "set -o pipefail 2>/dev/null; {} explain --format json | true",
                env!("CARGO_BIN_EXE_magespec")
            ),
        ])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
}

#[test]
fn the_version_names_the_releases_of_the_catalog() {
    let newest = magespec::catalog::Catalog::bundled().releases().last().unwrap().version;
    let expected = format!("magespec {} (Magento 2.0.0 to {newest})\n", env!("CARGO_PKG_VERSION"));
    for flags in [&["--version"][..], &["-V"], &["check", "--version"]] {
        let text = magespec(here(), flags).stdout;
        assert!(text.ends_with(&expected["magespec ".len()..]) && text.lines().count() == 1, "{text}");
    }
}

#[test]
fn all_manual_pages_are_written_by_one_call() {
    let dir = tempfile::tempdir().unwrap();
    let ran = magespec(dir.path(), &["man", "--all", "share/man"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let pages: Vec<_> = std::fs::read_dir(dir.path().join("share/man/man1")).unwrap().collect();
    assert_eq!(pages.len(), COMMANDS.len() + 1);
    for page in ["magespec", "magespec-build", "magespec-mock-activate"] {
        let path = dir.path().join("share/man/man1").join(format!("{page}.1"));
        assert!(std::fs::read_to_string(path).unwrap().contains(".TH"), "{page}");
    }
    assert_eq!(magespec(dir.path(), &["man", "--all", "share/man", "build"]).status, 1);
}

#[test]
fn completions_know_the_rules() {
    for shell in ["bash", "zsh", "fish"] {
        let script = magespec(here(), &["completions", shell]).stdout;
        let missing: Vec<&str> = magespec::diag::Rule::ALL
            .iter()
            .map(|rule| rule.id())
            .filter(|id| !script.contains(id))
            .collect();
        assert!(missing.is_empty(), "{shell}: {missing:?}");
    }
}
