//! Files that are the user's, or of which a part is.

use std::{fs, path::Path};

use super::{Ran, magespec};

const SPEC: &str = include_str!("../../examples/erp-bridge/integration.toml");

const SEEDS: [&str; 3] = ["Cron/PullStock.php", "Model/OrderExport.php", "Observer/LogPlacedOrder.php"];

fn built() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "integration.toml", SPEC);
    assert_eq!(build(dir.path()).status, 0);
    dir
}

fn build(dir: &Path) -> Ran {
    magespec(dir, &["build"])
}

fn read(dir: &Path, file: &str) -> String {
    fs::read_to_string(dir.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn write(dir: &Path, file: &str, text: &str) {
    fs::write(dir.join(file), text).unwrap();
}

fn respec(dir: &Path, from: &str, to: &str) {
    let spec = read(dir, "integration.toml");
    assert!(spec.contains(from), "{from}");
    write(dir, "integration.toml", &spec.replace(from, to));
}

/// A class of the file's name that has all it may be asked for.
fn mine(seed: &str) -> String {
    let class = Path::new(seed).file_stem().unwrap().to_str().unwrap();
    format!("<?php class {class} extends Mine {{}}\n")
}

#[test]
fn seeded_files_are_written_once() {
    let dir = built();
    let dir = dir.path();
    let lock = read(dir, "integration.lock");
    for seed in SEEDS {
        assert!(
            lock.lines().any(|line| line.starts_with(&format!("\"{seed}\"")) && line.contains("seeded")),
            "{seed}"
        );
        write(dir, seed, &mine(seed));
    }
    respec(dir, "Orders as the ERP reads them", "Orders for the ERP");
    let again = build(dir);
    assert_eq!((again.status, again.stderr.as_str()), (0, ""));
    assert!(read(dir, "Api/OrderExportInterface.php").contains("Orders for the ERP"));
    SEEDS.iter().for_each(|seed| assert_eq!(read(dir, seed), mine(seed), "{seed}"));
}

#[test]
fn seeded_files_that_were_deleted_stay_deleted() {
    let dir = built();
    let dir = dir.path();
    let lock = read(dir, "integration.lock");
    SEEDS.iter().for_each(|seed| fs::remove_file(dir.join(seed)).unwrap());
    let again = build(dir);
    assert_eq!(again.status, 0);
    assert_eq!(again.stderr.matches("warning[class-missing]").count(), 3, "{}", again.stderr);
    assert_eq!(magespec(dir, &["check", "--deny", "warnings"]).status, 1);
    assert_eq!(magespec(dir, &["build", "--check"]).status, 0);
    assert!(SEEDS.iter().all(|seed| !dir.join(seed).exists()));
    assert_eq!(read(dir, "integration.lock"), lock);
}

#[test]
fn what_is_no_longer_declared_stays_with_the_user() {
    let dir = built();
    let dir = dir.path();
    respec(dir, "[[cron]]\nname = \"pull_stock\"\nschedule = \"*/15 * * * *\"\n", "");
    assert_eq!(build(dir).status, 0);
    assert!(dir.join("Cron/PullStock.php").exists());
    assert!(!read(dir, "integration.lock").contains("Cron/PullStock.php"));
    assert!(!read(dir, "etc/crontab.xml").contains("PullStock"));
}

#[test]
fn the_whitelist_keeps_what_it_had() {
    let dir = built();
    let dir = dir.path();
    let file = "etc/db_schema_whitelist.json";
    let with_old =
        read(dir, file).replace("\"topic\": true,", "\"topic\": true,\n            \"channel\": true,");
    write(dir, file, &with_old);
    respec(dir, "Orders as the ERP reads them", "Orders for the ERP");
    assert_eq!(build(dir).status, 0, "it is no edit by hand that would be lost");
    assert!(read(dir, file).contains("\"channel\": true"));
    let before = read(dir, file);
    assert_eq!(build(dir).status, 0);
    assert_eq!(read(dir, file), before);
}

#[test]
fn translations_stay_when_phrases_change() {
    let dir = built();
    let dir = dir.path();
    respec(dir, "[csp]\n", "[i18n]\nlocales = [\"de_DE\"]\n\n[csp]\n");
    assert_eq!(build(dir).status, 0);
    let checked = magespec(dir, &["check"]);
    assert!(checked.stdout.contains("17 phrases are not translated to de_DE"), "{}", checked.stdout);
    let file = "i18n/de_DE.csv";
    let german = read(dir, file)
        .replace("\"Environment\",\"Environment\"", "\"Environment\",\"Umgebung\"")
        .replace("\"Base URL\",\"Base URL\"", "\"Base URL\",\"Adresse\"");
    write(dir, file, &german);
    respec(dir, "label = \"Base URL\"", "label = \"Address\"");
    assert_eq!(build(dir).status, 0);
    let again = magespec(dir, &["check"]);
    assert!(again.stdout.contains("1 phrase is translated to de_DE and no longer used"), "{}", again.stdout);
    let german = read(dir, file);
    for line in ["\"Environment\",\"Umgebung\"\n", "\"Address\",\"Address\"\n", "\"Base URL\",\"Adresse\"\n"]
    {
        assert!(german.contains(line), "{line}{german}");
    }
}

#[test]
fn what_was_deleted_is_written_anew_without_its_line_in_the_lock() {
    let dir = built();
    let dir = dir.path();
    fs::remove_file(dir.join("Cron/PullStock.php")).unwrap();
    let lock = read(dir, "integration.lock");
    let lines = lock.lines().filter(|line| !line.starts_with("\"Cron/PullStock.php\""));
    write(dir, "integration.lock", &lines.map(|line| format!("{line}\n")).collect::<String>());
    let again = build(dir);
    assert_eq!((again.status, again.stderr.as_str()), (0, ""));
    assert!(dir.join("Cron/PullStock.php").exists());
}

#[test]
fn plan_prints_the_method_to_paste() {
    let dir = built();
    let dir = dir.path();
    respec(
        dir,
        "[[service.method]]\nname = \"confirm\"",
        "[[service.method]]\nname = \"page\"\nroute = \"POST /V1/acme-erp/orders/:id/pages\"\nacl = \"Acme_ErpBridge::export_read\"\n\
         body = { order = \"Magento\\\\Sales\\\\Api\\\\Data\\\\OrderInterface\" }\nreturns = \"bool\"\n\n\
         [[service.method]]\nname = \"confirm\"",
    );
    let checked = magespec(dir, &["check", "--format", "short"]).stdout;
    assert!(
        checked.contains("warning[method-missing]: Model/OrderExport.php has no method `page`"),
        "{checked}"
    );
    let expected = r"To paste into Model/OrderExport.php:

use Magento\Sales\Api\Data\OrderInterface;

    /**
     * @inheritDoc
     */
    public function page(string $id, OrderInterface $order): bool
    {
        throw new WebapiException(__('Not implemented yet.'), 0, 501);
    }
";
    let plan = magespec(dir, &["plan"]).stdout;
    assert!(plan.contains(&expected.replace(r"\\", r"\")), "{plan}");
    let markdown = magespec(dir, &["plan", "--format", "markdown"]).stdout;
    assert!(markdown.contains("### To paste into `Model/OrderExport.php`\n\n```php\nuse "), "{markdown}");
    let json: serde_json::Value =
        serde_json::from_str(&magespec(dir, &["plan", "--format", "json"]).stdout).unwrap();
    let missing = &json["missing"][0];
    assert_eq!(
        (missing["path"].as_str(), missing["lacks"].as_str()),
        (Some("Model/OrderExport.php"), Some("methods"))
    );
    assert_eq!(missing["methods"][0]["name"], "page");
    // Pasted, it fits.
    let class = read(dir, "Model/OrderExport.php");
    let method = missing["methods"][0]["text"].as_str().unwrap();
    let end = class.rfind('}').unwrap();
    write(dir, "Model/OrderExport.php", &format!("{}\n{method}\n}}\n", &class[..end]));
    assert!(!magespec(dir, &["plan"]).stdout.contains("To paste"));
}
