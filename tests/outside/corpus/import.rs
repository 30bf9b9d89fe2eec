//! 24 public modules, mistakes included: imported, built in place, read again by other parsers, and imported again.

mod outcomes;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use magespec::{catalog::Catalog, compile, diag::Source};
use roxmltree::{Document, Node};
use serde_json::Value;

use crate::{
    need::{Need, shared, trials},
    support::{
        files::{contents, copy},
        modules::{REGISTRATION, findings, imported, write},
    },
};

trials! {
    [Need::Shared("corpus")] =>
        rebuilt_modules_differ_only_as_reported, importing_a_build_changes_nothing;
    in outcomes;
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
        fs::remove_file(dir.path().join("FILES.txt")).unwrap();
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

/// Contents of a module, read by parsers that the importer does not use.
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

fn rebuilt_modules_differ_only_as_reported() {
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

fn importing_a_build_changes_nothing() {
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
