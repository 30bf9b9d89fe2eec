//! Declarations in the XML of a module, as written.

use std::ops::Range;

use super::ModuleFiles;
use crate::{
    names::AclId,
    parsers::{
        SpannedText,
        xml::{Element, XmlDocument, XmlNode},
    },
};

/// Declarations of a module.
#[derive(Debug, Default)]
pub(crate) struct DeclaredXml {
    /// Name in `<module name>`.
    pub(crate) name: Option<SpannedText>,
    /// Tag of `<module>`, or the start of the first file.
    pub(crate) tag: Range<usize>,
    pub(crate) setup_version: Option<SpannedText>,
    pub(crate) sequence: Vec<SpannedText>,
    /// Tag of the first `<sequence>`.
    pub(crate) sequence_tag: Option<Range<usize>>,
    pub(crate) integrations: Vec<XmlIntegration>,
    pub(crate) acl: Vec<XmlAclNode>,
}

/// Integration in either format.
#[derive(Debug, Clone)]
pub(crate) struct XmlIntegration {
    pub(crate) name: SpannedText,
    pub(crate) tag: Range<usize>,
    pub(crate) comments: Vec<String>,
    pub(crate) form: IntegrationFiles,
    pub(crate) email: Option<SpannedText>,
    pub(crate) endpoint_url: Option<SpannedText>,
    pub(crate) identity_link_url: Option<SpannedText>,
    pub(crate) resources: Vec<XmlResource>,
    /// Tag of `<resources>`.
    pub(crate) resources_tag: Option<Range<usize>>,
    /// Comments after the last resource.
    pub(crate) last_comments: Vec<String>,
}

/// Files that declare an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IntegrationFiles {
    /// etc/integration.xml alone.
    Consolidated,
    /// etc/integration.xml, and the pair at this place.
    Both(Range<usize>),
    /// config.xml, and api.xml under this name.
    Legacy(Option<SpannedText>),
    /// api.xml alone.
    LegacyResourcesOnly,
}

impl XmlIntegration {
    /// Returns true if the pair grants every resource: `Authorization/Model/ResourceModel/Rules.php::saveRel` keeps one
    /// rule that allows all if that root is alone.
    pub(crate) fn grants_everything(&self) -> bool {
        self.form.is_legacy() && matches!(self.resources.as_slice(), [only] if only.id.value == AclId::ALL)
    }
}

impl IntegrationFiles {
    /// Returns true if only the pair declares it.
    pub(crate) fn is_legacy(&self) -> bool {
        matches!(self, Self::Legacy(_) | Self::LegacyResourcesOnly)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct XmlResource {
    pub(crate) id: SpannedText,
    pub(crate) comments: Vec<String>,
    /// Comment on the same line.
    pub(crate) behind: Option<String>,
}

/// Resource of acl.xml.
#[derive(Debug, Clone)]
pub(crate) struct XmlAclNode {
    pub(crate) id: SpannedText,
    pub(crate) tag: Range<usize>,
    pub(crate) title: Option<SpannedText>,
    pub(crate) sort_order: Option<SpannedText>,
    pub(crate) disabled: Option<SpannedText>,
    pub(crate) comments: Vec<String>,
    pub(crate) children: Vec<XmlAclNode>,
}

impl DeclaredXml {
    pub(crate) fn of(files: &ModuleFiles) -> Self {
        let root = |path: &str| files.xml.get(path).map(|document| &document.root);
        let module = root("etc/module.xml").and_then(|root| root.named("module").next());
        let mut declared = Self::default();
        if let Some(module) = module {
            let sequences = || module.named("sequence");
            // Resources without the surrounding element count too.
            let bare = module.named("module");
            let named = sequences().flat_map(|sequence| sequence.named("module")).chain(bare);
            declared = Self {
                name: module.attribute("name").cloned(),
                tag: module.name.span.clone(),
                setup_version: module.attribute("setup_version").cloned(),
                sequence: named.filter_map(|module| module.attribute("name").cloned()).collect(),
                sequence_tag: sequences().next().map(|sequence| sequence.name.span.clone()),
                ..declared
            };
        }
        let consolidated = ["etc/integration.xml", "etc/integrations.xml"].into_iter().filter_map(root);
        declared.integrations =
            consolidated.flat_map(|root| integrations(root, &IntegrationFiles::Consolidated)).collect();
        let config = root("etc/integration/config.xml")
            .map(|root| integrations(root, &IntegrationFiles::Legacy(None)));
        let api = root("etc/integration/api.xml")
            .map(|root| integrations(root, &IntegrationFiles::LegacyResourcesOnly));
        declared.add_pair(config.unwrap_or_default(), api.unwrap_or_default());
        declared.acl = root("etc/acl.xml").map(acl).unwrap_or_default();
        declared
    }

    /// Adds the integrations of the pair; one in etc/integration.xml with the same name wins
    /// (docs/magento/files-and-schemas.md#both-forms).
    fn add_pair(&mut self, config: Vec<XmlIntegration>, mut api: Vec<XmlIntegration>) {
        for mut integration in config {
            let name = integration.name.value.clone();
            let same = api.iter().position(|other| other.name.value == name);
            let alike =
                || api.iter().position(|other| other.name.value.to_lowercase() == name.to_lowercase());
            if let Some(at) = same.or_else(alike) {
                let XmlIntegration { name, comments, resources, resources_tag, last_comments, .. } =
                    api.remove(at);
                integration.comments.extend(comments);
                integration.form = IntegrationFiles::Legacy(Some(name));
                (integration.resources, integration.resources_tag) = (resources, resources_tag);
                integration.last_comments = last_comments;
            }
            self.add(integration);
        }
        api.into_iter().for_each(|integration| self.add(integration));
    }

    fn add(&mut self, integration: XmlIntegration) {
        let same = |other: &&mut XmlIntegration| {
            other.name.value == integration.name.value && !other.form.is_legacy()
        };
        match self.integrations.iter_mut().find(same) {
            Some(other) => other.form = IntegrationFiles::Both(integration.tag),
            None => self.integrations.push(integration),
        }
    }
}

impl DeclaredXml {
    /// Returns true if the module's own acl.xml disables the resource, or one above it.
    pub(crate) fn disables(&self, id: &str) -> bool {
        fn finds(nodes: &[XmlAclNode], id: &str, is_off: bool) -> bool {
            nodes.iter().any(|node| {
                let is_off = is_off || node.disabled.as_ref().is_some_and(|it| it.value == "true");
                (is_off && node.id.value == id) || finds(&node.children, id, is_off)
            })
        }
        finds(&self.acl, id, false)
    }
}

/// Comments before an element.
#[derive(Default)]
struct Comments(Vec<String>);

impl Comments {
    fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0)
    }
}

