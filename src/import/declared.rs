//! What the XML of a module declares, as it is written.

use std::ops::Range;

use super::{
    Text,
    format::xml::{Document, Element, Node},
    read::Files,
};

/// What a module declares.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// `<module name>`, and where its tag is.
    pub(super) name: Option<Text>,
    /// The tag of `<module>`; where there is none, the start of the first file.
    pub(super) tag: Range<usize>,
    pub(super) setup_version: Option<Text>,
    pub(super) sequence: Vec<Text>,
    /// Where the first `<sequence>` is.
    pub(super) sequence_tag: Option<Range<usize>>,
    pub(super) integrations: Vec<Integration>,
    pub(super) acl: Vec<AclNode>,
}

/// An integration of one of the two forms.
#[derive(Debug, Clone)]
pub(super) struct Integration {
    pub(super) name: Text,
    pub(super) tag: Range<usize>,
    pub(super) comments: Vec<String>,
    pub(super) form: Form,
    pub(super) email: Option<Text>,
    pub(super) endpoint_url: Option<Text>,
    pub(super) identity_link_url: Option<Text>,
    pub(super) resources: Vec<Resource>,
    /// The tag of `<resources>`.
    pub(super) resources_tag: Option<Range<usize>>,
    /// Comments behind the last resource.
    pub(super) last_comments: Vec<String>,
}

/// Which files declare an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// etc/integration.xml alone.
    Consolidated,
    /// etc/integration.xml, and the pair besides, where this is.
    Both(Range<usize>),
    /// config.xml, and api.xml under this name.
    Legacy(Option<Text>),
    /// api.xml alone.
    LegacyResourcesOnly,
}

impl Form {
    /// Whether only the pair declares it.
    pub(super) fn is_legacy(&self) -> bool {
        matches!(self, Self::Legacy(_) | Self::LegacyResourcesOnly)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) id: Text,
    pub(super) comments: Vec<String>,
    /// A comment on the same line.
    pub(super) behind: Option<String>,
}

/// A resource of acl.xml.
#[derive(Debug, Clone)]
pub(super) struct AclNode {
    pub(super) id: Text,
    pub(super) tag: Range<usize>,
    pub(super) title: Option<Text>,
    pub(super) sort_order: Option<Text>,
    pub(super) disabled: Option<Text>,
    pub(super) comments: Vec<String>,
    pub(super) children: Vec<AclNode>,
}

impl Declared {
    pub(super) fn of(files: &Files) -> Self {
        let root = |path: &str| files.xml.get(path).map(|document| &document.root);
        let module = root("etc/module.xml").and_then(|root| root.named("module").next());
        let mut declared = Self::default();
        if let Some(module) = module {
            let sequences = || module.named("sequence");
            // Written without the element around them, they are meant all the same.
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
            consolidated.flat_map(|root| integrations(root, &Form::Consolidated)).collect();
        let config = root("etc/integration/config.xml").map(|root| integrations(root, &Form::Legacy(None)));
        let api = root("etc/integration/api.xml").map(|root| integrations(root, &Form::LegacyResourcesOnly));
        declared.add_pair(config.unwrap_or_default(), api.unwrap_or_default());
        declared.acl = root("etc/acl.xml").map(acl).unwrap_or_default();
        declared
    }

    /// The integrations of the pair: where etc/integration.xml has one of the name, that counts
    /// (docs/magento/files-and-schemas.md#both-forms).
    fn add_pair(&mut self, config: Vec<Integration>, mut api: Vec<Integration>) {
        for mut integration in config {
            let name = integration.name.value.clone();
            let same = api.iter().position(|other| other.name.value == name);
            let alike =
                || api.iter().position(|other| other.name.value.to_lowercase() == name.to_lowercase());
            if let Some(at) = same.or_else(alike) {
                let Integration { name, comments, resources, resources_tag, last_comments, .. } =
                    api.remove(at);
                integration.comments.extend(comments);
                integration.form = Form::Legacy(Some(name));
                (integration.resources, integration.resources_tag) = (resources, resources_tag);
                integration.last_comments = last_comments;
            }
            self.add(integration);
        }
        api.into_iter().for_each(|integration| self.add(integration));
    }

    fn add(&mut self, integration: Integration) {
        let same =
            |other: &&mut Integration| other.name.value == integration.name.value && !other.form.is_legacy();
        match self.integrations.iter_mut().find(same) {
            Some(other) => other.form = Form::Both(integration.tag),
            None => self.integrations.push(integration),
        }
    }
}

/// The text of comments that stand before something.
#[derive(Default)]
struct Comments(Vec<String>);

impl Comments {
    fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0)
    }
}

fn integrations(root: &Element, form: &Form) -> Vec<Integration> {
    let mut comments = Comments::default();
    let mut integrations = Vec::new();
    for node in &root.children {
        match node {
            Node::Comment { text, .. } => comments.0.push(text.value.clone()),
            Node::Element(element) if element.name.value == "integration" => {
                integrations.extend(integration(element, form.clone(), comments.take()));
            }
            _ => {}
        }
    }
    integrations
}

fn integration(element: &Element, form: Form, comments: Vec<String>) -> Option<Integration> {
    let of = |name: &'static str| element.named(name).next();
    let listed = of("resources");
    let (resources, last_comments) = listed.map(resources).unwrap_or_default();
    let inner = element.children.iter().filter_map(|node| match node {
        Node::Comment { text, .. } => Some(text.value.clone()),
        _ => None,
    });
    Some(Integration {
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

fn resources(element: &Element) -> (Vec<Resource>, Vec<String>) {
    let mut comments = Comments::default();
    let mut resources: Vec<Resource> = Vec::new();
    for node in &element.children {
        match node {
            Node::Comment { text, is_behind } => match resources.last_mut().filter(|_| *is_behind) {
                Some(last) if comments.0.is_empty() => last.behind = Some(text.value.clone()),
                _ => comments.0.push(text.value.clone()),
            },
            Node::Element(resource) => {
                let Some(id) = resource.attribute("name") else { continue };
                resources.push(Resource { id: id.clone(), comments: comments.take(), behind: None });
            }
            Node::Text(_) => {}
        }
    }
    (resources, comments.0)
}

fn acl(root: &Element) -> Vec<AclNode> {
    root.named("acl").flat_map(|acl| acl.named("resources")).flat_map(acl_nodes).collect()
}

fn acl_nodes(element: &Element) -> Vec<AclNode> {
    let mut comments = Comments::default();
    let mut nodes = Vec::new();
    for node in &element.children {
        match node {
            Node::Comment { text, .. } => comments.0.push(text.value.clone()),
            Node::Element(resource) if resource.name.value == "resource" => {
                let Some(id) = resource.attribute("id") else { continue };
                nodes.push(AclNode {
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

/// The comments before the root of a file.
pub(super) fn head(document: &Document) -> impl Iterator<Item = &str> {
    document.head.iter().map(|comment| comment.value.as_str())
}
