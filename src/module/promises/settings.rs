//! Paths of settings.

use std::collections::BTreeSet;

use super::{Promises, value};
use crate::parsers::xml::Element;

/// Paths of the settings in system.xml.
pub(super) fn read(root: &Element) -> BTreeSet<String> {
    fields(root).into_iter().map(|(path, _)| path).collect()
}

/// Paths of the settings in system.xml that are stored encrypted.
pub(super) fn secrets(root: &Element) -> BTreeSet<String> {
    let is_secret = |field: &Element| value(field, "type").is_some_and(|kind| kind == "obscure");
    fields(root).into_iter().filter(|(_, field)| is_secret(field)).map(|(path, _)| path).collect()
}

fn fields(root: &Element) -> Vec<(String, &Element)> {
    let mut all = Vec::new();
    for section in root.named("system").flat_map(|system| system.named("section")) {
        below(section, "", &mut all);
    }
    all
}

/// Fields in a section or a group with their paths: their own, or the configured one.
fn below<'e>(element: &'e Element, above: &str, all: &mut Vec<(String, &'e Element)>) {
    let Some(id) = value(element, "id") else { return };
    let path = if above.is_empty() { id } else { format!("{above}/{id}") };
    for field in element.named("field") {
        let given = field.named("config_path").next().map(|it| it.text().trimmed().to_owned());
        let path = given.or_else(|| Some(format!("{path}/{}", value(field, "id")?)));
        all.extend(path.map(|path| (path, field)));
    }
    element.named("group").for_each(|group| below(group, &path, all));
}

impl Promises {
    /// Finds the path in `after` of a setting that left: the only new one with the same last part, or the only new one in
    /// its group if nothing else left the group.
    #[must_use]
    pub fn moved_setting(&self, path: &str, after: &Self) -> Option<String> {
        let added: BTreeSet<&String> = after.settings.difference(&self.settings).collect();
        let last = |path: &str| path.rsplit('/').next().map(str::to_owned);
        let group = |path: &str| path.rsplit_once('/').map(|(group, _)| group.to_owned());
        let only = |is_it: &dyn Fn(&str) -> bool| {
            let mut alike = added.iter().filter(|other| is_it(other.as_str()));
            alike.next().filter(|_| alike.next().is_none()).map(|only| (*only).clone())
        };
        let gone = self.settings.difference(&after.settings).filter(|other| group(other) == group(path));
        let renamed = (gone.count() == 1).then(|| only(&|other| group(other) == group(path))).flatten();
        // A new setting that shares its name with another one came from that one.
        let is_free = |to: &String| {
            self.settings.difference(&after.settings).all(|other| other == path || last(other) != last(to))
        };
        only(&|other| last(other) == last(path)).or_else(|| renamed.filter(is_free))
    }
}
