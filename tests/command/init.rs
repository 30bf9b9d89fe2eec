use std::fs;

use super::magespec;

const FLAGS: [&str; 4] = ["--name", "Acme_ErpBridge", "--email", "erp@acme.com"];

#[test]
fn what_init_writes_compiles() {
    let dir = tempfile::tempdir().unwrap();
    let written = magespec(dir.path(), &[&["init"], FLAGS.as_slice()].concat());
    assert_eq!((written.status, written.stderr.as_str()), (0, ""));
    assert!(written.stdout.contains("no permissions yet"), "{}", written.stdout);
    let elsewhere = magespec(dir.path(), &[&["init", "a/b/erp.toml"], FLAGS.as_slice()].concat());
    assert!(
        elsewhere.stdout.contains("wrote a/b/erp.toml and a/b/integration.schema.json; next"),
        "{}",
        elsewhere.stdout
    );
    fs::remove_dir_all(dir.path().join("a")).unwrap();
    let checked = magespec(dir.path(), &["check", "--format", "short"]);
    let warnings: Vec<&str> = checked.stdout.lines().filter(|line| !line.contains(": note[")).collect();
    let [warning] = warnings.as_slice() else { panic!("{}", checked.stdout) };
    assert!(warning.contains("warning[no-resources]"), "{warning}");
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
}

#[test]
fn a_spec_with_a_call_has_no_warning_and_grants_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let more =
        ["--call", "GET /V1/orders", "--call", "POST /V1/order/:orderId/ship", "--edition", "commerce"];
    let place = ["--module-dir", "app/code/Acme/ErpBridge", "--magento", "2.4.8"];
    let written =
        magespec(dir.path(), &[&["init"], FLAGS.as_slice(), more.as_slice(), place.as_slice()].concat());
    assert_eq!((written.status, written.stderr.as_str()), (0, ""));
    assert_eq!(
        written.stdout,
        "wrote integration.toml and integration.schema.json; next: magespec check integration.toml\n"
    );
    let checked = magespec(dir.path(), &["check", "--deny", "warnings"]);
    assert_eq!(checked.status, 0, "{}", checked.stdout);
    let spec: toml::Table = fs::read_to_string(dir.path().join("integration.toml")).unwrap().parse().unwrap();
    assert_eq!(spec["integration"][0]["calls"].as_array().unwrap().len(), 2);
    assert!(spec["integration"][0].get("resources").is_none());
    assert_eq!(spec["target"]["edition"].as_str(), Some("commerce"));
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    assert!(dir.path().join("app/code/Acme/ErpBridge/etc/integration.xml").is_file());
}

#[test]
fn answers_that_would_not_build_are_refused() {
    for (answer, message) in [
        (["--call", "GET /V1/orderz"], "GET /V1/orderz"),
        (["--resource", "Magento_Sales::nothing"], "Magento_Sales::nothing"),
        (["--target", "1.9.4"], "1.9.4"),
        (["--name", "Magento_Sales"], "Magento_Sales"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let flags = FLAGS.chunks(2).filter(|flag| flag[0] != answer[0]).flatten().copied();
        let args: Vec<&str> = ["init"].into_iter().chain(flags).chain(answer).collect();
        let refused = magespec(dir.path(), &args);
        assert_eq!((refused.status, refused.stdout.as_str()), (1, ""), "{answer:?}");
        assert!(refused.stderr.starts_with("error: "), "{}", refused.stderr);
        assert!(refused.stderr.contains(message), "{}", refused.stderr);
        assert!(refused.stderr.ends_with("integration.toml was not written\n"), "{}", refused.stderr);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0, "{answer:?}");
    }
}

#[test]
fn calls_come_from_a_log() {
    let dir = tempfile::tempdir().unwrap();
    let line = |call: &str, status: u16, agent: &str| {
        format!("1.2.3.4 - - [01/Mar/2026:08:00:00 +0000] \"{call} HTTP/1.1\" {status} 5 \"-\" \"{agent}\"\n")
    };
    let log = line("GET /rest/V1/orders/7", 200, "erp/1")
        + &line("GET /rest/V1/products/24-MB01", 200, "browser")
        + &line("POST /rest/V1/invoices", 403, "erp/1");
    fs::write(dir.path().join("access.log"), log).unwrap();
    let more = ["--calls-from", "access.log", "--agent", "erp", "--call", "GET /V1/orders/:id"];
    let written = magespec(dir.path(), &[&["init"], FLAGS.as_slice(), more.as_slice()].concat());
    assert_eq!(written.status, 0, "{}", written.stderr);
    let text = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    assert_eq!(text.matches("GET /V1/orders/:id").count(), 1, "{text}");
    assert!(text.contains("  # \"POST /V1/invoices\""), "{text}");
    assert!(!text.contains("products"), "{text}");
    assert_eq!(magespec(dir.path(), &["check", "--deny", "warnings"]).status, 0);
    let absent = magespec(
        dir.path(),
        &[&["init", "b.toml"], FLAGS.as_slice(), ["--calls-from", "no.log"].as_slice()].concat(),
    );
    assert!(absent.stderr.contains("cannot read no.log") && !dir.path().join("b.toml").exists());
}

