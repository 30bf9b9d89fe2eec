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
    assert!(checked.stdout.contains("23 phrases are not translated to de_DE"), "{}", checked.stdout);
    let file = "i18n/de_DE.csv";
    let german = read(dir, file)
        .replace("\"Environment\",\"Environment\"", "\"Environment\",\"Umgebung\"")
        .replace("\"Base URL\",\"Base URL\"", "\"Base URL\",\"Adresse\"");
    write(dir, file, &german);
    respec(dir, "label = \"Base URL\"", "label = \"Address\"");
    assert_eq!(build(dir).status, 0);
    let again = magespec(dir, &["check"]);
    assert!(again.stdout.contains("1 phrase is translated to de_DE but no longer used"), "{}", again.stdout);
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

#[test]
fn a_method_that_no_longer_fits_its_interface_is_reported() {
    let dir = built();
    let dir = dir.path();
    assert_eq!(magespec(dir, &["check", "--format", "short"]).stdout.matches("method-differs").count(), 0);
    respec(dir, "body = { erpNumber = \"string\" }", "body = { erpNumber = \"int\", note = \"string?\" }");
    let checked = magespec(dir, &["check", "--format", "short"]).stdout;
    let told = "warning[method-differs]: `confirm` in Model/OrderExport.php does not match its interface: \
                public function confirm(string $incrementId, string $erpNumber): ExportResultInterface";
    assert!(checked.contains(told), "{checked}");
    let plan = magespec(dir, &["plan"]).stdout;
    let head = "    public function confirm(string $incrementId, int $erpNumber, ?string $note = null): ExportResultInterface\n";
    assert!(plan.contains(&format!("To change in Model/OrderExport.php:\n\n{head}")), "{plan}");
    assert!(!plan.contains("To paste"), "{plan}");
    let json: serde_json::Value =
        serde_json::from_str(&magespec(dir, &["plan", "--format", "json"]).stdout).unwrap();
    let method = &json["missing"][0]["methods"][0];
    assert_eq!(method["name"], "confirm");
    assert!(method["found"].as_str().unwrap().contains("string $erpNumber"), "{method}");
    let class = read(dir, "Model/OrderExport.php");
    let was = format!("    {}\n", method["found"].as_str().unwrap());
    assert!(class.contains(&was), "{class}");
    write(dir, "Model/OrderExport.php", &class.replace(&was, head));
    assert!(!magespec(dir, &["check"]).stdout.contains("method-differs"));
}

#[test]
fn a_class_that_nothing_declares_is_reported() {
    let dir = built();
    let dir = dir.path();
    respec(dir, "name = \"pull_stock\"", "name = \"pull_prices\"");
    respec(dir, "name = \"OrderExport\"", "name = \"OrderFeed\"");
    for command in ["check", "plan", "build"] {
        let ran = magespec(dir, &[command]);
        let told = format!("{}{}", ran.stdout, ran.stderr);
        for (old, new) in
            [("Cron/PullStock.php", "Cron/PullPrices.php"), ("Model/OrderExport.php", "Model/OrderFeed.php")]
        {
            assert!(
                told.contains(&format!("nothing declares the class in {old} any more")),
                "{command}: {told}"
            );
            let help = format!("move the code from {old} to {new}, then delete the file");
            assert!(told.contains(&help), "{command}: {told}");
        }
        assert_eq!(told.matches("[class-left]").count(), 2, "{command}: {told}");
    }
}

/// The example with a German file, in which one phrase is translated.
fn in_german() -> tempfile::TempDir {
    let dir = built();
    respec(dir.path(), "[csp]\n", "[i18n]\nlocales = [\"de_DE\"]\n\n[csp]\n");
    assert_eq!(build(dir.path()).status, 0);
    let german = read(dir.path(), "i18n/de_DE.csv");
    write(dir.path(), "i18n/de_DE.csv", &german.replace(",\"Environment\"", ",\"Umgebung\""));
    assert_eq!(build(dir.path()).status, 0);
    dir
}

#[test]
fn translations_stay_without_their_locale() {
    let dir = in_german();
    let dir = dir.path();
    let german = read(dir, "i18n/de_DE.csv");
    assert!(read(dir, "integration.lock").contains("kind = \"shared\""));
    respec(dir, "locales = [\"de_DE\"]", "locales = [\"fr_FR\"]");
    let ran = build(dir);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stderr.contains("warning[translations]: i18n/de_DE.csv is no longer generated and is yours now"),
        "{}",
        ran.stderr
    );
    assert_eq!(read(dir, "i18n/de_DE.csv"), german);
    assert!(!read(dir, "integration.lock").contains("de_DE"));
}

#[test]
fn a_quote_that_is_never_closed_costs_no_translation() {
    let dir = in_german();
    let dir = dir.path();
    let german = read(dir, "i18n/de_DE.csv").replace("\"Umgebung\"", "\"Umgebung");
    write(dir, "i18n/de_DE.csv", &german);
    respec(dir, "label = \"Base URL\"", "label = \"Address\"");
    let ran = build(dir);
    assert!(ran.stderr.contains("of i18n/de_DE.csv has an unclosed quote"), "{}", ran.stderr);
    assert_eq!(read(dir, "i18n/de_DE.csv"), german);
}

#[test]
fn phrases_that_were_never_translated_go() {
    let dir = in_german();
    let dir = dir.path();
    respec(dir, "label = \"Base URL\"", "label = \"Address\"");
    assert_eq!(build(dir).status, 0);
    let german = read(dir, "i18n/de_DE.csv");
    assert!(!german.contains("Base URL") && german.contains("Umgebung"), "{german}");
    assert!(!magespec(dir, &["check"]).stdout.contains("no longer used"));
}
