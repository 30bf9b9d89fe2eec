//! Catalogs that a spec names.

use std::{fs, path::Path};

use super::{
    SPEC,
    shop::{run, with_shop},
    support::{command::git, files::contents},
};

/// A spec that names catalogs and asks for these resources.
fn names(dir: &Path, catalogs: &str, resources: &str) {
    let spec = SPEC.replace("\"Magento_Sales::actions_view\"", resources);
    let (before, after) = spec.split_once("[target]\n").unwrap();
    let (_, after) = after.split_once('\n').unwrap();
    let spec = format!("{before}[target]\nmagento = \"2.4.3\"\ncatalog = {catalogs}\n{after}");
    fs::write(dir.join("integration.toml"), spec).unwrap();
}

/// The project of `with_shop`, with the shop's catalog, and that of a shop that has another module besides.
fn with_catalogs() -> tempfile::TempDir {
    let dir = with_shop();
    fs::write(dir.path().join("shop/app/code/Acme/Broken/etc/acl.xml"), "<config/>").unwrap();
    let text = run(dir.path(), &["catalog", "--magento", "shop"]).stdout;
    fs::write(dir.path().join("eu.catalog"), &text).unwrap();
    let stock = "resource\tAcme_Warehouse::stock\tMagento_Backend::admin\tStock\t0\n";
    let export = "resource\tMagento_Sales::export\tMagento_Sales::sales\tExport\t0\n";
    assert!(text.contains(stock), "{text}");
    fs::write(dir.path().join("us.catalog"), text.replace(stock, export)).unwrap();
    dir
}

fn integration_xml(dir: &Path) -> String {
    fs::read_to_string(dir.join("etc/integration.xml")).unwrap()
}

