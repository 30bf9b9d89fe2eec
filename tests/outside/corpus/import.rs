//! 24 public modules, mistakes included: imported, built in place, read again by other parsers, and imported again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use magespec::{
    catalog::Catalog,
    compile,
    diag::{Family, Level, Rule, Source},
    import::Imported,
};
use roxmltree::{Document, Node};
use serde_json::Value;

use crate::{
    need::{Need, shared, trials},
    support::{
        files::contents,
        modules::{REGISTRATION, findings, imported, write},
    },
};

trials! {
    [Need::Shared("corpus")] =>
        what_is_rebuilt_says_the_same_but_for_what_was_told, import_and_build_come_to_rest,
        what_became_of_each_module, what_is_carried_of_each_artifact, what_plan_says_of_each_move;
}

/// An address where the module has none, so that it can be built.
const ADDRESS: &str = "corpus@acme.com";

/// The modules, each in a directory of its own. The corpus has no PHP: where FILES.txt lists a registration.php, a plain one
/// stands in, setup scripts stand in as ones that process the pair, and jobs and observers as classes that do nothing.
fn modules() -> Vec<(String, tempfile::TempDir)> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(shared("corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let copied = |folder: PathBuf| {
        let dir = tempfile::tempdir().unwrap();
        copy(&folder, dir.path());
        let listed = fs::read_to_string(folder.join("FILES.txt")).unwrap();
        for path in listed.lines().filter(|path| !dir.path().join(path).exists()) {
            let text = match path {
                "registration.php" => registration(dir.path()),
                _ if path.starts_with("Setup/InstallData") || path.starts_with("Setup/Patch/Data") => {
                    "<?php $this->manager->processIntegrationConfig($names);\n".to_owned()
                }
                _ if path.contains("Observer/") || path.contains("Cron/") => {
                    let class = Path::new(path).file_stem().unwrap().to_str().unwrap();
                    format!("<?php class {class} {{ function execute() {{}} }}\n")
                }
                _ if path.starts_with("Setup/") || path.to_lowercase() == "readme.md" => "<?php\n".to_owned(),
                _ => continue,
            };
            write(dir.path(), path, text);
        }
        (folder.file_name().unwrap().to_str().unwrap().to_owned(), dir)
    };
    folders.into_iter().map(copied).collect()
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry, &target);
        } else if !entry.ends_with("FILES.txt") {
            fs::copy(&entry, &target).unwrap();
        }
    }
}

fn registration(dir: &Path) -> String {
    let module = fs::read_to_string(dir.join("etc/module.xml")).unwrap();
    let module = Document::parse(&module).unwrap();
    let name =
        module.descendants().find_map(|node| node.has_tag_name("module").then(|| node.attribute("name")));
    REGISTRATION.replace("Acme_ErpBridge", name.flatten().unwrap())
}

fn magespec(dir: &Path, arguments: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_magespec")).current_dir(dir).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{arguments:?}: {said}");
    String::from_utf8(ran.stdout).unwrap()
}

/// What a module says, read by parsers that the importer does not use.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    name: String,
    setup_version: Option<String>,
    sequence: BTreeSet<String>,
    /// Each integration's e-mail address, URLs and resources.
    integrations: BTreeMap<String, (BTreeMap<String, String>, BTreeSet<String>)>,
    /// Each titled resource's parent, title and place.
    acl: BTreeMap<String, (String, String, i64)>,
    composer: BTreeMap<String, Value>,
}

