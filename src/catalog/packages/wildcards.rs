//! Version numbers as Composer wildcards.

use std::collections::BTreeSet;

/// `103.0.*` of 103.0.1 and 103.0.7-p2: the first two numbers, in numeric order.
pub(in crate::catalog) fn wildcards<'a>(versions: impl Iterator<Item = &'a str>) -> String {
    let numbers = versions.filter_map(|version| {
        let mut numbers = version.split('.');
        let mut number = || numbers.next()?.parse::<u32>().ok();
        Some((number()?, number()?))
    });
    let wildcards: Vec<String> =
        numbers.collect::<BTreeSet<_>>().iter().map(|(major, minor)| format!("{major}.{minor}.*")).collect();
    wildcards.join(" || ")
}