fn integrations(root: &Element, form: &IntegrationFiles) -> Vec<XmlIntegration> {
    let mut comments = Comments::default();
    let mut integrations = Vec::new();
    for node in &root.children {
        match node {
            XmlNode::Comment { text, .. } => comments.0.push(text.value.clone()),
            XmlNode::Element(element) if element.name.value == "integration" => {
                integrations.extend(integration(element, form.clone(), comments.take()));
            }
            _ => {}
        }
    }
    integrations
}

fn integration(element: &Element, form: IntegrationFiles, comments: Vec<String>) -> Option<XmlIntegration> {
    let of = |name: &'static str| element.named(name).next();
    let listed = of("resources");
    let (resources, last_comments) = listed.map(resources).unwrap_or_default();
    let inner = element.children.iter().filter_map(|node| match node {
        XmlNode::Comment { text, .. } => Some(text.value.clone()),
        _ => None,
    });
    Some(XmlIntegration {
        name: element.attribute("name")?.clone(),
        tag: element.name.span.clone(),
        comments: comments.into_iter().chain(inner).collect(),
        form,
        email: of("email").map(Element::text),
        endpoint_url: of("endpoint_url").map(Element::text),
        identity_link_url: of("identity_link_url").map(Element::text),
        resources,
        resources_tag: listed.map(|element| element.name.span.clone()),
        last_comments,
    })
}

fn resources(element: &Element) -> (Vec<XmlResource>, Vec<String>) {
    let mut comments = Comments::default();
    let mut resources: Vec<XmlResource> = Vec::new();
    for node in &element.children {
        match node {
            XmlNode::Comment { text, is_behind } => match resources.last_mut().filter(|_| *is_behind) {
                Some(last) if comments.0.is_empty() => last.behind = Some(text.value.clone()),
                _ => comments.0.push(text.value.clone()),
            },
            XmlNode::Element(resource) => {
                let Some(id) = resource.attribute("name") else { continue };
                resources.push(XmlResource { id: id.clone(), comments: comments.take(), behind: None });
            }
            XmlNode::Text(_) => {}
        }
    }
    (resources, comments.0)
}

fn acl(root: &Element) -> Vec<XmlAclNode> {
    root.named("acl").flat_map(|acl| acl.named("resources")).flat_map(acl_nodes).collect()
}

fn acl_nodes(element: &Element) -> Vec<XmlAclNode> {
    let mut comments = Comments::default();
    let mut nodes = Vec::new();
    for node in &element.children {
        match node {
            XmlNode::Comment { text, .. } => comments.0.push(text.value.clone()),
            XmlNode::Element(resource) if resource.name.value == "resource" => {
                let Some(id) = resource.attribute("id") else { continue };
                nodes.push(XmlAclNode {
                    id: id.clone(),
                    tag: resource.name.span.clone(),
                    title: resource.attribute("title").cloned(),
                    sort_order: resource.attribute("sortOrder").cloned(),
                    disabled: resource.attribute("disabled").cloned(),
                    comments: comments.take(),
                    children: acl_nodes(resource),
                });
            }
            _ => {}
        }
    }
    nodes
}

/// Comments before the root of a file.
pub(crate) fn head(document: &XmlDocument) -> impl Iterator<Item = &str> {
    document.head.iter().map(|comment| comment.value.as_str())
}