#[test]
fn the_schema_lies_where_the_spec_says() {
    let dir = tempfile::tempdir().unwrap();
    let init = || magespec(dir.path(), &[&["init"], FLAGS.as_slice()].concat());
    let first = init();
    assert_eq!(first.status, 0);
    assert!(
        first.stdout.contains("wrote integration.toml and integration.schema.json; next:"),
        "{}",
        first.stdout
    );
    let text = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    assert!(text.starts_with("#:schema ./integration.schema.json\n"), "{text}");
    let schema = || fs::read_to_string(dir.path().join("integration.schema.json")).unwrap();
    assert_eq!(schema(), magespec(dir.path(), &["schema"]).stdout);
    fs::write(dir.path().join("integration.schema.json"), "{}").unwrap();
    let again = init();
    assert!(again.stderr.contains("schema --output integration.schema.json"), "{}", again.stderr);
    assert_eq!(schema(), "{}");
    assert_eq!(magespec(dir.path(), &["schema", "--write"]).status, 0);
    assert_eq!(schema(), magespec(dir.path(), &["schema"]).stdout);
    assert_eq!(magespec(dir.path(), &["schema", "--write", "a/b/c.json"]).status, 0);
    assert!(dir.path().join("a/b/c.json").is_file());
}

#[test]
fn flags_are_quoted_as_toml() {
    let dir = tempfile::tempdir().unwrap();
    let odd = "a \"b\" \\ 'c' é";
    let name = "a \"b\" \\ é";
    let more = [
        "--description",
        odd,
        "--integration",
        name,
        "--target",
        "2.4.7",
        "--resource",
        "Magento_Sales::ship",
    ];
    assert_eq!(magespec(dir.path(), &[&["init", "x.toml"], FLAGS.as_slice(), &more].concat()).status, 0);
    let text = fs::read_to_string(dir.path().join("x.toml")).unwrap();
    let spec: toml::Table = text.parse().unwrap();
    assert_eq!(spec["module"]["description"].as_str(), Some(odd));
    assert_eq!(spec["integration"][0]["name"].as_str(), Some(name));
    assert_eq!(spec["integration"][0]["resources"][0].as_str(), Some("Magento_Sales::ship"));
}

#[test]
fn a_spec_of_adobe_commerce_suggests_the_catalog_of_the_shop() {
    let dir = tempfile::tempdir().unwrap();
    let line = "edition = \"commerce\"\n# catalog = \"shop.catalog\" # what the shop has: magespec catalog --magento ROOT ";
    for (name, edition, suggests) in [("a.toml", "commerce", true), ("b.toml", "mage-os", false)] {
        let ran = magespec(dir.path(), &[&["init", name, "--edition", edition], FLAGS.as_slice()].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let text = fs::read_to_string(dir.path().join(name)).unwrap();
        assert_eq!(text.contains(line), suggests, "{text}");
    }
}

#[test]
fn init_overwrites_nothing_and_asks_for_what_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), "mine").unwrap();
    let refused = magespec(dir.path(), &[&["init"], FLAGS.as_slice()].concat());
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("does not overwrite files"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(dir.path().join("integration.toml")).unwrap(), "mine");

    let asked = magespec(dir.path(), &["init", "new.toml", "--name", "Acme_ErpBridge"]);
    assert_eq!(asked.status, 1);
    assert!(asked.stderr.contains("--email is required"), "{}", asked.stderr);
    assert!(!dir.path().join("new.toml").exists());
    let nowhere = magespec(dir.path(), &[&["init", "integration.toml/x.toml"], FLAGS.as_slice()].concat());
    assert!(nowhere.stderr.starts_with("error: cannot "), "{}", nowhere.stderr);
    let dash = magespec(dir.path(), &[&["init", "-"], FLAGS.as_slice()].concat());
    assert_eq!((dash.status, dir.path().join("-").exists()), (1, false));
    let wrong = magespec(dir.path(), &["init", "new.toml", "--name", "acme", "--email", "x"]);
    assert_eq!(wrong.status, 1);
    assert!(
        wrong
            .stderr
            .contains("`acme` is not a module name such as `Acme_ErpBridge`: two parts joined by `_`"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn documents_are_written_whole_and_replace_what_was_there() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("schema.json");
    for _ in 0..2 {
        let written = magespec(dir.path(), &["schema", "--output", "schema.json"]);
        assert_eq!((written.status, written.stdout.as_str(), written.stderr.as_str()), (0, "", ""));
        assert_eq!(fs::read_to_string(&path).unwrap(), magespec(dir.path(), &["schema"]).stdout);
        fs::write(&path, "old").unwrap();
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    let nowhere = magespec(dir.path(), &["completions", "bash", "-o", "no/where"]);
    assert_eq!(nowhere.stderr, "error: cannot write no/where: the directory does not exist\n");
    let git = magespec(dir.path(), &["man", "-o", ".git/man"]);
    assert!(git.stderr.contains("inside a .git directory"), "{}", git.stderr);
}
