//! Import of acl.xml: the module's own resources, each with its parent.

use std::{collections::HashSet, ops::Range};

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
    /// Resources of other modules above a topmost one that a spec has to name, from the top down.
    pub(super) parents: Vec<RepeatedResource>,
    pub(super) sort_order: (i32, Range<usize>),
    pub(super) comments: Vec<String>,
    pub(super) children: Vec<ImportedResource>,
}

/// Resource of another module, with what acl.xml repeats of it.
#[derive(Debug, Clone)]
pub(super) struct RepeatedResource {
    pub(super) id: SpannedText,
    pub(super) title: Option<SpannedText>,
    pub(super) sort_order: Option<(i32, Range<usize>)>,
}

impl OwnAcl {
    /// Sorts the nodes of acl.xml: a resource is the module's own if it is named after the module, or if it is declared
    /// here, has no own one below it, and `is_known` does not know it from elsewhere.
    ///
    /// A spec finds the place of another module's resource by itself if `has_place`.
    pub(super) fn of(
        nodes: &[XmlAclNode],
        module: &str,
        is_known: &dyn Fn(&str) -> bool,
        has_place: &dyn Fn(&str) -> bool,
    ) -> Self {
        let mut reader = AclReader {
            module,
            is_known,
            has_place,
            acl: Self::default(),
            named: HashSet::new(),
            changed: Vec::new(),
        };
        for node in nodes {
            reader.node(node, &mut Vec::new());
        }
        let changed = reader.changed();
        reader.acl.not_carried.extend(changed);
        reader.acl
    }
}

struct AclReader<'a> {
    module: &'a str,
    is_known: &'a dyn Fn(&str) -> bool,
    has_place: &'a dyn Fn(&str) -> bool,
    acl: OwnAcl,
    /// Ids in `parents` of an earlier resource.
    named: HashSet<String>,
    /// Resources of other modules that the file changes without an own one below, each with the place of its first
    /// attribute.
    changed: Vec<(String, Range<usize>)>,
}

impl<'n> AclReader<'_> {
    fn node(&mut self, node: &'n XmlAclNode, above: &mut Vec<&'n XmlAclNode>) {
        if self.is_own(node) {
            if let Some(mut entry) = self.entry(node) {
                let root = SpannedText::new(AclId::ADMIN, node.id.span.clone());
                entry.parent = Some(above.last().map_or(root, |parent| parent.id.clone()));
                entry.parents = self.parents(above);
                self.acl.entries.push(entry);
            }
            return;
        }
        self.foreign(node);
        if above.is_empty() {
            self.root(node);
        }
        above.push(node);
        for child in &node.children {
            self.node(child, above);
        }
        above.pop();
    }

    /// Lists the resources above an entry that a spec has to name and no earlier entry has: those of which the file says
    /// more than the place, and those that nobody knows, after the one above them.
    fn parents(&mut self, above: &[&XmlAclNode]) -> Vec<RepeatedResource> {
        let known = above.iter().rposition(|node| (self.has_place)(&node.id.value)).map_or(0, |at| at + 1);
        let is_new = |node: &XmlAclNode| !self.named.contains(&node.id.value);
        let unknown = (known..above.len()).find(|&at| is_new(above[at])).unwrap_or(above.len());
        let is_place = |at: usize| at >= unknown || (at + 1 == unknown && unknown < above.len());
        let mut parents = Vec::new();
        for (at, node) in above.iter().enumerate() {
            let is_new = is_new(node);
            let says = is_new && (node.title.is_some() || node.sort_order.is_some());
            if says || (is_place(at) && node.id.value != AclId::ADMIN) {
                parents.push(RepeatedResource {
                    id: node.id.clone(),
                    title: node.title.clone().filter(|_| is_new),
                    sort_order: number(node).filter(|_| is_new),
                });
            }
        }
        self.named.extend(parents.iter().map(|parent| parent.id.value.clone()));
        parents
    }

