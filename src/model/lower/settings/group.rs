//! Groups of settings, nested by their paths.

use indexmap::{IndexMap, IndexSet};

use super::{Lowering, comment, element, flag, given, included, labels, scopes};
use crate::{
    model::{ConfigElement, Group, Setting, Shown},
    names::GroupPath,
    spec::settings::{self as spec, GroupEntry, ShownIn},
};

/// Groups of one section.
struct Groups<'a> {
    settings: &'a spec::Settings,
    section: &'a str,
    /// True if the section is the module's own.
    is_own: bool,
    given: &'a IndexMap<GroupPath, GroupEntry>,
    /// Paths in order.
    paths: IndexSet<&'a str>,
    fields: IndexMap<&'a str, Vec<Setting>>,
}

impl Lowering<'_> {
    pub(super) fn groups(
        &self,
        settings: &spec::Settings,
        section: &str,
        is_own: bool,
        given: &IndexMap<GroupPath, GroupEntry>,
    ) -> Vec<Group> {
        let mut fields: IndexMap<&str, Vec<Setting>> = IndexMap::new();
        for (setting, getter) in self.spec.setting.iter().zip(self.spec.getters()) {
            if self.spec.section_of(setting) == section {
                let fields = fields.entry(setting.path.group()).or_default();
                let place = i64::try_from(fields.len() + 1).unwrap_or(i64::MAX).saturating_mul(10);
                fields.push(self.field(settings, section, setting, getter, place));
            }
        }
        let named = fields.keys().copied().chain(given.keys().map(GroupPath::as_str));
        let paths = named.flat_map(|path| {
            let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
            ends.map(|end| &path[..end]).collect::<Vec<_>>()
        });
        let mut groups =
            Groups { settings, section, is_own, given, paths: paths.collect(), fields: fields.clone() };
        self.below(&mut groups, None, 0)
    }

    /// Returns the groups in another one, or at the top; `before` is the number of siblings before them.
    fn below(&self, groups: &mut Groups<'_>, parent: Option<&str>, before: usize) -> Vec<Group> {
        let is_here = |path: &&str| match parent {
            None => !path.contains('/'),
            Some(parent) => path.rsplit_once('/').is_some_and(|(above, _)| above == parent),
        };
        let here: Vec<&str> = groups.paths.iter().copied().filter(is_here).collect();
        let places = (before + 1..).map(|at| i64::try_from(at).unwrap_or(i64::MAX).saturating_mul(10));
        here.into_iter().zip(places).map(|(path, place)| self.group(groups, path, place)).collect()
    }

    fn group(&self, groups: &mut Groups<'_>, path: &str, place: i64) -> Group {
        let settings = groups.fields.shift_remove(path).unwrap_or_default();
        let below = self.below(groups, Some(path), settings.len());
        let id = path.rsplit('/').next().unwrap_or(path);
        let mut group = Group {
            id: id.to_owned(),
            label: None,
            is_bare: true,
            shown: Shown::default(),
            extends: None,
            is_expanded: false,
            elements: Vec::new(),
            depends: Vec::new(),
            settings,
            groups: below,
        };
        let table = match groups.given.iter().find(|(given, _)| given.as_str() == path) {
            Some((_, GroupEntry::Table(table))) => Some(&**table),
            Some((_, GroupEntry::Title(title))) => {
                group.label = given(Some(title));
                group.is_bare = false;
                None
            }
            None => {
                let known = self.catalog.config().groups.releases_of(&format!("{}/{path}", groups.section));
                let is_foreign = !groups.is_own && (self.target.releases - known).is_empty();
                group.label = (!is_foreign).then(|| labels::title(id));
                group.is_bare = is_foreign;
                None
            }
        };
        if let Some(table) = table {
            group.label = given(table.label.as_ref());
            group.is_bare = table.label.is_none();
            group.elements = elements(table);
            group.extends = table.extends.as_ref().map(ToString::to_string);
            group.depends = self.depends(groups.section, &table.depends, None);
        }
        let derived = !group.is_bare;
        let by_default = derived && groups.settings.expanded.unwrap_or(true);
        group.is_expanded = table.and_then(|table| table.expanded).unwrap_or(by_default);
        group.shown = Shown {
            is_advanced: table.is_some_and(|table| table.advanced),
            sort_order: table.and_then(|table| table.sort_order).or(derived.then_some(place)),
            scopes: table
                .and_then(|table| table.show_in.as_deref())
                .map(ShownIn::flags)
                .or_else(|| derived.then(|| scopes(group.scope()))),
        };
        group
    }
}

fn elements(group: &spec::Group) -> Vec<ConfigElement> {
    let texts = [
        ("comment", comment(group.comment.as_ref(), group.comment_html.as_ref())),
        ("fieldset_css", given(group.fieldset_css.as_ref())),
        ("frontend_model", group.frontend_model.as_ref().map(ToString::to_string)),
        ("clone_model", group.clone_model.as_ref().map(ToString::to_string)),
        ("clone_fields", group.clone_fields.map(flag)),
        ("help_url", group.help_url.as_ref().map(ToString::to_string)),
        ("more_url", group.more_url.as_ref().map(ToString::to_string)),
        ("demo_link", group.demo_link.as_ref().map(ToString::to_string)),
        ("hide_in_single_store_mode", group.hide_in_single_store_mode.map(flag)),
    ];
    let attributes = group.attributes.iter().map(|(kind, text)| attribute(kind.as_str(), text.as_str()));
    let texts = texts.into_iter().filter_map(|(name, text)| Some(element(name, text?)));
    texts.chain(attributes).chain(group.include.iter().map(included)).collect()
}

/// Further value for the class that renders something.
pub(super) fn attribute(kind: &str, text: &str) -> ConfigElement {
    ConfigElement {
        name: "attribute",
        attributes: vec![("type", kind.to_owned())],
        text: Some(text.to_owned()),
        children: Vec::new(),
    }
}
