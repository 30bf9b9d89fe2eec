//! Merger of the modules' `etc/webapi.xml`: a route with the same URL and method is the same one, and its resources add
//! up (`module-webapi/Model/Config/Reader.php`).

use std::collections::{BTreeMap, BTreeSet};

use super::input::xml;
use crate::catalog::shop::plain;

/// Adds the routes of a module: by path and method the `ref`s of each module.
///
/// # Errors
/// Describes the fault in the file, which is then skipped.
pub(super) fn add(
    routes: &mut BTreeMap<(String, String), BTreeMap<String, BTreeSet<String>>>,
    module: &str,
    text: &str,
) -> Result<(), String> {
    let document = xml(text)?;
    for route in document.root.named("route") {
        let value = |name: &str| route.attribute(name).map(|text| text.value.as_str());
        let (Some(path), Some(method)) = (value("url"), value("method")) else {
            continue;
        };
        // The router strips the trailing slash of a path (`framework/Controller/Router/Route.php`).
        let path = format!("/{}", plain(path.trim().trim_matches('/')));
        let refs = route.descendants("resource");
        let refs = refs.filter_map(|node| node.attribute("ref")).map(|text| plain(&text.value));
        let route = routes.entry((path, plain(method))).or_default();
        route.entry(module.to_owned()).or_default().extend(refs);
    }
    Ok(())
}
