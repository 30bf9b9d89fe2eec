//! Names in a spec: where each is declared, and where it is used.

mod collect;

use std::ops::Range;

use super::{Pointer, Spans, Spec};
use collect::Collector;

/// Kind of what a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NamedKind {
    /// `Vendor_Module`.
    Module,
    /// ACL resource.
    Resource,
    /// `[[data]]`, or a class of Magento.
    DataType,
    /// `[[service]]`.
    Service,
    /// PHP method of a service, which several routes may call.
    Method,
    /// REST route.
    Route,
    /// `[[setting]]`.
    Setting,
    /// Tab of settings.
    Tab,
    /// Section of settings.
    Section,
    /// Entry of the Admin menu.
    MenuEntry,
    /// `[[integration]]`.
    Integration,
    /// `[[webhook]]`.
    Topic,
    /// `[[cron]]`.
    Job,
    /// `[[observer]]`.
    Observer,
}

impl NamedKind {
    /// Word for what has the name.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Resource => "ACL resource",
            Self::DataType => "data object",
            Self::Service => "service",
            Self::Method => "method",
            Self::Route => "route",
            Self::Setting => "setting",
            Self::Tab => "tab",
            Self::Section => "section",
            Self::MenuEntry => "menu entry",
            Self::Integration => "integration",
            Self::Topic => "topic",
            Self::Job => "job",
            Self::Observer => "observer",
        }
    }
}

/// Name at a place of the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Kind.
    pub kind: NamedKind,
    /// Name that tells it from all others of its kind: for a setting with its section, for a method with its service.
    pub name: String,
    /// Place of the name in the text, without quotes and what surrounds it: `id` of `!id/**`.
    pub span: Range<usize>,
    /// True where it is declared.
    pub is_declared: bool,
    /// Route of the table that declares or uses it.
    pub table: Pointer,
}

impl Mention {
    /// Returns true if both stand for the same thing.
    #[must_use]
    pub fn is_of(&self, other: &Self) -> bool {
        self.kind == other.kind && self.name == other.name
    }
}

/// Lists the names in a spec, in the order of the text. Those that are not written at their place in the text are left out.
#[must_use]
pub fn mentions(text: &str, spec: &Spec, spans: &Spans) -> Vec<Mention> {
    let mut collector = Collector { text, spans, spec, mentions: Vec::new() };
    collector.all();
    let mut mentions = collector.mentions;
    mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    mentions.dedup();
    mentions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diag::Source, spec::load};

    const SPEC: &str = r#"
[module]
name = "Acme_Erp"
description = "Lets the ERP read orders"
version = "1.0.0"
[target]
magento = "2.4.7"
[[integration]]
name = "Acme ERP"
email = "erp@acme.com"
calls = ["GET /rest/V1/acme/orders/7", { route = "GET /V1/orders" }]
resources = ["Acme_Erp::erp", "!Acme_Erp::erp/**", "Acme_Erp::er*"]
[[acl]]
id = "Acme_Erp::erp"
title = "Acme ERP"
parent = "Magento_Backend::admin"
children = [{ id = "Acme_Erp::read", title = "Read" }]
[[service]]
name = "Orders"
[[service.method]]
name = "get"
route = "GET /V1/acme/orders/:id"
acl = ["Acme_Erp::read"]
returns = "Order[]?"
[[data]]
name = "Order"
fields = { parent = "Order?", all = 'Acme\Erp\Api\Data\OrderInterface[]' }
[settings]
label = "Acme ERP"
groups = { connection = { label = "Connection", depends = { "connection/enabled" = true } } }
[[setting]]
path = "connection/enabled"
type = "yesno"
[[setting]]
path = "connection/url"
type = "url"
depends = { "acme_erp/connection/enabled" = true }
[[setting]]
path = "connection/order"
type = "select"
source_service = { class = 'Acme\Erp\Api\OrdersInterface' }
[[menu]]
id = "Acme_Erp::menu"
title = "Acme ERP"
resource = "Acme_Erp::erp"
depends_on_config = "acme_erp/connection/enabled"
children = [{ id = "Acme_Erp::list", title = "Orders", action = "acme/list/index", resource = "Acme_Erp::read" }]
[[cron]]
name = "pull"
config_path = "acme_erp/connection/url"
[config.websites.base]
"acme_erp/connection/url" = "https://base.acme.com"
"#;

    /// Lines of the text with the mentions of a name, `=` in front of its declaration.
    fn places(kind: NamedKind, name: &str) -> Vec<String> {
        let loaded = load(&Source::new("a.toml", SPEC));
        assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
        let found = mentions(SPEC, loaded.spec.as_ref().unwrap(), &loaded.spans)
            .into_iter()
            .filter(|it| it.kind == kind && it.name == name);
        found
            .map(|it| {
                let line = SPEC[..it.span.start].rsplit('\n').next().unwrap();
                let key = line.split([' ', '=']).next().unwrap();
                format!("{}{key} {}", if it.is_declared { "=" } else { "" }, &SPEC[it.span])
            })
            .collect()
    }

    #[test]
    fn names_are_found_where_they_are_declared_and_used() {
        use NamedKind::*;
        assert_eq!(
            places(Resource, "Acme_Erp::erp"),
            [
                "resources Acme_Erp::erp",
                "resources Acme_Erp::erp",
                "=id Acme_Erp::erp",
                "resource Acme_Erp::erp"
            ]
        );
        assert_eq!(
            places(Resource, "Acme_Erp::read"),
            ["=children Acme_Erp::read", "acl Acme_Erp::read", "children Acme_Erp::read"]
        );
        assert_eq!(places(Resource, "Magento_Backend::admin"), ["parent Magento_Backend::admin"]);
        assert_eq!(
            places(DataType, "Order"),
            ["returns Order", "=name Order", "fields Order", "fields Order"]
        );
        assert_eq!(places(Service, "Orders"), ["=name Orders", "source_service Orders"]);
        assert_eq!(places(Method, "Orders::get"), ["=name get"]);
        assert_eq!(
            places(Route, "GET /V1/acme/orders/:id"),
            ["calls GET /rest/V1/acme/orders/7", "=route GET /V1/acme/orders/:id"]
        );
        assert_eq!(
            places(Setting, "acme_erp/connection/enabled"),
            [
                "groups connection/enabled",
                "=path connection/enabled",
                "depends connection/enabled",
                "depends_on_config connection/enabled"
            ]
        );
        assert_eq!(
            places(Setting, "acme_erp/connection/url"),
            ["=path connection/url", "config_path connection/url", "\"acme_erp/ connection/url"]
        );
        assert_eq!(places(MenuEntry, "Acme_Erp::menu"), ["=id Acme_Erp::menu"]);
        assert_eq!(places(Integration, "Acme ERP"), ["=name Acme ERP"]);
    }
}
