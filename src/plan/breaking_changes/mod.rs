//! Breaking changes: promises to other systems that a change of the module no longer keeps.

mod wording;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    in_module,
    news::{Notice, news},
};
use crate::{
    catalog::behaviour,
    diag::Failure,
    model::{Module, Rename, Renames},
    module::{AnnouncedEnd, Promises, RouteName, promises},
    names::{Day, Mode},
    tree::TreePath,
};

/// Breaking change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// A route was removed.
    RouteGone {
        /// Its name.
        route: RouteName,
        /// Day announced to its callers, which has not come.
        announced: Option<Day>,
    },
    /// A route became public.
    RouteOpened(RouteName),
    /// The permissions, parameters or result of a route changed.
    RouteChanged {
        /// Its name.
        route: RouteName,
        /// Description of the changes.
        changes: Vec<String>,
    },
    /// Fields of a data interface were removed or changed their type.
    DataChanged {
        /// Name of the interface.
        data: String,
        /// Description of the changes.
        changes: Vec<String>,
    },
    /// A setting no longer has this path.
    SettingMoved {
        /// Old path.
        path: String,
        /// Presumed new path.
        to: Option<String>,
    },
    /// A setting is stored encrypted for the first time, or no longer is.
    SettingChanged {
        /// Its present path.
        path: String,
        /// True if it is encrypted now.
        is_secret: bool,
    },
    /// A topic is no longer sent.
    TopicGone(String),
    /// A topic is sent under another name.
    TopicRenamed {
        /// Former name.
        topic: String,
        /// Present name.
        to: String,
        /// Description of changed fields.
        changes: Vec<String>,
    },
    /// The fields of a topic changed.
    TopicChanged {
        /// Its name.
        topic: String,
        /// Description of the changes.
        changes: Vec<String>,
    },
    /// Webhooks are sent to another path.
    WebhookPathChanged {
        /// Former path.
        was: String,
        /// Present path.
        is: String,
    },
    /// Console commands were removed or have another name.
    CommandsGone {
        /// First words of their names.
        prefix: String,
        /// Their last words.
        commands: Vec<String>,
        /// First words that took the place of the former ones.
        to: Option<String>,
    },
    /// Columns are no longer declared.
    ColumnsGone {
        /// Name of the table.
        table: String,
        /// Names of the columns; all of the table if the table was removed.
        columns: Vec<String>,
        /// True if the table was removed.
        is_table: bool,
        /// True if `setup:upgrade` drops them with their data.
        are_dropped: bool,
    },
}

/// Lists the promises of the first state that the second no longer keeps, not even under a new name for what is stored.
#[must_use]
pub fn breaks(before: &Promises, after: &Promises, module: &Module) -> Vec<Break> {
    let renames = &module.renames;
    let mut breaks = routes(before, after, module);
    let data = before.data_changes(after).into_iter().map(|(data, all)| (data, all.breaking));
    let data = data.filter(|(_, changes)| !changes.is_empty());
    breaks.extend(data.map(|(data, changes)| Break::DataChanged { data, changes }));
    let moved = before.settings.difference(&after.settings);
    let moved = moved.filter(|path| renames.setting(path).is_none_or(|to| !after.settings.contains(to)));
    breaks.extend(
        moved.map(|path| Break::SettingMoved { path: path.clone(), to: before.moved_setting(path, after) }),
    );
    breaks.extend(encryption(before, after, renames));
    breaks.extend(before.topics.iter().filter_map(|(topic, was)| {
        let topic = topic.clone();
        if let Some(is) = after.topics.get(&topic) {
            let changes = was.changes(is).breaking;
            return (!changes.is_empty()).then_some(Break::TopicChanged { topic, changes });
        }
        let renamed = renames.topics.get(&topic).and_then(|to| Some((to, after.topics.get(to)?)));
        Some(match renamed {
            Some((to, is)) => {
                Break::TopicRenamed { topic, to: to.clone(), changes: was.changes(is).breaking }
            }
            None => Break::TopicGone(topic),
        })
    }));
    let is_sent_elsewhere =
        before.webhook_path != after.webhook_path && !before.topics.is_empty() && !after.topics.is_empty();
    breaks.extend(is_sent_elsewhere.then(|| Break::WebhookPathChanged {
        was: before.webhook_path.clone(),
        is: after.webhook_path.clone(),
    }));
    breaks.extend(commands(before, after));
    breaks.extend(before.tables.iter().filter_map(|(table, was)| columns(table, was, before, after)));
    breaks
}

/// Files of one state of a module, from its root.
pub type StateFiles<'a> = BTreeMap<&'a TreePath, &'a [u8]>;

/// Settings that keep their saved values under another path, and breaking changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PromiseChanges {
    /// Former and present paths of settings.
    pub moved: Vec<Rename>,
    /// Breaking changes.
    pub breaks: Vec<Break>,
    /// Other changes that others must know of.
    pub news: Vec<Notice>,
}

