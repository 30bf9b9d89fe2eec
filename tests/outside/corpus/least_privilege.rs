//! The numbers of docs/least-privilege.md are those of the public modules.

use std::{collections::BTreeSet, fmt::Write as _, fs};

use magespec::{
    catalog::{Access, Catalog},
    resolve::Resolved,
};
use roxmltree::Document;

use crate::{
    need::{Need, shared, trials},
    support::{
        generated::assert_current,
        least_privilege::{PAGE, RELEASE, resolved, specs},
    },
};

trials! {
    [Need::Shared("corpus")] => the_numbers_are_those_of_the_modules;
}

/// The modules of the page, in its order: name, file that asks for resources, and its integration.
const MODULES: [(&str, &str, &str); 3] = [
    ("AfterShip", "AfterShip__apps-magento-2/etc/integration/api.xml", "AfterShip"),
    (
        "Shogun",
        "getshogun__module-shogun-page-builder/etc/integration.xml",
        "Shogun Page Builder - Integration",
    ),
    ("Printful", "printful__magento2-module/etc/integration/api.xml", "PrintfulIntegration"),
];

/// The resources that an integration of a module asks for.
fn asked(text: &str, integration: &str) -> BTreeSet<String> {
    let document = Document::parse(text).unwrap();
    let mut nodes = document.descendants();
    let node = nodes.find(|node| node.attribute("name") == Some(integration)).unwrap();
    let resources = node.descendants().filter(|node| node.has_tag_name("resource"));
    resources.map(|resource| resource.attribute("name").unwrap().to_owned()).collect()
}

/// Number of the resources that the release grants without their ancestors, and of the routes that need a permission and
/// are open then.
fn granted(ids: &BTreeSet<String>, resolved: &Resolved) -> (usize, usize) {
    let catalog = Catalog::bundled();
    let release = resolved.target.releases.first().unwrap();
    let granted = catalog.granted(ids, &resolved.acl, release);
    let needs_some = |access: &Access| matches!(access, Access::Granted(_));
    let open = catalog.routes().open_to(&granted, release);
    let open = open.filter(|route| route.access(release).is_some_and(needs_some)).count();
    (ids.iter().filter(|id| granted.contains(id.as_str())).count(), open)
}

fn the_numbers_are_those_of_the_modules() {
    let specs = specs();
    assert_eq!(specs.len(), MODULES.len());
    let all: Vec<Resolved> = specs.iter().map(|text| resolved(text)).collect();
    let mut table = format!(
        "| Module | asks for | of that {RELEASE} grants | routes that opens | its calls need | routes that opens |\n|---|---|---|---|---|---|\n"
    );
    for ((name, file, integration), resolved) in MODULES.into_iter().zip(&all) {
        let path = shared(&format!("corpus/{file}"));
        let asked = asked(&fs::read_to_string(path).unwrap(), integration);
        let needed = &resolved.selections[0].ids;
        let (is_granted, opened) = granted(&asked, resolved);
        let (all, opened_by_needed) = granted(needed, resolved);
        assert_eq!(all, needed.len(), "{name}");
        assert!(needed.is_subset(&asked), "{name}");
        writeln!(
            table,
            "| {name} | {} | {is_granted} | {opened} | {} | {opened_by_needed} |",
            asked.len(),
            needed.len()
        )
        .unwrap();
    }
    let (before, rest) = PAGE.split_once("<!-- modules -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- /modules -->").unwrap();
    assert_current(
        "docs/least-privilege.md",
        &format!("{before}<!-- modules -->\n{table}<!-- /modules -->{after}"),
    );
}