    fn is_own(&self, node: &XmlAclNode) -> bool {
        self.is_named_after_module(node)
            || (node.title.is_some() && !(self.is_known)(&node.id.value) && !self.has_own_below(node))
    }

    fn is_named_after_module(&self, node: &XmlAclNode) -> bool {
        node.id.value.split("::").next() == Some(self.module)
    }

    fn has_own_below(&self, node: &XmlAclNode) -> bool {
        node.children.iter().any(|child| self.is_named_after_module(child) || self.has_own_below(child))
    }

    /// Reports what keeps the file from being generated.
    fn stays(&mut self, why: &str, at: &Range<usize>, reason: &str, instead: &str) {
        self.acl.not_carried.push(
            Diagnostic::new(Rule::NotCarried, format!("etc/acl.xml stays yours: {why}"))
                .at(at.clone())
                .reason(reason)
                .help(format!("to have the file generated, {instead}")),
        );
    }

    fn entry(&mut self, node: &XmlAclNode) -> Option<ImportedResource> {
        if let Some(disabled) = node.disabled.as_ref().filter(|disabled| disabled.value == "true") {
            let message = format!("`{}` is disabled", node.id.value);
            self.stays(
                &message,
                &disabled.span,
                "Magento removes it and everything below it, so nobody can be granted it",
                "remove the resource",
            );
            return None;
        }
        let mut children = Vec::new();
        for child in &node.children {
            if self.is_own(child) {
                children.extend(self.entry(child));
            } else {
                let message = format!(
                    "`{}` belongs to another module but is below a resource of this one",
                    child.id.value
                );
                self.stays(
                    &message,
                    &child.id.span,
                    "a spec places resources of its own module only",
                    "move the resource out; a later version may support it",
                );
            }
        }
        let name = node.id.value.split("::").last().unwrap_or_default();
        let untitled = if AclTitle::new(name).is_ok() { name } else { "Untitled" };
        let title = node.title.clone().unwrap_or_else(|| SpannedText::new(untitled, node.tag.clone()));
        Some(ImportedResource {
            id: node.id.clone(),
            tag: node.tag.clone(),
            title,
            parent: None,
            parents: Vec::new(),
            // Magento's default is 0.
            sort_order: number(node).unwrap_or((0, node.tag.clone())),
            comments: node.comments.clone(),
            children,
        })
    }

    /// Reports a root that only this file has.
    fn root(&mut self, node: &XmlAclNode) {
        if !(self.is_known)(&node.id.value) && self.has_own_below(node) {
            let message = format!("`{}` is a root beside Magento_Backend::admin", node.id.value);
            self.stays(
                &message,
                &node.id.span,
                "a generated file has everything below Magento_Backend::admin",
                &format!("move it into <resource id=\"{}\">", AclId::ADMIN),
            );
        }
    }

    /// Notes attributes of another module's resource that a spec cannot name: it names what is above its own resources.
    fn foreign(&mut self, node: &XmlAclNode) {
        let is_above = self.has_own_below(node);
        let is_carried = |title: &&SpannedText| is_above && AclTitle::new(title.value.as_str()).is_ok();
        let title = node.title.as_ref().filter(|title| !is_carried(title));
        let order = node.sort_order.as_ref().filter(|_| !is_above);
        if let Some(first) = title.or(order).or(node.disabled.as_ref()) {
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
        let message = format!("etc/acl.xml stays yours: it {stays} `{id}`{others} of other modules");
        Some(
            Diagnostic::new(Rule::NotCarried, message)
                .at(span.clone())
                .reason("a spec declares the resources of its own module, with the ones above them: a generated file would lose what this one says of others")
                .help("to have the file generated, remove `title`, `sortOrder` and `disabled` of these resources; a later version may support them"),
        )
    }
}

fn number(node: &XmlAclNode) -> Option<(i32, Range<usize>)> {
    let order = node.sort_order.as_ref()?;
    Some((order.value.trim().parse().ok()?, order.span.clone()))
}
