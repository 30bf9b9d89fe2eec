//! Version numbers as Composer wildcards.

use std::collections::BTreeSet;

/// Covers versions by their first two numbers, in numeric order: `103.0.*` for 103.0.1 and 103.0.7-p2.
pub(crate) fn wildcards<'a>(versions: impl Iterator<Item = &'a str>) -> String {
    let numbers = versions.filter_map(|version| {
        let mut numbers = version.split('.');
        let mut number = || numbers.next()?.parse::<u32>().ok();
        Some((number()?, number()?))
    });
    let wildcards: Vec<String> =
        numbers.collect::<BTreeSet<_>>().iter().map(|(major, minor)| format!("{major}.{minor}.*")).collect();
    wildcards.join(" || ")
}
