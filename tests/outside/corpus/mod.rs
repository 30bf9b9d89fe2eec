//! Public integration modules, mistakes included: what they ask for is judged as Magento 2.4.7 would, and specs that say
//! the same compile into modules that an independent judge accepts.

mod import;
mod least_privilege;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use magespec::{
    Compilation,
    catalog::Catalog,
    compile,
    diag::{Level, Rule, Source},
    names::ResourceEntry,
};
use roxmltree::{Document, Node};

use crate::{
    judge::{JUDGE, assert_accepted},
    need::{Need, shared, trials},
    support::made::written,
};

trials! {
    [Need::Shared("corpus"), Need::Shared("magento")] => exactly_what_magento_lacks_is_reported;
    [&[Need::Shared("corpus")], JUDGE.as_slice()].concat() =>
        specs_that_say_the_same_make_modules_that_the_judge_accepts;
    in import, least_privilege;
}

const TARGET: &str = "2.4.7";

/// The rules that say a resource will not be granted, or may not be.
const REFUSING: [Rule; 5] = [
    Rule::UnknownResource,
    Rule::UnverifiableResource,
    Rule::DisabledResource,
    Rule::RootResource,
    Rule::ResourceNotInEveryRelease,
];

/// An integration as a module's own XML declares it, both forms united.
#[derive(Default)]
struct Declared {
    email: String,
    endpoint: String,
    identity: String,
    resources: BTreeSet<String>,
}

struct Module {
    folder: PathBuf,
    integrations: BTreeMap<String, Declared>,
}

/// The modules of the corpus that declare an integration.
fn modules() -> Vec<Module> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(shared("corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().map(read).filter(|module| !module.integrations.is_empty()).collect()
}

fn read(folder: PathBuf) -> Module {
    let mut integrations = BTreeMap::new();
    for file in files(&folder, &["integration.xml", "config.xml", "api.xml"]) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let Ok(document) = Document::parse(&text) else { continue };
        for node in document.descendants().filter(|node| node.has_tag_name("integration")) {
            let Some(name) = node.attribute("name") else { continue };
            let declared: &mut Declared = integrations.entry(name.to_owned()).or_default();
            for (tag, value) in [
                ("email", &mut declared.email),
                ("endpoint_url", &mut declared.endpoint),
                ("identity_link_url", &mut declared.identity),
            ] {
                value.push_str(child(node, tag));
            }
            let resources = node.descendants().filter(|node| node.has_tag_name("resource"));
            declared.resources.extend(resources.filter_map(|node| node.attribute("name")).map(str::to_owned));
        }
    }
    Module { folder, integrations }
}

fn child<'a>(node: Node<'a, '_>, tag: &str) -> &'a str {
    node.children()
        .find(|child| child.has_tag_name(tag))
        .and_then(|child| child.text())
        .unwrap_or_default()
        .trim()
}

fn files(folder: &Path, names: &[&str]) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let files =
        entries.into_iter().flat_map(|path| if path.is_dir() { files(&path, names) } else { vec![path] });
    files.filter(|path| names.iter().any(|name| path.ends_with(name))).collect()
}

/// A spec that declares the integrations, each with the resources that `keep` lets through.
fn spec(integrations: &BTreeMap<String, Declared>, keep: impl Fn(&str) -> bool) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let mut spec = format!(
        "[module]\nname = \"Acme_Corpus\"\ndescription = \"x\"\nversion = \"1.0.0\"\nlicense = \"proprietary\"\n[target]\nmagento = \"{TARGET}\"\n"
    );
    for (name, declared) in integrations {
        let email = if declared.email.contains('@') { &declared.email } else { "corpus@acme.com" };
        spec += &format!("[[integration]]\nname = {}\nemail = {}\n", quoted(name), quoted(email));
        for (key, url) in [("endpoint_url", &declared.endpoint), ("identity_link_url", &declared.identity)] {
            if url.len() >= 4 {
                spec += &format!("{key} = {}\n", quoted(url));
            }
        }
        let resources: Vec<String> =
            declared.resources.iter().filter(|id| keep(id)).map(|id| quoted(id)).collect();
        spec += &format!("resources = [{}]\n", resources.join(", "));
    }
    spec
}

fn compiled(text: &str) -> Compilation {
    compile(Source::new("integration.toml", text), Catalog::bundled())
}

/// The ids that 2.4.7 has and grants, from the table and not from the catalog.
fn granted_by_magento() -> BTreeSet<String> {
    let table = shared(&format!("magento/acl/{TARGET}.csv"));
    let mut reader = csv::Reader::from_path(table).unwrap();
    let rows = reader.deserialize().map(|row: Result<BTreeMap<String, String>, _>| row.unwrap());
    rows.filter(|row| row["disabled"] == "0" && !row["parent"].is_empty())
        .map(|row| row["id"].clone())
        .collect()
}

fn exactly_what_magento_lacks_is_reported() {
    let modules = modules();
    let granted = granted_by_magento();
    let mut reported_in_all = 0;
    for Module { folder, integrations } in modules {
        // Each form that no entry may have is a finding of its own; here it is about what exists.
        let well_formed = |id: &str| ResourceEntry::new(id).is_ok();
        let text = spec(&integrations, well_formed);
        let report = compiled(&text).report;
        let refused = report.diagnostics.iter().filter(|finding| REFUSING.contains(&finding.rule));
        let refused: BTreeSet<String> =
            refused.map(|finding| text[finding.span.clone().unwrap()].trim_matches('"').to_owned()).collect();
        let asked = integrations.values().flat_map(|declared| &declared.resources);
        let lacking: BTreeSet<String> =
            asked.filter(|id| well_formed(id) && !granted.contains(*id)).cloned().collect();
        reported_in_all += lacking.len();
        assert_eq!(refused, lacking, "{}", folder.display());
    }
    assert!(reported_in_all > 20, "{reported_in_all}");
}

fn specs_that_say_the_same_make_modules_that_the_judge_accepts() {
    let modules = modules();
    let granted = granted_by_magento();
    let (mut accepted, mut refused) = (0, 0);
    for Module { folder, integrations } in modules {
        let compilation = compiled(&spec(&integrations, |id| granted.contains(id)));
        let Some(module) = compilation.module else {
            // The names of its config.xml and api.xml differ in case, as in Adobe's tutorial.
            let errors =
                compilation.report.diagnostics.iter().filter(|finding| finding.level == Level::Error);
            let rules: Vec<Rule> = errors.map(|finding| finding.rule).collect();
            assert_eq!(rules, [Rule::DuplicateIntegration], "{}", folder.display());
            refused += 1;
            continue;
        };
        for integration in &module.integrations {
            let declared = &integrations[integration.name.as_str()];
            let found: BTreeSet<String> = integration.resources.iter().map(|it| it.id.to_string()).collect();
            assert_eq!(
                found,
                declared.resources.intersection(&granted).cloned().collect(),
                "{}",
                folder.display()
            );
        }
        assert_accepted(written(&compilation.tree).path(), TARGET);
        accepted += 1;
    }
    assert!(accepted >= 20 && refused <= 1, "{accepted} accepted, {refused} refused");
}
