//! Outcomes of importing each module.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use magespec::{
    catalog::Catalog,
    compile,
    diag::{Family, Level, Rule, Source},
    import::Imported,
};
use serde_json::Value;

use super::{ADDRESS, magespec, modules, said};
use crate::{
    need::{Need, trials},
    support::{
        files::contents,
        modules::{findings, imported, write},
    },
};

trials! {
    [Need::Shared("corpus")] =>
        outcome_of_each_module, completely_imported_files, plan_of_each_move;
}

fn outcome_of_each_module() {
    let modules = modules();
    assert_eq!(modules.len(), 24);
    let mut table = String::new();
    let mut totals: BTreeMap<Rule, usize> = BTreeMap::new();
    let (mut carried, mut of) = (0, 0);
    for (name, dir) in &modules {
        let told = imported(dir.path(), None);
        let spec: toml::Table = told.spec.as_ref().unwrap().parse().unwrap();
        let listed: usize =
            spec["integration"].as_array().unwrap().iter().map(|it| count(it.get("resources"))).sum();
        let before: usize =
            said(dir.path()).integrations.values().map(|(_, resources)| resources.len()).sum();
        (carried, of) = (carried + listed, of + before);
        let _ = writeln!(table, "{name}");
        let module = &spec["module"];
        let _ = writeln!(
            table,
            "  carried   {} for {}; {}, {listed} of {before} resources, {} ACL resources",
            module["name"].as_str().unwrap(),
            spec["target"]["magento"].as_str().unwrap(),
            plural(count(spec.get("integration")), "integration"),
            said(dir.path()).acl.len(),
        );
        let keys = |key: &str| {
            let keys = spec
                .get("module")
                .and_then(|module| module.get(key))
                .or_else(|| spec.get(key))?
                .as_table()?;
            Some(keys.keys().map(String::as_str).collect::<Vec<_>>().join(", "))
        };
        for (key, word) in [("require", "require"), ("composer", "composer")] {
            if let Some(keys) = keys(key) {
                let _ = writeln!(table, "  {word:<9} {keys}");
            }
        }
        write_findings(&mut table, &told, &mut totals);
        for name in &told.placeholders {
            let _ = writeln!(table, "  address   placeholder for `{name}`");
        }
        table.push('\n');
    }
    let _ = writeln!(table, "{carried} of {of} resources");
    for (rule, count) in totals {
        let _ = writeln!(table, "{:<8} {rule} {count}", rule.level());
    }
    insta::assert_snapshot!(table);
}

/// Counts the modules that have a file and those whose file is imported completely, as in docs/migrating.md.
fn completely_imported_files() {
    let modules = modules();
    let artifacts = [
        ("`csp_whitelist.xml`", "csp_whitelist.xml"),
        ("`crontab.xml`", "crontab.xml"),
        ("`events.xml` in any area", "events.xml"),
        ("`menu.xml`", "menu.xml"),
        ("`system.xml` and `config.xml`", "system.xml"),
        ("`webapi.xml`", "webapi.xml"),
    ];
    let mut table = "| File | Modules that have it | Imported completely |\n|---|---|---|\n".to_owned();
    for (title, file) in artifacts {
        let (mut having, mut whole) = (0, 0);
        for (_, dir) in &modules {
            let is_it = |path: &&String| path.starts_with("etc/") && path.ends_with(&format!("/{file}"));
            let files: Vec<String> = contents(dir.path()).keys().filter(is_it).cloned().collect();
            if files.is_empty() {
                continue;
            }
            having += 1;
            let told = imported(dir.path(), None);
            let tree = compile(
                Source::new(
                    "",
                    told.spec.unwrap().replace("email = \"\"", &format!("email = \"{ADDRESS}\"")),
                ),
                Catalog::bundled(),
            )
            .tree;
            whole += usize::from(files.iter().all(|path| tree.paths().any(|made| made.as_str() == path)));
        }
        let _ = writeln!(table, "| {title} | {having} | {whole} |");
    }
    let document = include_str!("../../../../docs/migrating.md");
    assert!(document.contains(&table), "docs/migrating.md has to have:\n{table}");
}

/// Effect of `setup:upgrade` when a module is moved to its imported spec, in the releases it targets.
fn plan_of_each_move() {
    let mut table = String::new();
    for (name, dir) in modules() {
        let spec = imported(dir.path(), None).spec.unwrap();
        let spec = spec.replace("email = \"\"", &format!("email = \"{ADDRESS}\""));
        let spec_dir = tempfile::tempdir().unwrap();
        write(spec_dir.path(), "integration.toml", spec);
        let module = dir.path().to_str().unwrap();
        let plan = magespec(spec_dir.path(), &["plan", "--from", module, "--format", "json"]);
        let plan: Value = serde_json::from_str(&plan).unwrap_or_else(|_| panic!("{name}: {plan}"));
        for integration in plan["integrations"].as_array().unwrap() {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let reasons =
                integration["reasons"].as_array().unwrap().iter().map(|reason| text(&reason["code"]));
            let reasons: BTreeSet<String> = reasons.collect();
            let reasons: Vec<String> = reasons.into_iter().collect();
            let (of, action) = (text(&integration["name"]), text(&integration["action"]));
            let _ = writeln!(table, "{name}: {of}: {action} {}", reasons.join(" "));
        }
    }
    insta::assert_snapshot!(table);
}

fn count(list: Option<&toml::Value>) -> usize {
    list.and_then(toml::Value::as_array).map_or(0, Vec::len)
}

fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Writes the conversions, word by word, and the other findings.
fn write_findings(table: &mut String, told: &Imported, totals: &mut BTreeMap<Rule, usize>) {
    for (_, finding) in findings(told) {
        let is_told = finding.level != Level::Note || finding.rule.family() == Family::Import;
        if !is_told {
            continue;
        }
        *totals.entry(finding.rule).or_default() += 1;
        let word = if finding.level == Level::Note { "converted" } else { "reported" };
        let _ = writeln!(table, "  {word:<9} {}: {}", finding.rule, finding.message);
        if finding.rule == Rule::LegacyFormat {
            let reason = finding.reason.as_deref().unwrap_or_default();
            let what =
                if reason.contains("finds no difference") { "keeps its tokens" } else { "is reset once" };
            let what = if reason.contains("if both declare") {
                "is read from etc/integration.xml already"
            } else {
                what
            };
            let _ = writeln!(table, "            {what}");
        }
    }
}
