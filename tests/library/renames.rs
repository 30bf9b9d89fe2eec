//! The script that moves what a shop stored under former names.

use magespec::{catalog::Catalog, compile, diag::Source, tree::TreePath};

/// Text of the script for a spec, if it has one.
fn script(spec: &str) -> Option<String> {
    let compiled = compile(Source::new("integration.toml", spec), Catalog::bundled());
    assert!(compiled.module.is_some(), "{:#?}", compiled.report.diagnostics);
    let file = compiled.tree.get(&TreePath::new("Setup/Recurring.php").unwrap())?;
    Some(String::from_utf8(file.contents.clone()).unwrap())
}

#[test]
fn stored_values_move_to_their_present_names() {
    let spec = include_str!("../../examples/erp-bridge/integration.toml");
    let job = "[[cron]]\nname = \"pull_prices\"\nrenamed_from = [\"acme_prices\", \"prices\"]\ngroup = \"default\"\n\
               schedule = \"0 3 * * *\"\n";
    let text = script(&format!("{spec}{job}")).unwrap();
    let row = |former: &str| {
        format!("['former' => '{former}', 'name' => 'acme_erpbridge_pull_prices', 'group' => 'default'],\n")
    };
    assert!(
        text.contains(&format!("JOBS = [\n        {}        {}    ];", row("acme_prices"), row("prices"))),
        "{text}"
    );
    assert!(
        text.contains(
            "['former' => 'acme_erpbridge/connection/url', 'path' => 'acme_erpbridge/connection/base_url'],"
        ),
        "{text}"
    );
    assert_eq!(script(&spec.replace("renamed_from", "# renamed_from")), None);
}
