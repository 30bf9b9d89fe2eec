//! acl.xml as a spec says it: the module's own resources, each under the one it hangs under.

use std::ops::Range;

use crate::{
    diag::{Diagnostic, Rule},
    formats::SpannedText,
    module::XmlAclNode,
    names::AclId,
};

/// The own resources, and what cannot be said of the rest.
#[derive(Debug, Default)]
pub(super) struct OwnAcl {
    pub(super) entries: Vec<ImportedResource>,
    pub(super) findings: Vec<Diagnostic>,
}

/// An own resource.
#[derive(Debug)]
pub(super) struct ImportedResource {
    pub(super) id: SpannedText,
    pub(super) tag: Range<usize>,
    pub(super) title: SpannedText,
    /// None for a child.
    pub(super) parent: Option<SpannedText>,
    pub(super) sort_order: (i32, Range<usize>),
    pub(super) comments: Vec<String>,
    pub(super) children: Vec<ImportedResource>,
}

impl OwnAcl {
    /// Sorts the nodes of acl.xml: an own resource is one named after the module, or one that is declared here and that
    /// `is_known` does not know from elsewhere.
    pub(super) fn of(nodes: &[XmlAclNode], module: &str, is_known: impl Fn(&str) -> bool) -> Self {
        let mut reader = Reader { module, is_known, acl: Self::default() };
        for node in nodes {
            reader.node(node, None);
        }
        reader.acl
    }
}

struct Reader<'a, F> {
    module: &'a str,
    is_known: F,
    acl: OwnAcl,
}

impl<F: Fn(&str) -> bool> Reader<'_, F> {
    fn node(&mut self, node: &XmlAclNode, parent: Option<&SpannedText>) {
        if self.is_own(node) {
            if let Some(mut entry) = self.entry(node) {
                if parent.is_none() {
                    self.acl.findings.push(a_root(node));
                }
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
            let message = format!("`{}` is switched off and left out", node.id.value);
            self.acl.findings.push(
                Diagnostic::new(Rule::NotCarried, message)
                    .at(disabled.span.clone())
                    .reason("Magento cuts it out with all below it: nobody can be granted it")
                    .help("list etc/acl.xml under [files] unmanaged if it has to stay there"),
            );
            return None;
        }
        let mut children = Vec::new();
        for child in &node.children {
            if self.is_own(child) {
                children.extend(self.entry(child));
            } else {
                let message =
                    format!("`{}` is not carried: it hangs under a resource of this module", child.id.value);
                self.acl.findings.push(
                    Diagnostic::new(Rule::NotCarried, message)
                        .at(child.id.span.clone())
                        .help("list etc/acl.xml under [files] unmanaged if it has to stay there"),
                );
            }
        }
        let name = node.id.value.split("::").last().unwrap_or_default();
        let title = node.title.clone().unwrap_or_else(|| SpannedText::new(name, node.tag.clone()));
        let order = node.sort_order.as_ref();
        let sort_order = order.and_then(|order| Some((order.value.trim().parse().ok()?, order.span.clone())));
        Some(ImportedResource {
            id: node.id.clone(),
            tag: node.tag.clone(),
            title,
            parent: None,
            // Where it says nothing Magento takes 0.
            sort_order: sort_order.unwrap_or((0, node.tag.clone())),
            comments: node.comments.clone(),
            children,
        })
    }

    /// A resource of another module is named to say where the own ones hang. More than its name is lost.
    fn foreign(&mut self, node: &XmlAclNode) {
        let said = [("title", &node.title), ("sortOrder", &node.sort_order), ("disabled", &node.disabled)];
        let said: Vec<&(&str, &Option<SpannedText>)> =
            said.iter().filter(|(_, value)| value.is_some()).collect();
        let Some((_, Some(first))) = said.first() else { return };
        let names: Vec<String> = said.iter().map(|(name, _)| format!("`{name}`")).collect();
        let message = format!("left out: {} of `{}`, another module's", names.join(" and "), node.id.value);
        self.acl.findings.push(
            Diagnostic::new(Rule::NotCarried, message)
                .at(first.span.clone())
                .reason("a spec declares resources of its own module; others it repeats by their id alone")
                .help("list etc/acl.xml under [files] unmanaged if this has to change another module"),
        );
    }
}

fn a_root(node: &XmlAclNode) -> Diagnostic {
    Diagnostic::new(Rule::AclRoot, format!("`{}` is a root of its own", node.id.value))
        .at(node.id.span.clone())
        .reason("Magento looks resources up under Magento_Backend::admin only, and a further root breaks every integration of the shop")
        .help("put it into <resource id=\"Magento_Backend::admin\">")
}