/// Compares the promises of the first state of a module, called `title`, with those of the second.
///
/// # Errors
/// Unreadable file in either state.
pub fn compare_promises<'a>(
    module: &Module,
    title: &str,
    before: &StateFiles<'a>,
    after: &StateFiles<'a>,
) -> Result<PromiseChanges, Failure> {
    let in_module = |files: &StateFiles<'a>| -> BTreeMap<&'a str, &'a [u8]> {
        files.iter().map(|(path, bytes)| (in_module(module, path.as_str()), *bytes)).collect()
    };
    let (files_before, files_after) = (in_module(before), in_module(after));
    let of_title = |path: &str| format!("{path} of {title}");
    let before = promises(&files_before, of_title).map_err(Failure::Findings)?;
    let changed = (files_before != files_after).then(|| promises(&files_after, str::to_owned));
    let changed = changed.transpose().map_err(Failure::Findings)?;
    let after = changed.as_ref().unwrap_or(&before);
    let moved = module.renames.settings.iter().filter(|it| {
        before.settings.contains(&it.former)
            && !after.settings.contains(&it.former)
            && after.settings.contains(&it.present)
    });
    let moved: Vec<Rename> = moved.cloned().collect();
    let news = news(&before, after, &module.renames, &moved);
    Ok(PromiseChanges { moved, breaks: breaks(&before, after, module), news })
}

fn routes(before: &Promises, after: &Promises, module: &Module) -> Vec<Break> {
    let has_bulk = behaviour::queues_calls(module.platform.newest);
    let broken = before.routes.iter().flat_map(|(route, was)| {
        let Some((name, is)) = after.route(route) else {
            let is_over = was.deprecation.as_ref().is_some_and(AnnouncedEnd::is_over);
            let announced = was.deprecation.as_ref().map(|end| end.until.clone());
            let gone = (!is_over).then(|| Break::RouteGone { route: route.clone(), announced });
            return gone.into_iter().collect::<Vec<_>>();
        };
        let is_opened = is.access.contains("anonymous") && !was.access.contains("anonymous");
        let opened = is_opened.then(|| Break::RouteOpened(name.clone()));
        let mut changes = was.changes(route, is, name, &module.renames).breaking;
        changes.extend(Some(bulk_change(route, name)).filter(|_| has_bulk).flatten());
        let changed = (!changes.is_empty()).then(|| Break::RouteChanged { route: name.clone(), changes });
        opened.into_iter().chain(changed).collect()
    });
    broken.collect()
}

/// Change of the names in the path, which calls in bulk have in place of values (docs/magento/web-api.md#bulk-body).
fn bulk_change(was: &RouteName, is: &RouteName) -> Option<String> {
    let [was, now] = [was, is].map(|route| Mode::Bulk.spelled(&route.method, &route.path));
    (was != now && is.method != "GET").then(|| format!("in bulk it is {now} instead of {was}"))
}

/// Settings of both states that are encrypted in one of them only.
fn encryption<'a>(
    before: &'a Promises,
    after: &'a Promises,
    renames: &'a Renames,
) -> impl Iterator<Item = Break> + 'a {
    before.settings.iter().filter_map(|former| {
        let path = after.settings.get(former).map(String::as_str).or_else(|| renames.setting(former))?;
        let is_secret = after.secrets.contains(path);
        let is_changed = after.settings.contains(path) && before.secrets.contains(former) != is_secret;
        is_changed.then(|| Break::SettingChanged { path: path.to_owned(), is_secret })
    })
}

/// Groups the console commands that are gone by their first words, which the spec sets for all of them.
fn commands(before: &Promises, after: &Promises) -> Vec<Break> {
    let prefix = |name: &String| name.rsplit_once(':').map_or(name.clone(), |(prefix, _)| prefix.to_owned());
    let mut gone: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in before.commands.difference(&after.commands) {
        let last = name.rsplit(':').next().unwrap_or_default().to_owned();
        gone.entry(prefix(name)).or_default().push(last);
    }
    let new: BTreeSet<String> = after.commands.difference(&before.commands).map(prefix).collect();
    let to = new.into_iter().next();
    let gone = gone.into_iter();
    gone.map(|(prefix, commands)| Break::CommandsGone { prefix, commands, to: to.clone() }).collect()
}

/// Lists the columns that either whitelist names: a build never removes entries.
fn columns(table: &str, was: &BTreeSet<String>, before: &Promises, after: &Promises) -> Option<Break> {
    let is = after.tables.get(table);
    let gone: Vec<String> =
        was.iter().filter(|column| is.is_none_or(|is| !is.contains(*column))).cloned().collect();
    let mut listed = [before, after].into_iter().filter_map(|it| it.droppable.get(table));
    let are_dropped = listed.any(|listed| gone.iter().any(|column| listed.contains(column)));
    (!gone.is_empty()).then(|| Break::ColumnsGone {
        table: table.to_owned(),
        columns: gone,
        is_table: is.is_none(),
        are_dropped,
    })
}
