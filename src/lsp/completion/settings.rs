//! Settings, their tabs, sections and groups, and entries of the menu.

use lsp_types::CompletionItemKind;
use serde_json::Value;

use super::{
    own::{KnownValues, OwnSetting},
    proposal::Proposal,
};
use crate::spec::{Pointer, pointer};

/// Paths of the spec's settings of a type.
pub(super) fn own_paths(known: &KnownValues<'_>, kind: &str) -> Vec<Proposal> {
    let settings = known.own.settings().into_iter().filter(|it| it.kind == kind);
    let proposal = |it: OwnSetting<'_>| {
        Proposal::new(CompletionItemKind::PROPERTY, it.path, about(&it)).titled(it.label)
    };
    settings.map(proposal).collect()
}

fn about(setting: &OwnSetting<'_>) -> String {
    [setting.label, setting.kind].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Paths that a setting or group at a route may name: those of its own section, and others with their sections if it `has_others`.
pub(super) fn paths_from(known: &KnownValues<'_>, route: &Pointer, has_others: bool) -> Vec<Proposal> {
    let section = known.own.section_at(route);
    let settings = known.own.settings();
    let settings = settings.iter().filter(|it| has_others || it.section == section);
    let proposal = |it: &OwnSetting<'_>| {
        let is_here = it.section == section;
        let path = if is_here { it.path } else { &it.full_path };
        Proposal::new(CompletionItemKind::PROPERTY, path, about(it)).titled(it.label).last_if(!is_here)
    };
    settings.map(proposal).collect()
}

/// Groups of the configuration with their sections: those of the spec and those of Magento.
pub(super) fn full_groups(known: &KnownValues<'_>) -> Vec<Proposal> {
    let settings = known.own.settings();
    let group = |it: &OwnSetting<'_>| Some(it.full_path.rsplit_once('/')?.0.to_owned());
    let own: std::collections::BTreeSet<String> = settings.iter().filter_map(group).collect();
    let own = own.into_iter().map(|it| Proposal::new(CompletionItemKind::FOLDER, it, "group of this spec"));
    let groups = known.of_table(&known.catalog.config().groups, |group| {
        Proposal::new(CompletionItemKind::FOLDER, &*group.id, &*group.module)
    });
    own.chain(groups).collect()
}

/// Paths with their sections: those of the spec, of one type or of all, and those of Magento.
pub(super) fn paths(known: &KnownValues<'_>, kind: Option<&str>) -> Vec<Proposal> {
    let own = known.own.settings();
    let own = own.iter().filter(|it| kind.is_none_or(|kind| it.kind == kind)).map(|it| {
        Proposal::new(CompletionItemKind::PROPERTY, it.full_path.as_str(), about(it)).titled(it.label)
    });
    let paths = known.of_table(known.catalog.config_paths(), |path| {
        Proposal::new(CompletionItemKind::PROPERTY, &*path.path, &*path.module)
    });
    own.chain(paths).collect()
}

/// Groups of the spec's settings with the slash behind them, for a further path, or the group alone.
pub(super) fn groups(known: &KnownValues<'_>) -> Vec<Proposal> {
    let groups = own_groups(known).into_iter();
    groups.map(|it| Proposal { text: format!("{}/", it.text), ..it }).collect()
}

pub(super) fn own_groups(known: &KnownValues<'_>) -> Vec<Proposal> {
    let settings = known.own.settings();
    let mut groups: Vec<&str> =
        settings.iter().filter_map(|it| it.path.rsplit_once('/')).map(|(group, _)| group).collect();
    groups.sort_unstable();
    groups.dedup();
    let group = |group| Proposal::new(CompletionItemKind::FOLDER, group, "group of this spec");
    groups.into_iter().map(group).collect()
}

/// Ids of sections: those of Magento, and the spec's own.
pub(super) fn sections(known: &KnownValues<'_>) -> Vec<Proposal> {
    let own = known.own.module().to_lowercase();
    let own = Proposal::new(CompletionItemKind::FOLDER, own, "section of this module");
    let sections = known.of_table(&known.catalog.config().sections, |section| {
        Proposal::new(CompletionItemKind::FOLDER, section.id, section.label).titled(section.label)
    });
    std::iter::once(own).filter(|it| !it.text.is_empty()).chain(sections).collect()
}

pub(super) fn own_sections(known: &KnownValues<'_>) -> Vec<Proposal> {
    let sections = known.own.settings_ids("section");
    sections.map(|id| Proposal::new(CompletionItemKind::FOLDER, id, "section of this spec")).collect()
}

pub(super) fn tabs(known: &KnownValues<'_>) -> Vec<Proposal> {
    let own = known.own.settings_ids("tab");
    let own = own.map(|id| Proposal::new(CompletionItemKind::FOLDER, id, "tab of this module"));
    let tabs = known.of_table(&known.catalog.config().tabs, |tab| {
        Proposal::new(CompletionItemKind::FOLDER, tab.id, tab.label).titled(tab.label)
    });
    own.chain(tabs).collect()
}

/// Entries of the menu, each with its title.
pub(super) fn menu(known: &KnownValues<'_>) -> Vec<Proposal> {
    let own = known.own.menu().into_iter();
    let own = own.map(|(id, title)| Proposal::new(CompletionItemKind::MODULE, id, title).titled(title));
    own.chain(shipped_menu(known)).collect()
}

/// Entries of the menu that Magento has.
pub(super) fn shipped_menu(known: &KnownValues<'_>) -> Vec<Proposal> {
    known.of_table(known.catalog.menu(), |item| {
        Proposal::new(CompletionItemKind::MODULE, item.id, item.title).titled(item.title)
    })
}

/// Values that the setting at a route may have, or the one that a condition at a route names.
pub(super) fn values(known: &KnownValues<'_>, route: &Pointer) -> Vec<Proposal> {
    let mut steps = route.keys();
    let table = match steps.by_ref().find(|step| matches!(&**step, "default" | "depends")).as_deref() {
        Some("depends") => {
            let other = steps.next().unwrap_or_default();
            let here = format!("{}/{other}", known.own.section_at(route));
            let settings = known.own.settings();
            let named = |path: &str| settings.iter().find(|it| it.full_path == path).map(|it| it.table);
            named(&here).or_else(|| named(&other))
        }
        // The default of a multiselect is a list.
        _ => {
            let mut steps = route.steps();
            let mut step = || steps.next().unwrap_or_default();
            known.draft.json.pointer(&pointer![step(), step()])
        }
    };
    let options = table.and_then(|table| table.get("options")?.as_object()).into_iter().flatten();
    let options = options.map(|(value, label)| {
        Proposal::new(CompletionItemKind::ENUM_MEMBER, value, label.as_str().unwrap_or_default())
    });
    let is_flag = table.and_then(|table| table.get("type")).and_then(Value::as_str) == Some("yesno");
    let flags = ["true", "false"].into_iter().filter(|_| is_flag);
    options.chain(flags.map(Proposal::flag)).collect()
}
