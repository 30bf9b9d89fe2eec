//! The configuration of the Admin: system.xml of all modules, merged as `framework/Config/Dom.php` does.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use magespec::{diag::Failure, parsers::xml::Element};

use super::blocks::{Blocks, short};
use crate::{root::Root, tables::ScannedBlock};

/// Letters of the scopes in the tables, with their attributes.
const SCOPES: [(&str, &str); 3] = [("d", "showInDefault"), ("w", "showInWebsite"), ("s", "showInStore")];

/// Elements whose text counts.
const TEXTS: [&str; 6] = ["label", "tab", "resource", "config_path", "source_model", "backend_model"];

/// Tab, section, group or field.
#[derive(Debug, Default)]
struct Node {
    /// Module that declares it first.
    module: String,
    /// Attributes and texts; the last counts.
    values: BTreeMap<String, String>,
    /// Nodes below it, by element and id.
    below: BTreeMap<(String, String), Node>,
}

/// Merged configuration.
pub(super) struct System(Node);

impl System {
    /// Reads all system.xml.
    ///
    /// # Errors
    /// Fails if a file cannot be parsed.
    pub(super) fn read(root: &Root) -> Result<Self, Failure> {
        let mut all = Node::default();
        for file in root.files("adminhtml/system.xml")? {
            for system in file.root.named("system") {
                all.merge(root, file.module, system, 0)?;
            }
        }
        Ok(Self(all))
    }

    /// Blocks of `config.tsv`. Groups within groups are left out: a setting is `section/group/field`.
    pub(super) fn config(&self) -> Vec<ScannedBlock> {
        let mut blocks = Blocks::default();
        for ((kind, id), node) in &self.0.below {
            match kind.as_str() {
                "tab" => blocks.line([&format!("@{id}"), node.value("label"), &short(&node.module)]),
                "section" => {
                    let [label, tab, resource] = ["label", "tab", "resource"].map(|name| node.value(name));
                    blocks.line([id, label, &short(&node.module), tab, resource, &node.scopes()]);
                    for (group, node) in node.named("group") {
                        blocks.below([id], [group, &short(&node.module), &node.scopes()]);
                    }
                }
                _ => {}
            }
        }
        blocks.finish()
    }

    /// Blocks of `paths.tsv`: paths of fields and those where they store their values.
    pub(super) fn paths(&self) -> Vec<ScannedBlock> {
        let mut blocks = Blocks::default();
        for (section, node) in self.0.named("section") {
            node.paths(section, &mut |path, module| {
                if let [section, group, field] = path.split('/').collect::<Vec<_>>()[..] {
                    blocks.below([&format!("{section}/{group}")], [field, &short(module)]);
                }
            });
        }
        blocks.finish()
    }

    /// Source and backend models of all fields, without a method.
    pub(super) fn models(&self) -> BTreeSet<&str> {
        let mut models = BTreeSet::new();
        let mut open = vec![&self.0];
        while let Some(node) = open.pop() {
            let named =
                ["source_model", "backend_model"].map(|name| node.value(name).trim_start_matches('\\'));
            models.extend(named.map(|model| model.split("::").next().unwrap_or_default()));
            open.extend(node.below.values());
        }
        models
    }
}

impl Node {
    /// Merges an element of a module into the node.
    fn merge(&mut self, root: &Root, module: &str, element: &Element, depth: usize) -> Result<(), Failure> {
        for attribute in &element.attributes {
            self.values.insert(attribute.name.clone(), attribute.value.value.clone());
        }
        for child in element.elements() {
            let name = child.name.value.as_str();
            match (name, child.attribute("id"), child.attribute("path")) {
                ("include", _, Some(path)) if depth < 64 => {
                    if let Some(included) = root.xml(&included(root, &path.value))? {
                        self.merge(root, module, &included, depth + 1)?;
                    }
                }
                ("tab" | "section" | "group" | "field", Some(id), _) if depth < 64 => {
                    let key = (name.to_owned(), id.value.clone());
                    let node = self
                        .below
                        .entry(key)
                        .or_insert_with(|| Self { module: module.to_owned(), ..Self::default() });
                    node.merge(root, module, child, depth + 1)?;
                }
                _ if TEXTS.contains(&name) => {
                    self.values.insert(name.to_owned(), child.text().value.trim().to_owned());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    fn scopes(&self) -> String {
        let shown = SCOPES.into_iter().filter(|(_, attribute)| matches!(self.value(attribute), "1" | "true"));
        shown.map(|(letter, _)| letter).collect()
    }

    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a String, &'a Self)> {
        self.below.iter().filter(move |((kind, _), _)| kind == name).map(|((_, id), node)| (id, node))
    }

    /// Calls `add` with each path of the fields below it, and the module that declares the field.
    fn paths(&self, path: &str, add: &mut dyn FnMut(&str, &str)) {
        for (id, node) in self.named("field") {
            add(&format!("{path}/{id}"), &node.module);
            add(node.value("config_path"), &node.module);
        }
        for (id, node) in self.named("group") {
            node.paths(&format!("{path}/{id}"), add);
        }
    }
}

/// File that `<include path="Magento_Paypal::system/express_checkout.xml"/>` names.
fn included(root: &Root, path: &str) -> Utf8PathBuf {
    let (module, file) = path.split_once("::").unwrap_or(("", path));
    let module = root.modules.iter().find(|other| other.name == module);
    let dir = module.map_or(Utf8Path::new(""), |module| module.dir.as_path());
    dir.join("etc/adminhtml").join(file)
}