#[test]
fn what_the_shop_has_takes_part() {
    let dir = with_catalogs();
    names(dir.path(), "\"eu.catalog\"", "\"Magento_Backend::admin/**\"");
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    let spec = spec.replace("resources", "calls = [\"GET /V1/acme/stock\"]\nresources");
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let built = run(dir.path(), &["build"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    let xml = integration_xml(dir.path());
    assert_eq!(xml.matches("<resource name=").count(), 3, "{xml}");
    assert!(xml.contains("<resource name=\"Acme_Warehouse::stock\"/>"), "{xml}");
    let composer = fs::read_to_string(dir.path().join("composer.json")).unwrap();
    assert!(composer.contains("\"magento/framework\": \"103.0.*\""), "{composer}");
    assert!(fs::read_to_string(dir.path().join("etc/module.xml")).unwrap().contains("\"Acme_Warehouse\""));
    let before = contents(&dir.path().join("etc"));
    let again = run(dir.path(), &["build", "--check", "--magento", "shop"]);
    assert_eq!((again.status, again.stderr.contains("shop-differs")), (0, false), "{}", again.stderr);
    assert_eq!(contents(&dir.path().join("etc")), before);
    let access = run(dir.path(), &["access"]).stdout;
    assert!(access.starts_with("Acme Warehouse of Acme_Orders in eu.catalog\n"), "{access}");
    assert!(access.contains("Acme_Warehouse::stock  Stock, for GET /V1/acme/stock\n"), "{access}");
    let plan = run(dir.path(), &["plan"]).stdout;
    assert!(plan.starts_with("Acme_Orders in eu.catalog, compared with the files on disk\n"), "{plan}");
    let upgrade = run(dir.path(), &["plan", "--upgrade", "2.4.3", "2.4.4"]);
    assert!(upgrade.stdout.contains("= integration \"Acme Warehouse\""), "{}", upgrade.stdout);
    assert!(!upgrade.stdout.contains("Acme_Warehouse::stock"), "it stays: {}", upgrade.stdout);
    let openapi = run(dir.path(), &["openapi", "--calls"]);
    assert!(openapi.status == 0 && openapi.stdout.contains("/V1/acme/stock"), "{}", openapi.stdout);
}

#[test]
fn of_several_shops_what_all_have_is_granted() {
    let dir = with_catalogs();
    names(dir.path(), "[\"eu.catalog\", \"us.catalog\"]", "\"Magento_Backend::admin/**\"");
    let checked = run(dir.path(), &["check"]).stdout;
    for text in [
        "note[pattern-narrowed]: `Magento_Backend::admin/**` omits 2 resources that only some shops have",
        "a pattern selects only what exists in every shop that the target names; `Acme_Warehouse::stock` is only in eu.catalog",
        "if the integration needs them, narrow the target: catalog = [\"eu.catalog\"]",
    ] {
        assert!(checked.contains(text), "{checked}");
    }
    assert_eq!(run(dir.path(), &["build"]).status, 0);
    let xml = integration_xml(dir.path());
    assert_eq!(xml.matches("<resource name=").count(), 2, "{xml}");
    names(
        dir.path(),
        "[\"eu.catalog\", \"us.catalog\"]",
        "\"Acme_Warehouse::stock\", \"Magento_Sales::sales\"",
    );
    let lacks = run(dir.path(), &["check", "--format", "short"]);
    let message =
        "error[resource-not-in-every-release]: `Acme_Warehouse::stock` does not exist in us.catalog";
    assert!(lacks.status == 1 && lacks.stdout.contains(message), "{}", lacks.stdout);
}

#[test]
fn the_target_decides_the_rest() {
    let dir = with_catalogs();
    names(dir.path(), "\"eu.catalog\"", "\"Acme_Warehouse::stock\"");
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    fs::write(dir.path().join("integration.toml"), spec.replace("\"2.4.3\"", "\">=2.2.8 <2.4.9 !=2.3.0\""))
        .unwrap();
    let built = run(dir.path(), &["build"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    let composer = fs::read_to_string(dir.path().join("composer.json")).unwrap();
    assert!(
        composer.contains("~8.4.0") && composer.contains("\"101.0.* || 102.0.* || 103.0.*\""),
        "{composer}"
    );
    assert!(fs::read_to_string(dir.path().join("etc/module.xml")).unwrap().contains("setup_version"));
    let other =
        fs::read_to_string(dir.path().join("integration.toml")).unwrap().replace(" <2.4.9", " <2.4.3");
    fs::write(dir.path().join("integration.toml"), other).unwrap();
    let checked = run(dir.path(), &["check", "--format", "short"]).stdout;
    let message = "integration.toml:8:11: warning[shop-not-in-target]: eu.catalog is a shop with Magento 2.4.3-p1, which is not in \
                   the target";
    assert!(checked.contains(message), "{checked}");
}

#[test]
fn faults_are_errors_at_the_value() {
    let dir = with_catalogs();
    fs::write(dir.path().join("no.catalog"), "[module]\n").unwrap();
    fs::write(dir.path().join("binary.catalog"), [0xff, 0xfe]).unwrap();
    fs::create_dir(dir.path().join("dir.catalog")).unwrap();
    fs::File::create(dir.path().join("large.catalog")).unwrap().set_len(64 << 20 | 1).unwrap();
    for (catalogs, place, message) in [
        (
            "\"none.catalog\"",
            "8:11",
            "error[catalog-unreadable]: cannot read the catalog none.catalog: no such file",
        ),
        ("\"dir.catalog\"", "8:11", "cannot read the catalog dir.catalog: it is a directory"),
        (
            "\"no.catalog\"",
            "8:11",
            "cannot read the catalog no.catalog: its first line is not `magespec catalog",
        ),
        ("\"binary.catalog\"", "8:11", "cannot read the catalog binary.catalog: it is not UTF-8"),
        ("\"large.catalog\"", "8:11", "cannot read the catalog large.catalog: it is larger than 64 MiB"),
        ("[\"eu.catalog\", \"none.catalog\"]", "8:26", "cannot read the catalog none.catalog: no such file"),
        ("[\"eu.catalog\", \"./eu.catalog\"]", "8:26", "the target names ./eu.catalog twice"),
        ("\".git/shop.catalog\"", "8:11", "error[invalid-value]: `catalog` cannot be \".git/shop.catalog\""),
        (
            "[\"../a/.GIT/x\"]",
            "8:12",
            "error[invalid-value]: an entry of `catalog` cannot be \"../a/.GIT/x\"",
        ),
        ("\"/etc/shop.catalog\"", "8:11", "error[invalid-value]: `catalog` cannot be"),
        ("\"\"", "8:11", "error[invalid-value]"),
        ("[]", "8:11", "error[invalid-value]: `catalog` is an empty list"),
        ("3", "8:11", "error[wrong-type]"),
    ] {
        names(dir.path(), catalogs, "\"Acme_Warehouse::stock\"");
        let checked = run(dir.path(), &["check", "--format", "short"]);
        let findings: Vec<&str> = checked.stdout.lines().filter(|line| !line.contains(" note[")).collect();
        let [finding] = findings.as_slice() else { panic!("{catalogs}: {}", checked.stdout) };
        assert!(
            finding.starts_with(&format!("integration.toml:{place}: ")) && finding.contains(message),
            "{finding}"
        );
        for command in ["build", "diff", "plan", "access", "openapi"] {
            assert_eq!(run(dir.path(), &[command]).status, 1, "{command}, {catalogs}");
        }
    }
    fs::create_dir(dir.path().join("spec")).unwrap();
    for (catalog, file) in [("none.catalog", "spec/none.catalog"), ("a b.catalog", "'spec/a b.catalog'")] {
        names(dir.path(), &format!("\"{catalog}\""), "\"Acme_Warehouse::stock\"");
        fs::rename(dir.path().join("integration.toml"), dir.path().join("spec/integration.toml")).unwrap();
        let help = format!(
            "write it with `magespec catalog --magento ROOT -o {file}`, or remove it from the target\n"
        );
        let checked = run(dir.path(), &["check", "spec"]).stdout;
        assert!(checked.contains(&help), "{checked}");
    }
    names(dir.path(), "\"../eu.catalog\"", "\"Acme_Warehouse::stock\"");
    fs::rename(dir.path().join("integration.toml"), dir.path().join("spec/integration.toml")).unwrap();
    let below = run(dir.path(), &["check", "spec", "--format", "short"]);
    assert_eq!((below.status, below.stdout.contains("warning")), (0, false), "{}", below.stdout);
}

#[test]
fn a_shop_that_is_newer_than_the_catalog_is_noted() {
    let dir = with_catalogs();
    let text = fs::read_to_string(dir.path().join("eu.catalog")).unwrap();
    fs::write(dir.path().join("eu.catalog"), text.replace("2.4.3-p1", "2.4.12")).unwrap();
    names(dir.path(), "\"eu.catalog\"", "\"Acme_Warehouse::stock\"");
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    fs::write(dir.path().join("integration.toml"), spec.replace("\"2.4.3\"", "\"^2.4.8\"")).unwrap();
    let checked = run(dir.path(), &["check"]);
    for text in [
        "note[target-newer-than-catalog]: eu.catalog is a shop with Magento 2.4.12, which is not in the catalog",
        "what is not read from a shop was checked against 2.4.9",
    ] {
        assert!(checked.status == 0 && checked.stdout.contains(text), "{}", checked.stdout);
    }
    assert_eq!(run(dir.path(), &["build"]).status, 0);
    let against = run(dir.path(), &["check", "--catalog", "eu.catalog"]).stderr;
    assert_eq!(against.matches("note: 2.4.12 is not in the catalog; using 2.4.9\n").count(), 1, "{against}");
}

#[test]
fn a_module_that_was_unreadable_is_named() {
    let dir = with_catalogs();
    let text = fs::read_to_string(dir.path().join("eu.catalog")).unwrap();
    fs::write(
        dir.path().join("eu.catalog"),
        text.replacen("resource\t", "unread\tAcme_Broken\nresource\t", 1),
    )
    .unwrap();
    names(dir.path(), "\"eu.catalog\"", "\"Acme_Broken::x\"");
    let checked = run(dir.path(), &["check", "--format", "short"]);
    for message in [
        "8:11: warning[catalog-unreadable]: eu.catalog lacks the resources of Acme_Broken",
        "warning[unverifiable-resource]: the resources of Acme_Broken in eu.catalog are unknown, including `Acme_Broken::x`",
    ] {
        assert!(checked.status == 0 && checked.stdout.contains(message), "{}", checked.stdout);
    }
}

#[test]
fn a_plan_reads_the_catalog_of_then_from_git() {
    let dir = with_catalogs();
    let git = |arguments: &[&str]| git(dir.path(), arguments);
    fs::create_dir(dir.path().join("spec")).unwrap();
    names(dir.path(), "\"../eu.catalog\"", "\"Magento_Backend::admin/**\"");
    fs::rename(dir.path().join("integration.toml"), dir.path().join("spec/integration.toml")).unwrap();
    git(&["init", "--quiet"]);
    git(&["add", "spec", "eu.catalog"]);
    git(&["commit", "--quiet", "-m", "x"]);
    let plan = |from: &str| run(dir.path(), &["plan", "spec", "--from", from]);
    assert!(plan("git:HEAD").stdout.contains("= integration"), "{}", plan("git:HEAD").stderr);
    fs::copy(dir.path().join("us.catalog"), dir.path().join("eu.catalog")).unwrap();
    for from in ["git:HEAD", "git:HEAD:spec/integration.toml"] {
        let changed = plan(from).stdout;
        for line in [
            "+ resources = \"Magento_Sales::export\"",
            "- permission Acme_Warehouse::stock\n",
            "- route GET /V1/acme/stock\n",
        ] {
            assert!(changed.contains(line), "{from}: {changed}");
        }
    }
    git(&["rm", "--quiet", "--cached", "eu.catalog"]);
    git(&["commit", "--quiet", "-m", "y"]);
    let gone = plan("git:HEAD");
    assert!(
        gone.stderr.contains("cannot read the catalog ../eu.catalog: there is none in git:HEAD"),
        "{}",
        gone.stderr
    );
    let help = "commit the file with the spec, or compare with another revision\n";
    assert!(gone.stderr.contains(help) && !gone.stderr.contains("catalog --magento"), "{}", gone.stderr);
}

#[test]
fn the_difference_of_two_catalogs_says_what_it_means_for_the_specs_beside_them() {
    let dir = with_catalogs();
    let old = fs::read_to_string(dir.path().join("eu.catalog")).unwrap();
    let new = old.replace("release\t2.4.3-p1", "release\t2.4.3-p2").replace("\t3.1.4", "\t3.2.0").replace(
        "Acme_Warehouse::stock\tMagento_Backend::admin\tStock",
        "Acme_Warehouse::stock\tMagento_Sales::sales\tStock",
    );
    let route = "route\t/V1/acme/stock\tGET\t\tAcme_Warehouse::stock\n";
    assert!(new.contains(route), "{new}");
    let more =
        "resource\tAcme_Warehouse::move\tMagento_Backend::admin\tMove\t0\nresource\tAcme_Warehouse::off";
    let new = new.replace(route, "").replace("resource\tAcme_Warehouse::off", more);
    fs::write(dir.path().join("new.catalog"), new).unwrap();
    names(dir.path(), "\"eu.catalog\"", "\"Acme_Warehouse::*\"");
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    let spec = spec.replace("resources", "calls = [\"GET /V1/acme/stock\"]\nresources");
    fs::write(dir.path().join("integration.toml"), &spec).unwrap();
    let compared = run(dir.path(), &["catalog", "--diff", "eu.catalog", "new.catalog"]);
    assert_eq!(compared.status, 0, "{}", compared.stderr);
    for text in [
        "eu.catalog (Magento 2.4.3-p1) -> new.catalog (Magento 2.4.3-p2)\n",
        "changed  Acme_Warehouse  acme/module-warehouse 3.1.4 -> acme/module-warehouse 3.2.0\n",
        "added    Acme_Warehouse::move  \"Move\" below Magento_Backend::admin\n",
        "moved    Acme_Warehouse::stock  \"Stock\" from Magento_Backend::admin to Magento_Sales::sales\n",
        "removed  GET  /V1/acme/stock  Acme_Warehouse::stock\n",
        "Acme_Orders in new.catalog, after eu.catalog\n",
        "-/+ integration \"Acme Warehouse\"",
        "- route GET /V1/acme/stock",
    ] {
        assert!(compared.stdout.contains(text), "{text}: {}", compared.stdout);
    }
    let fault = "error[unknown-route]: no route matches `GET /V1/acme/stock` in eu.catalog";
    assert!(compared.stderr.contains(fault), "{}", compared.stderr);
    fs::write(dir.path().join("integration.toml"), spec.replace("calls = [\"GET /V1/acme/stock\"]\n", ""))
        .unwrap();
    let compared = run(dir.path(), &["catalog", "--diff", "eu.catalog", "new.catalog"]).stdout;
    assert!(
        compared.contains("Acme Warehouse of integration.toml\n  + Acme_Warehouse::move\n"),
        "{compared}"
    );
    let json =
        run(dir.path(), &["catalog", "--diff", "eu.catalog", "new.catalog", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["rebuilt"][0]["added"], serde_json::json!(["Acme_Warehouse::move"]));
    assert_eq!(json["integrations"][0]["action"], "reset");
    assert_eq!(
        (json["resources"].as_array().unwrap().len(), json["routes"].as_array().unwrap().len()),
        (2, 1)
    );
    let same = run(dir.path(), &["catalog", "--diff", "eu.catalog", "eu.catalog"]).stdout;
    for text in ["the modules are the same", "the ACL is the same", "the routes are the same", "will be kept"]
    {
        assert!(same.contains(text), "{same}");
    }
    assert_eq!(run(dir.path(), &["catalog", "--diff", "eu.catalog", "none.catalog"]).status, 1);
    assert_eq!(run(dir.path(), &["catalog"]).status, 1);
}

#[test]
fn a_catalog_of_the_earlier_version_is_read() {
    let dir = with_catalogs();
    let earlier = "magespec catalog 3\nrelease\t2.4.3-p1\nmodule\tAcme_Warehouse\tacme/module-warehouse\t3.1.4\n\
                   resource\tAcme_Warehouse::stock\tMagento_Backend::admin\tStock\tAcme_Warehouse\t0\t\n\
                   resource\tMagento_Backend::admin\t\tMagento Admin\tMagento_Backend\t20\t\n\
                   route\t/V1/acme/stock\tGET\tAcme_Warehouse\tAcme_Warehouse::stock\n";
    fs::write(dir.path().join("earlier.catalog"), earlier).unwrap();
    names(dir.path(), "\"earlier.catalog\"", "\"Acme_Warehouse::stock\"");
    let checked = run(dir.path(), &["check", "--format", "short"]).stdout;
    assert!(!checked.contains("catalog-unreadable") && !checked.contains("resource]"), "{checked}");
}
