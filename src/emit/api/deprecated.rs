//! `etc/webapi_rest/di.xml`, and the plugin that announces the end of deprecated routes and logs their callers.

use minijinja::context;

use crate::{
    emit::{
        template::{self, Template},
        xml::{XmlElement, argument, item},
    },
    model::{Deprecation, Method, Module},
};

/// Class of the plugin below the module's namespace.
const PLUGIN: &str = r"Plugin\DeprecatedRoutes";

pub(in crate::emit) fn plugin(module: &Module) -> Option<String> {
    module.api.deprecated().next()?;
    template::php(module, Template::DeprecatedRoutes, context! {})
}

pub(in crate::emit) fn test(module: &Module) -> Option<String> {
    module.api.deprecated().next().filter(|_| module.platform.has_unit_tests())?;
    template::php(module, Template::DeprecatedRoutesTest, context! {})
}

/// Plugs into the search for a route, which comes before the permissions are checked, and into the controller, which
/// answers errors, too (docs/magento/web-api.md#route-path).
pub(in crate::emit) fn di(module: &Module) -> Option<String> {
    module.api.deprecated().next()?;
    let class = format!(r"{}\{PLUGIN}", module.name.namespace());
    let plugged = |into: &'static str, name: &str| {
        let plugin = XmlElement::new("plugin")
            .attribute("name", format!("{}_{name}", module.id()))
            .attribute("type", class.clone());
        XmlElement::new("type").attribute("name", into).children([plugin])
    };
    let mut routes: Vec<_> = module.api.deprecated().collect();
    routes.sort_by_key(|(method, _)| (&method.path, &method.verb));
    let routes = routes.into_iter().map(|(method, deprecation)| route(method, deprecation));
    let logger = argument("logger", "object").text(format!(r"{}\Logger", module.name.namespace()));
    let arguments =
        XmlElement::new("arguments").children([logger, argument("routes", "array").children(routes)]);
    XmlElement::root("config", "urn:magento:framework:ObjectManager/etc/config.xsd")
        .children([
            plugged(r"Magento\Webapi\Controller\Rest", "log_deprecated_routes"),
            plugged(r"Magento\Webapi\Controller\Rest\Router", "announce_deprecated_routes"),
            XmlElement::new("type").attribute("name", class.clone()).children([arguments]),
        ])
        .into_file(module)
}

fn route<'a>(method: &'a Method, deprecation: &'a Deprecation) -> XmlElement<'a> {
    let text = |name: &'static str, text: &'a str| item(name, "string").text(text);
    item(method.route().trim_end_matches('/').to_owned(), "array")
        .children([
            text("since", deprecation.first_day().as_str()),
            text("until", deprecation.until.as_str()),
        ])
        .children(deprecation.replaced_by.iter().map(|route| text("replaced_by", route)))
        .children(deprecation.successor(&method.verb, &method.path).map(|path| text("successor", path)))
}
