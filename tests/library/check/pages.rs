//! The examples of the rules' pages: the bad one triggers the rule, the good one does not.

use magespec::{
    catalog::Catalog,
    check,
    diag::{Family, Rule, Source},
    names::Day,
    spec,
};
use toml::{Table, Value};

use super::{
    all_findings, findings, findings_in, is_whole, shop,
    shops::{busy_shop, findings_against},
};
use crate::support::base::base;

#[test]
fn examples_do_what_they_say() {
    // Two specs are never checked together here; those of existing modules are in tests/import, those of plans in tests/plan.
    let is_elsewhere = |rule: &Rule| matches!(rule.family(), Family::Import | Family::Plan);
    // These need files; tests/check/files.rs and tests/command/catalogs.rs have them.
    let of_files = [
        Rule::CatalogUnreadable,
        Rule::ClassMissing,
        Rule::MethodMissing,
        Rule::MethodDiffers,
        Rule::ClassLeft,
    ];
    // Laid over another spec, a block loses its syntax; tests/check/secrets.rs reads that page.
    let is_alone =
        |rule: Rule| !matches!(rule, Rule::DuplicateModule | Rule::TomlVersion) && !of_files.contains(&rule);
    let is_here = |rule: &&Rule| is_alone(**rule) && !is_elsewhere(rule);
    for &rule in Rule::ALL.iter().filter(is_here) {
        for (heading, expected) in [("## Bad", true), ("## Good", false)] {
            let Some(block) = block(rule.page(), heading) else {
                assert_eq!(rule, Rule::UnreadableFile, "{rule} has no block under {heading}");
                continue;
            };
            let text = lay_over_base(block);
            let found = match rule {
                Rule::ShopNotInTarget => findings_in(&text, &shop("2.4.7-p3", &[])),
                Rule::ReleaseNotVerified => all_findings(&text, Catalog::bundled()),
                Rule::DeprecationOver => {
                    let loaded = spec::load(&Source::new("integration.toml", text.as_str()));
                    check::overdue(&loaded, &Day::new("2027-01-01").unwrap())
                }
                Rule::ShopDiffers | Rule::ShopNeedsMore => findings_against(&text, &busy_shop()),
                _ => findings(&text),
            };
            found.iter().for_each(is_whole);
            assert_eq!(
                found.iter().any(|finding| finding.rule == rule),
                expected,
                "{rule}, {heading}: {found:#?}"
            );
        }
    }
}

/// The TOML block below the heading.
pub(crate) fn block<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    let (_, section) = page.split_once(&format!("\n{heading}\n"))?;
    let section = section.split("\n## ").next()?;
    let (_, block) = section.split_once("```toml\n")?;
    block.split("```").next()
}

/// The block's tables in place of the base's; a block that is no TOML, or says a key twice, is tested as it is.
fn lay_over_base(block: &str) -> String {
    let (Ok(mut base), Ok(over)) = (base().parse::<Table>(), block.parse::<Table>()) else {
        return block.to_owned();
    };
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(table)), Value::Table(over)) => table.extend(over),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
    base.to_string()
}