fn said(dir: &Path) -> Said {
    let mut said = Said::default();
    let xml = |path: &str| fs::read_to_string(dir.join(path)).ok();
    if let Some(text) = xml("etc/module.xml") {
        let document = Document::parse(&text).unwrap();
        let mut modules = document.descendants().filter(|node| node.has_tag_name("module"));
        let module = modules.next().unwrap();
        said.name = module.attribute("name").unwrap().to_owned();
        said.setup_version = module.attribute("setup_version").map(str::to_owned);
        said.sequence = modules.map(|node| node.attribute("name").unwrap().to_owned()).collect();
    }
    // Where both forms have an integration the consolidated one counts.
    let consolidated = xml("etc/integration.xml");
    for text in [&consolidated, &xml("etc/integration/config.xml"), &xml("etc/integration/api.xml")]
        .into_iter()
        .flatten()
    {
        let document = Document::parse(text).unwrap();
        for node in document.descendants().filter(|node| node.has_tag_name("integration")) {
            let name = node.attribute("name").unwrap().to_owned();
            if Some(text) != consolidated.as_ref()
                && consolidated.as_ref().is_some_and(|it| it.contains(&format!("name=\"{name}\"")))
            {
                continue;
            }
            let (values, resources) = said.integrations.entry(name).or_default();
            for node in
                node.children().filter(Node::is_element).filter(|node| !node.has_tag_name("resources"))
            {
                values.insert(node.tag_name().name().to_owned(), node.text().unwrap_or_default().to_owned());
            }
            let listed = node.descendants().filter(|node| node.has_tag_name("resource"));
            resources.extend(listed.map(|node| node.attribute("name").unwrap().to_owned()));
        }
    }
    if let Some(text) = xml("etc/acl.xml") {
        let document = Document::parse(&text).unwrap();
        for node in document.descendants().filter(|node| node.has_tag_name("resource")) {
            let Some(title) = node.attribute("title") else { continue };
            let id = node.attribute("id").unwrap().to_owned();
            let parent = node.parent().and_then(|node| node.attribute("id")).unwrap_or_default().to_owned();
            let order = node.attribute("sortOrder").map_or(0, |order| order.parse().unwrap());
            said.acl.insert(id, (parent, title.to_owned(), order));
        }
    }
    if let Some(text) = xml("composer.json") {
        said.composer = serde_json::from_str(&text).unwrap();
    }
    said
}

/// The differences between what a module said and what the rebuilt one says, as words that a finding has to name.
fn differences(before: &Said, after: &Said) -> Vec<String> {
    let mut words = Vec::new();
    if before.name != after.name {
        words.push(before.name.clone());
    }
    if before.setup_version != after.setup_version {
        words.push("`setup_version`".to_owned());
    }
    words.extend(before.sequence.difference(&after.sequence).cloned());
    if !after.sequence.is_subset(&before.sequence) {
        words.push("<sequence> also gets".to_owned());
    }
    let alike = |name: &String| {
        let names = after.integrations.keys();
        names.filter(|other| other.to_lowercase() == name.to_lowercase()).max_by_key(|other| *other == name)
    };
    for (name, (values, resources)) in &before.integrations {
        let Some(found) = alike(name) else {
            words.push(name.clone());
            continue;
        };
        if found != name {
            words.push(name.clone());
        }
        let (values_after, resources_after) = &after.integrations[found];
        let changed = values.iter().filter(|(key, value)| values_after.get(*key) != Some(value));
        words.extend(changed.map(|(key, _)| format!("<{key}>")));
        if resources.len() == 1 && resources.contains("Magento_Backend::all") {
            words.push("is granted".to_owned());
            continue;
        }
        words.extend(resources.difference(resources_after).cloned());
        let of_alike =
            before.integrations.iter().filter(|(other, _)| other.to_lowercase() == name.to_lowercase());
        let all: BTreeSet<String> = of_alike.flat_map(|(_, (_, resources))| resources).cloned().collect();
        assert!(resources_after.is_subset(&all), "{name} gets {:?}", resources_after.difference(&all));
    }
    let names: BTreeSet<String> = before.integrations.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(names, after.integrations.keys().map(|name| name.to_lowercase()).collect());
    for (id, node) in &before.acl {
        if after.acl.get(id) != Some(node) {
            words.push(id.clone());
        }
    }
    assert!(after.acl.keys().all(|id| before.acl.contains_key(id)));
    let keys: BTreeSet<&String> = before.composer.keys().chain(after.composer.keys()).collect();
    for key in keys {
        let (one, other) = (before.composer.get(key), after.composer.get(key));
        match (key.as_str(), one, other) {
            ("require", one, other) => requirements(one, other, &mut words),
            ("license", Some(Value::Array(list)), Some(license)) if list.as_slice() == [license.clone()] => {}
            ("autoload", Some(one), Some(other))
                if one["files"] == other["files"] && one["psr-4"] == other["psr-4"] => {}
            ("autoload", ..) => words.push("namespace".to_owned()),
            _ if one == other => {}
            _ => words.push(format!("`{key}`")),
        }
    }
    words
}

