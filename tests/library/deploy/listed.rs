//! The commands that READMEs and the documentation list.

use magespec::{
    deploy::{Needs, instructions},
    plan::in_module,
};

use crate::support::made::examples;

const PLAN: &str = include_str!("../../../docs/plan.md");
const RUNNING_SHOP: &str = include_str!("../../../docs/running-shop.md");

/// Each README lists what `plan` and `install` list for a new module.
#[test]
fn a_readme_lists_what_its_files_need() {
    for (dir, compilation) in examples() {
        let module = compilation.module.unwrap();
        let readme = compilation.tree.iter().find(|(path, _)| path.as_str().ends_with("README.md")).unwrap();
        let readme = String::from_utf8(readme.1.contents.clone()).unwrap();
        let (install, _) = readme.split_once("\n## Activate").unwrap();
        let listed = install.lines().filter_map(|line| line.strip_prefix("       bin/magento "));
        let paths: Vec<&str> =
            compilation.tree.iter().map(|(path, _)| in_module(&module, path.as_str())).collect();
        let needed = instructions(&module.name, module.platform.newest, false, &Needs::of(&paths));
        let needed: Vec<String> = needed
            .into_iter()
            .map(|it| {
                it.condition()
                    .map_or_else(|| it.line.clone(), |condition| format!("{} # {condition}", it.line))
            })
            .collect();
        let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(listed.map(squeezed).collect::<Vec<_>>(), needed, "{}", dir.display());
    }
}

/// Rows of the table whose head starts with a cell, as cells.
fn table<'a>(document: &'a str, head: &str) -> Vec<Vec<&'a str>> {
    let rows = document.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

#[test]
fn the_table_of_files_says_what_they_need() {
    let rows = table(PLAN, "| Changed |");
    assert!(rows.len() > 9);
    for cells in rows {
        let [files, upgrade, compile, flush] = cells.as_slice() else { panic!("{cells:?}") };
        let named = files.split('`').skip(1).step_by(2);
        let paths: Vec<String> = named
            .map(|name| {
                let name = name.replace("**", "Any.php").replace('*', "any");
                match name.as_str() {
                    "system.xml" => "etc/adminhtml/system.xml".to_owned(),
                    file if !file.contains('/') && file.ends_with(".xml") => format!("etc/{file}"),
                    _ => name,
                }
            })
            .collect();
        let paths = if paths.is_empty() { vec!["Model/Any.php".to_owned()] } else { paths };
        for path in &paths {
            let needs = Needs::of(&[path]);
            let yes = |needed: bool| if needed { "yes" } else { "" };
            assert_eq!((*upgrade, *compile), (yes(needs.upgrades()), yes(needs.compiles())), "{path}");
            let path = if path == "etc/integration/any.xml" { "etc/integration/config.xml" } else { path };
            let types: Vec<String> = Needs::of(&[path]).types.iter().map(|it| format!("`{it}`")).collect();
            let listed: Vec<&str> = flush.split(", ").filter(|it| !it.is_empty()).collect();
            assert!(types.iter().all(|it| listed.contains(&it.as_str())), "{path} {types:?}");
            assert_eq!(types.is_empty(), listed.is_empty(), "{path}");
        }
    }
}

#[test]
fn the_table_of_commands_is_in_their_order() {
    let rows = table(RUNNING_SHOP, "| Command |");
    let listed: Vec<&str> = rows.iter().map(|cells| cells[0].trim_matches('`')).collect();
    let module = magespec::names::ModuleName::new("Acme_Orders").unwrap();
    let needs = Needs::of(&["etc/acl.xml", "Model/Any.php"]);
    let all = instructions(&module, "2.4.8".parse().unwrap(), false, &needs);
    let all: Vec<&str> = all.iter().filter_map(|it| it.line.split(' ').next()).collect();
    assert_eq!(listed, all);
}
