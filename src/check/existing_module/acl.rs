//! Rules on etc/acl.xml that no `[[acl]]` can break (docs/magento/files-and-schemas.md#acl-xml).

use std::collections::HashSet;

use super::{ExistingModule, Firsts, shape::not_accepted, twice};
use crate::{
    catalog::ReleaseSet,
    diag::{Diagnostic, Rule},
    module::{XmlAclNode, XmlResource},
    names::AclId,
};

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let nodes = module.acl_nodes();
    let titled = nodes.iter().filter(|(node, _)| node.title.is_some());
    let titled: HashSet<&str> = titled.map(|(node, _)| node.id.value.as_str()).collect();
    let mut firsts = Firsts::new();
    let mut findings = Vec::new();
    for (node, parent) in &nodes {
        let id = node.id.value.as_str();
        if module.has_own_id(node) {
            findings.extend((!titled.contains(id)).then(|| no_title(node)));
        } else if let Some(first) = firsts.seen(id, &node.id.span) {
            findings.push(
                twice(Rule::AclDuplicate, format!("`{id}` is declared twice"), &node.id.span, first)
                    .reason("an id may appear only once in a file; Magento rejects it in developer mode")
                    .help("merge the contents of both into one"),
            );
        } else {
            findings.extend(module.moved(node, *parent));
        }
        findings.extend(node.sort_order.as_ref().filter(|it| it.trimmed().parse::<i32>().is_err()).map(
            |it| {
                let message = format!("`sortOrder` of `{id}` is not a number: {:?}", it.value);
                not_accepted("etc/acl.xml", message, "write a whole number: sortOrder=\"100\"")
                    .at(it.span.clone())
            },
        ));
    }
    findings.extend(
        nodes.iter().filter(|(_, parent)| parent.is_none()).filter_map(|(node, _)| module.a_root(node)),
    );
    let integrations = module.declared.integrations.iter().flat_map(|integration| &integration.resources);
    findings.extend(integrations.filter_map(|resource| module.disabled(resource)));
    findings
}

impl<'a> ExistingModule<'a> {
    /// All nodes of acl.xml in order, each with its parent.
    fn acl_nodes(&self) -> Vec<(&'a XmlAclNode, Option<&'a XmlAclNode>)> {
        fn within<'n>(
            nodes: &'n [XmlAclNode],
            parent: Option<&'n XmlAclNode>,
            all: &mut Vec<(&'n XmlAclNode, Option<&'n XmlAclNode>)>,
        ) {
            for node in nodes {
                all.push((node, parent));
                within(&node.children, Some(node), all);
            }
        }
        let mut all = Vec::new();
        within(&self.declared.acl, None, &mut all);
        all
    }

    fn has_own_id(&self, node: &XmlAclNode) -> bool {
        node.id.value.split("::").next() == Some(self.context.spec.module.name.as_str())
    }

    /// Reports a resource of Magento that is not where Magento has it
    /// (docs/magento/files-and-schemas.md#acl-chain).
    fn moved(&self, node: &XmlAclNode, parent: Option<&XmlAclNode>) -> Option<Diagnostic> {
        let (acl, catalog) = (&self.resolved.acl, self.context.catalog);
        let id = node.id.value.as_str();
        let there = catalog.ever(id) & self.resolved.target.releases;
        let parent = parent.map(|parent| parent.id.value.as_str());
        let elsewhere: ReleaseSet =
            there.iter().filter(|&release| acl.parent(id, release) != parent).collect();
        // What moves between releases has a finding of its own.
        let last = there.last().filter(|_| elsewhere == there)?;
        let place = |parent: Option<&str>| {
            parent.map_or_else(|| "at the top".to_owned(), |parent| format!("below `{parent}`"))
        };
        let right = acl.ancestors(id, last);
        let chain: Vec<&str> = right.iter().rev().copied().filter(|above| *above != id).collect();
        Some(
            Diagnostic::new(
                Rule::AclParent,
                format!("`{id}` is {} here, but {} in Magento", place(parent), place(acl.parent(id, last))),
            )
            .at(node.id.span.clone())
            .reason("Magento merges nodes at the same place only: the id appears twice, and developer mode rejects the merged file")
            .help(match chain.as_slice() {
                [] => format!("put <resource id=\"{id}\"> directly into <resources>"),
                chain => format!("put it into {}", chain.iter().map(|above| format!("<resource id=\"{above}\">")).collect::<Vec<_>>().join(" in ").as_str()),
            }),
        )
    }

    fn a_root(&self, node: &XmlAclNode) -> Option<Diagnostic> {
        let id = &node.id.value;
        self.context.catalog.ever(id).is_empty().then(|| {
            Diagnostic::new(Rule::AclRoot, format!("`{id}` is another root of the ACL tree"))
                .at(node.id.span.clone())
                .reason("Magento looks up resources only under Magento_Backend::admin, and another root breaks every integration in the shop")
                .help(format!("move it into <resource id=\"{}\">", AclId::ADMIN))
        })
    }

    /// Reports a requested resource that the module itself disables.
    fn disabled(&self, resource: &XmlResource) -> Option<Diagnostic> {
        let id = resource.id.value.as_str();
        self.declared.disables(id).then(|| {
            Diagnostic::new(Rule::DisabledResource, format!("`{id}` is disabled in etc/acl.xml"))
                .at(resource.id.span.clone())
                .reason("Magento removes a disabled resource and everything below it before it looks up permissions, so it silently drops this one")
                .help("remove it, or remove disabled=\"true\" from etc/acl.xml")
        })
    }
}

fn no_title(node: &XmlAclNode) -> Diagnostic {
    Diagnostic::new(Rule::AclTitle, format!("`{}` has no title", node.id.value))
        .at(node.tag.clone())
        .reason("each resource needs a title in one of the merged files (from 2.2.0 on, acl_merged.xsd): developer mode rejects the result, and otherwise administrators see a permission without a name")
        .help("write title=\"…\", 3 to 50 characters")
}
