//! Merger of the modules' `etc/acl.xml`, as in `framework/Config/Dom.php`: a resource at the same path is the same one,
//! and later files win.

use std::collections::{BTreeMap, HashMap};

use super::input::xml;
use crate::{
    catalog::{ShopResource, shop::plain},
    parsers::xml::Element,
};

/// Greatest depth; real ACLs are never as deep.
const MAX_DEPTH: usize = 64;

/// Resources merged so far.
#[derive(Default)]
pub(super) struct AclMerge {
    /// Parents come before their children.
    nodes: Vec<MergedResource>,
    /// Index by the parent's index and the id.
    places: HashMap<(Option<usize>, String), usize>,
}

struct MergedResource {
    id: String,
    parent: Option<usize>,
    title: Option<String>,
    /// Module in its id's prefix, if that one sets the title; otherwise the first that does.
    module: String,
    sort_order: i32,
    is_disabled: bool,
}

impl AclMerge {
    /// Merges the acl.xml of the next module.
    ///
    /// # Errors
    /// Describes the fault in the file, or in a part of it, which is then skipped.
    pub(super) fn add(&mut self, module: &str, text: &str) -> Result<(), String> {
        let document = xml(text)?;
        let resources = document.root.named("acl").flat_map(|acl| acl.named("resources"));
        let mut open: Vec<(&Element, Option<usize>, usize)> = Vec::new();
        for resources in resources {
            open.extend(below(resources).map(|resource| (resource, None, 0)));
        }
        let mut is_too_deep = false;
        while let Some((resource, parent, depth)) = open.pop() {
            let Some(id) = resource.attribute("id").map(|id| plain(&id.value)).filter(|id| !id.is_empty())
            else {
                continue;
            };
            let place = self.merge(module, &id, parent, resource);
            is_too_deep |= depth >= MAX_DEPTH;
            open.extend(
                below(resource).filter(|_| depth < MAX_DEPTH).map(|child| (child, Some(place), depth + 1)),
            );
        }
        if is_too_deep {
            Err(format!("resources nested deeper than {MAX_DEPTH} are skipped"))
        } else {
            Ok(())
        }
    }

    fn merge(&mut self, module: &str, id: &str, parent: Option<usize>, resource: &Element) -> usize {
        let place = *self.places.entry((parent, id.to_owned())).or_insert_with(|| {
            self.nodes.push(MergedResource {
                id: id.to_owned(),
                parent,
                title: None,
                module: module.to_owned(),
                sort_order: 0,
                is_disabled: false,
            });
            self.nodes.len() - 1
        });
        let node = &mut self.nodes[place];
        if let Some(title) = resource.attribute("title") {
            let is_named_after = id.strip_prefix(module).is_some_and(|rest| rest.starts_with("::"));
            if node.title.is_none() || is_named_after {
                module.clone_into(&mut node.module);
            }
            node.title = Some(plain(&title.value));
        }
        if let Some(sort_order) = resource.attribute("sortOrder") {
            node.sort_order = number(&sort_order.value);
        }
        if let Some(disabled) = resource.attribute("disabled") {
            // Magento's reader accepts only this word (`framework/Acl/AclResource/Config/Converter/Dom.php`).
            node.is_disabled = disabled.value == "true";
        }
        place
    }

    /// Returns the resources by id; and for each id that appears at a second place, the module that put it there and a
    /// message.
    pub(super) fn finish(self) -> (BTreeMap<String, ShopResource>, Vec<(String, String)>) {
        let mut resources: BTreeMap<String, ShopResource> = BTreeMap::new();
        let mut doubled = Vec::new();
        let parents: Vec<Option<String>> =
            self.nodes.iter().map(|node| node.parent.map(|parent| self.nodes[parent].id.clone())).collect();
        for (node, parent) in self.nodes.into_iter().zip(parents) {
            if let Some(first) = resources.get(&node.id) {
                let message = format!(
                    "{} is below {} here but below {} in {}, which counts; Magento does not allow an id twice",
                    node.id,
                    parent.as_deref().unwrap_or("nothing"),
                    first.parent.as_deref().unwrap_or("nothing"),
                    first.module
                );
                doubled.push((node.module, message));
                continue;
            }
            let resource = ShopResource {
                parent,
                title: node.title.unwrap_or_else(|| node.id.clone()),
                module: node.module,
                sort_order: node.sort_order,
                is_disabled: node.is_disabled,
            };
            resources.insert(node.id, resource);
        }
        (resources, doubled)
    }
}

fn below(element: &Element) -> impl Iterator<Item = &Element> {
    // Removed from the end, last first.
    element.named("resource").rev()
}

/// Converts text to a number as PHP does, from its leading digits.
fn number(text: &str) -> i32 {
    let text = text.trim_start();
    let digits =
        text.char_indices().take_while(|&(at, c)| c.is_ascii_digit() || (at == 0 && "+-".contains(c)));
    text[..digits.count()].parse().unwrap_or(0)
}
