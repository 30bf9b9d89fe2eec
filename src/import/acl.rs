//! Import of acl.xml: the module's own resources, each with its parent.

use std::ops::Range;

use crate::{
    diag::{Diagnostic, Rule},
    module::XmlAclNode,
    names::{AclId, AclTitle},
    parsers::SpannedText,
};

/// Own resources, and what a spec does not say of the rest.
#[derive(Debug, Default)]
pub(super) struct OwnAcl {
    pub(super) entries: Vec<ImportedResource>,
    pub(super) not_carried: Vec<Diagnostic>,
}

/// Resource of this module.
#[derive(Debug)]
pub(super) struct ImportedResource {
    pub(super) id: SpannedText,
    pub(super) tag: Range<usize>,
    pub(super) title: SpannedText,
    /// Parent of a topmost resource; none for a child.
    pub(super) parent: Option<SpannedText>,
    pub(super) sort_order: (i32, Range<usize>),
    pub(super) comments: Vec<String>,
    pub(super) children: Vec<ImportedResource>,
}

impl OwnAcl {
    /// Sorts the nodes of acl.xml: a resource is the module's own if it is named after the module, or if it is declared
    /// here and `is_known` does not know it from elsewhere.
    pub(super) fn of(nodes: &[XmlAclNode], module: &str, is_known: impl Fn(&str) -> bool) -> Self {
        let mut reader = AclReader { module, is_known, acl: Self::default(), changed: Vec::new() };
        for node in nodes {
            reader.node(node, None);
        }
        let changed = reader.changed();
        reader.acl.not_carried.extend(changed);
        reader.acl
    }
}

struct AclReader<'a, F> {
    module: &'a str,
    is_known: F,
    acl: OwnAcl,
    /// Resources of other modules that the file changes, each with the place of its first attribute.
    changed: Vec<(String, Range<usize>)>,
}

impl<F: Fn(&str) -> bool> AclReader<'_, F> {
    fn node(&mut self, node: &XmlAclNode, parent: Option<&SpannedText>) {
        if self.is_own(node) {
            if let Some(mut entry) = self.entry(node) {
                let root = SpannedText::new(AclId::ADMIN, node.id.span.clone());
                entry.parent = Some(parent.cloned().unwrap_or(root));
                self.acl.entries.push(entry);
            }
            return;
        }
        self.foreign(node);
        for child in &node.children {
            self.node(child, Some(&node.id));
        }
    }

    fn is_own(&self, node: &XmlAclNode) -> bool {
        let module = node.id.value.split("::").next().unwrap_or_default();
        module == self.module || (node.title.is_some() && !(self.is_known)(&node.id.value))
    }

    fn entry(&mut self, node: &XmlAclNode) -> Option<ImportedResource> {
        if let Some(disabled) = node.disabled.as_ref().filter(|disabled| disabled.value == "true") {
            let message = format!("etc/acl.xml stays as it is: `{}` is disabled", node.id.value);
            self.acl.not_carried.push(
                Diagnostic::new(Rule::NotCarried, message)
                    .at(disabled.span.clone())
                    .reason("Magento removes it and everything below it, so nobody can be granted it")
                    .help("to have the file generated, remove the resource"),
            );
            return None;
        }
        let mut children = Vec::new();
        for child in &node.children {
            if self.is_own(child) {
                children.extend(self.entry(child));
            } else {
                let message = format!(
                    "etc/acl.xml stays as it is: `{}` belongs to another module but is below a resource of this one",
                    child.id.value
                );
                self.acl.not_carried.push(
                    Diagnostic::new(Rule::NotCarried, message)
                        .at(child.id.span.clone())
                        .help("to have the file generated, move the resource out"),
                );
            }
        }
        let name = node.id.value.split("::").last().unwrap_or_default();
        let untitled = if AclTitle::new(name).is_ok() { name } else { "Untitled" };
        let title = node.title.clone().unwrap_or_else(|| SpannedText::new(untitled, node.tag.clone()));
        let order = node.sort_order.as_ref();
        let sort_order = order.and_then(|order| Some((order.value.trim().parse().ok()?, order.span.clone())));
        Some(ImportedResource {
            id: node.id.clone(),
            tag: node.tag.clone(),
            title,
            parent: None,
            // Magento's default is 0.
            sort_order: sort_order.unwrap_or((0, node.tag.clone())),
            comments: node.comments.clone(),
            children,
        })
    }

    /// Notes attributes of another module's resource, which a spec names only as a parent.
    fn foreign(&mut self, node: &XmlAclNode) {
        let said = [&node.title, &node.sort_order, &node.disabled];
        if let Some(first) = said.into_iter().flatten().next() {
            self.changed.push((node.id.value.clone(), first.span.clone()));
        }
    }

    /// Reports all resources of other modules that the file changes, in one finding.
    fn changed(&self) -> Option<Diagnostic> {
        let (id, span) = self.changed.first()?;
        let others = match self.changed.len() - 1 {
            0 => String::new(),
            1 => " and one more resource".to_owned(),
            count => format!(" and {count} more resources"),
        };
        let stays = if self.acl.entries.is_empty() { "declares" } else { "also declares" };
        let message = format!("etc/acl.xml stays as it is: it {stays} `{id}`{others} of other modules");
        Some(
            Diagnostic::new(Rule::NotCarried, message)
                .at(span.clone())
                .reason("a spec declares the resources of its own module and refers to others by id: a generated file would lose their titles and their order")
                .help("to have the file generated, remove `title`, `sortOrder` and `disabled` of resources of other modules"),
        )
    }
}
