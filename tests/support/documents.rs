//! OpenAPI and AsyncAPI documents of specs.

use std::collections::BTreeSet;

use magespec::{
    catalog::{Access, Catalog, Route},
    compile,
    describe::{self, Covered},
    diag::{Level, Source},
    model::Module,
};
use serde_json::Value;

pub(crate) const ERP_BRIDGE: &str = include_str!("../../examples/erp-bridge/integration.toml");

/// The module of a spec without an error.
#[track_caller]
pub(crate) fn module(spec: &str) -> Module {
    let compilation = compile(Source::new("integration.toml", spec), Catalog::bundled());
    let errors = compilation.report.diagnostics.iter().filter(|finding| finding.level == Level::Error);
    assert_eq!(errors.collect::<Vec<_>>(), Vec::<&magespec::diag::Diagnostic>::new());
    compilation.module.unwrap()
}

/// Every `$ref` of a document points into it.
fn assert_references(document: &Value) {
    fn walk(value: &Value, document: &Value) {
        if let Some(place) = value["$ref"].as_str() {
            let pointer = place.strip_prefix('#').unwrap_or_else(|| panic!("{place}"));
            assert!(document.pointer(pointer).is_some_and(|target| !target.is_null()), "{place}");
        }
        value.as_object().into_iter().flatten().for_each(|(_, value)| walk(value, document));
        value.as_array().into_iter().flatten().for_each(|value| walk(value, document));
    }
    walk(document, document);
}

/// Calls that wait in a queue, and the one they queue.
pub(crate) const QUEUED: &str =
    r#""PUT /V1/products/:sku", "PUT /async/V1/products/:sku", "PUT /async/bulk/V1/products/bySku""#;

/// Methods that take values in the path, the body and the query.
pub(crate) const METHODS: &str = r#"
[[service.method]]
name = "put"
route = "PUT /V1/acme/things/:id"
acl = ["Acme_ErpBridge::export_read", "Acme_ErpBridge::export_write"]
parameters = { id = "int" }
body = { first = "string?", item = "Item", dryRun = "bool?" }

[[service.method]]
name = "find"
route = "GET /V1/acme/things/:thingId"
acl = "anonymous"
body = { tags = "string[]", deep = "bool?" }
returns = "Item?"
"#;

/// The document of a spec, valid in itself.
#[track_caller]
pub(crate) fn asyncapi(spec: &str) -> Value {
    let document = describe::asyncapi(&module(spec)).unwrap();
    assert_references(&document);
    document
}

/// The document, valid in itself.
#[track_caller]
pub(crate) fn openapi(module: &Module, covered: Covered) -> Value {
    let document = describe::openapi(module, Catalog::bundled(), covered).unwrap();
    assert_references(&document);
    let ids: Vec<&str> = operations(&document).map(|(_, it)| it["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    document
}

/// `get /V1/orders` and what is said of it.
pub(crate) fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, it)| (format!("{method} {path}"), it))
    })
}

/// The operations of a spec with a service of these methods, by method and path.
pub(crate) fn own(methods: &str) -> Value {
    let (head, _) = ERP_BRIDGE.split_once("[[service]]").unwrap();
    let head = head.replace("  \"GET /V1/acme-erp/orders\",\n", "");
    let head = head.replace("  \"GET /V1/acme-erp/orders/:incrementId\",\n", "");
    let head = head.replace("  \"POST /V1/acme-erp/orders/:incrementId/confirm\",\n", "");
    let data = "[[data]]\nname = \"Item\"\nfields = { id = \"int\", item_name = \"string?\", tags = \"string[]\" }\n";
    openapi(&module(&format!("{head}{data}[[service]]\nname = \"Things\"\n{methods}")), Covered::Own)
}

pub(crate) fn calling(target: &str, calls: &str) -> Module {
    module(&format!(
        "[module]\nname = \"Acme_Calls\"\ndescription = \"Calls\"\nversion = \"1.0.0\"\n[target]\nmagento = \"{target}\"\n\
         [[integration]]\nname = \"Acme\"\nemail = \"a@acme.com\"\ncalls = [{calls}]\n"
    ))
}

/// The routes of the newest release that an integration can call.
pub(crate) fn open_routes() -> Vec<String> {
    let catalog = Catalog::bundled();
    let newest = catalog.newest_checked();
    let routes = catalog.routes().iter().filter(|route| route.releases().contains(newest.id));
    // No integration is a customer, and one ACL resource that a route needs is in no acl.xml.
    let is_open = |route: &&Route| match route.access(newest.id) {
        Some(access) => {
            *access != Access::Customer
                && access.ids().all(|id| id != "Magento_AdobeStockImage::actions_view")
        }
        None => false,
    };
    routes.filter(is_open).map(ToString::to_string).collect()
}

/// A module of the newest release that calls the routes.
pub(crate) fn calling_all(routes: &[String]) -> Module {
    let calls: Vec<String> = routes.iter().map(|route| format!("\"{route}\"")).collect();
    calling(&Catalog::bundled().newest_checked().version.to_string(), &calls.join(", "))
}