fn requirements(before: Option<&Value>, after: Option<&Value>, words: &mut Vec<String>) {
    let none = serde_json::Map::new();
    let before = before.and_then(Value::as_object).unwrap_or(&none);
    let after = after.and_then(Value::as_object).unwrap_or(&none);
    words.extend(
        before.iter().filter(|(name, it)| after.get(*name) != Some(it)).map(|(name, _)| name.clone()),
    );
    if after.keys().any(|name| !before.contains_key(name)) {
        words.push("`require` also gets".to_owned());
    }
}

fn what_is_rebuilt_says_the_same_but_for_what_was_told() {
    for (name, dir) in modules() {
        let dir = dir.path();
        let before = said(dir);
        let told = imported(dir, None);
        let spec = told.spec.as_ref().unwrap();
        magespec(dir, &["import", "--in-place"]);
        assert_eq!(*spec, fs::read_to_string(dir.join("integration.toml")).unwrap(), "{name}");
        write(dir, "integration.toml", spec.replace("email = \"\"", &format!("email = \"{ADDRESS}\"")));
        let files = || -> BTreeSet<String> { contents(dir).into_keys().collect() };
        let before_build = files();
        magespec(dir, &["build"]);
        let after = said(dir);
        let findings = findings(&told);
        for word in differences(&before, &after) {
            let is_told = findings.iter().any(|(_, finding)| {
                finding.message.contains(&word) || finding.message.replace("\\\\", "\\").contains(&word)
            });
            assert!(is_told, "{name}: {word} is not told of: {findings:#?}");
        }
        // Nothing goes but the pair, and nothing comes but what a module needs.
        let gone: Vec<String> = before_build.difference(&files()).cloned().collect();
        assert!(gone.iter().all(|path| path.starts_with("etc/integration/")), "{name}: {gone:?}");
        let come: Vec<String> = files().difference(&before_build).cloned().collect();
        // The last three come with settings.
        let needed =
            ["etc/integration.xml", "Model/Config.php", "Test/Unit/Model/ConfigTest.php", "i18n/en_US.csv"];
        assert!(come.iter().all(|path| needed.contains(&path.as_str())), "{name}: {come:?}");
        assert_eq!(magespec(dir, &["diff", "--format", "name-status"]), "", "{name}");
    }
}

fn import_and_build_come_to_rest() {
    for (name, dir) in modules() {
        let first = imported(dir.path(), None)
            .spec
            .unwrap()
            .replace("email = \"\"", &format!("email = \"{ADDRESS}\""));
        let (target, tree) = build(&first, dir.path(), &name);
        let second = imported(dir.path(), Some(&target)).spec.unwrap();
        let (_, again) = build(&second, dir.path(), &name);
        assert_eq!(tree, again, "{name}");
        assert_eq!(second, imported(dir.path(), Some(&target)).spec.unwrap(), "{name}");
    }
}

/// Builds the spec over the module. Returns its target and its files.
fn build(spec: &str, dir: &Path, name: &str) -> (String, BTreeMap<String, String>) {
    let compilation = compile(Source::new("integration.toml", spec), Catalog::bundled());
    let module =
        compilation.module.unwrap_or_else(|| panic!("{name}: {:#?}", compilation.report.diagnostics));
    let _ = fs::remove_dir_all(dir.join("etc/integration"));
    let mut files = BTreeMap::new();
    for (path, file) in compilation.tree.iter() {
        write(dir, path.as_str(), &file.contents);
        files.insert(path.to_string(), String::from_utf8(file.contents.clone()).unwrap());
    }
    (module.platform.constraint, files)
}

fn what_became_of_each_module() {
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
        for lacks in &told.lacks {
            let _ = writeln!(table, "  lacks     {lacks}");
        }
        table.push('\n');
    }
    let _ = writeln!(table, "{carried} of {of} resources");
    for (rule, count) in totals {
        let _ = writeln!(table, "{:<8} {rule} {count}", rule.level());
    }
    insta::assert_snapshot!(table);
}

/// How many of the modules that have a file are carried whole in it, as docs/migrating.md has it.
fn what_is_carried_of_each_artifact() {
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
    let document = include_str!("../../../docs/migrating.md");
    assert!(document.contains(&table), "docs/migrating.md has to have:\n{table}");
}

/// What `setup:upgrade` does when a module is moved to the spec that its import makes, in the releases it is for.
fn what_plan_says_of_each_move() {
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

/// What was converted, word by word, and what else was reported.
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
