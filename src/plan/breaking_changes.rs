//! Breaking changes: promises to other systems that a change of the module no longer keeps.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    in_module,
    news::{Notice, news},
};
use crate::{
    diag::Failure,
    model::{Module, Rename, Renames},
    module::{AnnouncedEnd, MethodPromise, Promises, RouteName, RoutePromise, field_changes, promises},
    names::Day,
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
    /// A console command was removed or has another name.
    CommandGone(String),
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
pub fn breaks(before: &Promises, after: &Promises, renames: &Renames) -> Vec<Break> {
    let mut breaks = routes(before, after, renames);
    let data = before.data.iter().filter_map(|(data, was)| {
        let changes = field_changes(was, after.data.get(data)?, false);
        (!changes.is_empty()).then(|| Break::DataChanged { data: data.clone(), changes })
    });
    breaks.extend(data);
    let added: BTreeSet<&String> = after.settings.difference(&before.settings).collect();
    let moved = before.settings.difference(&after.settings);
    let moved = moved.filter(|path| renames.setting(path).is_none_or(|to| !after.settings.contains(to)));
    breaks.extend(
        moved.map(|path| Break::SettingMoved {
            path: path.clone(),
            to: moved_to(path, before, after, &added),
        }),
    );
    breaks.extend(before.topics.iter().filter_map(|(topic, was)| {
        let topic = topic.clone();
        if let Some(is) = after.topics.get(&topic) {
            let changes = was.changes(is);
            return (!changes.is_empty()).then_some(Break::TopicChanged { topic, changes });
        }
        let renamed = renames.topics.get(&topic).and_then(|to| Some((to, after.topics.get(to)?)));
        Some(match renamed {
            Some((to, is)) => Break::TopicRenamed { topic, to: to.clone(), changes: was.changes(is) },
            None => Break::TopicGone(topic),
        })
    }));
    breaks.extend(before.commands.difference(&after.commands).cloned().map(Break::CommandGone));
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
pub fn compare_promises(
    module: &Module,
    title: &str,
    before: &StateFiles<'_>,
    after: &StateFiles<'_>,
) -> Result<PromiseChanges, Failure> {
    let read = |files: &StateFiles<'_>, title: &str| {
        let files = files.iter().map(|(path, bytes)| (in_module(module, path.as_str()), *bytes)).collect();
        let shown =
            |path: &str| if title.is_empty() { path.to_owned() } else { format!("{path} of {title}") };
        promises(&files, shown).map_err(Failure::Findings)
    };
    let (before, after) = (read(before, title)?, read(after, "")?);
    let moved = module.renames.settings.iter().filter(|it| {
        before.settings.contains(&it.former)
            && !after.settings.contains(&it.former)
            && after.settings.contains(&it.present)
    });
    let moved: Vec<Rename> = moved.cloned().collect();
    let news = news(&before, &after, &module.renames, &moved);
    Ok(PromiseChanges { moved, breaks: breaks(&before, &after, &module.renames), news })
}

fn routes(before: &Promises, after: &Promises, renames: &Renames) -> Vec<Break> {
    let broken = before.routes.iter().flat_map(|(route, was)| {
        let Some(is) = after.routes.get(route) else {
            let is_over = was.deprecation.as_ref().is_some_and(AnnouncedEnd::is_over);
            let announced = was.deprecation.as_ref().map(|end| end.until.clone());
            let gone = (!is_over).then(|| Break::RouteGone { route: route.clone(), announced });
            return gone.into_iter().collect::<Vec<_>>();
        };
        let is_opened = is.access.contains("anonymous") && !was.access.contains("anonymous");
        let opened = is_opened.then(|| Break::RouteOpened(route.clone()));
        let changes = changes(was, is, renames);
        let changed = (!changes.is_empty()).then(|| Break::RouteChanged { route: route.clone(), changes });
        opened.into_iter().chain(changed).collect()
    });
    broken.collect()
}

fn changes(was: &RoutePromise, is: &RoutePromise, renames: &Renames) -> Vec<String> {
    let mut changes = Vec::new();
    let is_had = |id: &&str| {
        was.access.contains(*id) || renames.had_resource(id, |former| was.access.contains(former))
    };
    let needed: Vec<&str> = is.access.iter().map(String::as_str).filter(|id| !is_had(id)).collect();
    // Callers that need fewer permissions than before are not affected.
    if !needed.is_empty() && !needed.contains(&"anonymous") {
        changes.push(format!("it now needs {}", needed.join(", ")));
    }
    if let (Some(was), Some(is)) = (&was.method, &is.method) {
        changes.extend(signature(was, is));
    }
    if let (Some(was), Some(is)) = (&was.deprecation, &is.deprecation)
        && is.until < was.until
    {
        changes.push(format!("it may be removed from {} on instead of {}", is.until, was.until));
    }
    changes
}

fn signature(was: &MethodPromise, is: &MethodPromise) -> Vec<String> {
    let said = |parameters: &[String]| {
        if parameters.is_empty() { "nothing".to_owned() } else { parameters.join(", ") }
    };
    let mut changes = Vec::new();
    if was.parameters != is.parameters {
        changes.push(format!("it takes {} instead of {}", said(&is.parameters), said(&was.parameters)));
    }
    if was.returns != is.returns {
        changes.push(format!("it returns {} instead of {}", is.returns, was.returns));
    }
    changes
}

/// Finds the new path: the only one with the same last part, or the only one in its group if nothing else left the group.
fn moved_to(path: &str, before: &Promises, after: &Promises, added: &BTreeSet<&String>) -> Option<String> {
    let last = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let group = |path: &str| path.rsplit_once('/').map(|(group, _)| group.to_owned());
    let only = |is_it: &dyn Fn(&str) -> bool| {
        let mut alike = added.iter().filter(|other| is_it(other.as_str()));
        alike.next().filter(|_| alike.next().is_none()).map(|only| (*only).clone())
    };
    let gone = before.settings.difference(&after.settings).filter(|other| group(other) == group(path));
    let renamed = (gone.count() == 1).then(|| only(&|other| group(other) == group(path))).flatten();
    // A new setting that shares its name with another one came from that one.
    let is_free = |to: &String| {
        before.settings.difference(&after.settings).all(|other| other == path || last(other) != last(to))
    };
    only(&|other| last(other) == last(path)).or_else(|| renamed.filter(is_free))
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

impl Break {
    /// Sign in front of it: removed or changed.
    #[must_use]
    pub const fn symbol(&self) -> &'static str {
        match self {
            Self::RouteGone { .. } | Self::TopicGone(_) | Self::CommandGone(_) | Self::ColumnsGone { .. } => {
                "-"
            }
            Self::RouteOpened(_)
            | Self::RouteChanged { .. }
            | Self::DataChanged { .. }
            | Self::SettingMoved { .. }
            | Self::TopicRenamed { .. }
            | Self::TopicChanged { .. } => "~",
        }
    }

    /// Stable name for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RouteGone { .. } => "route-gone",
            Self::RouteOpened(_) => "route-opened",
            Self::RouteChanged { .. } => "route-changed",
            Self::DataChanged { .. } => "data-changed",
            Self::SettingMoved { .. } => "setting-moved",
            Self::TopicGone(_) => "topic-gone",
            Self::TopicRenamed { .. } => "topic-renamed",
            Self::TopicChanged { .. } => "topic-changed",
            Self::CommandGone(_) => "command-gone",
            Self::ColumnsGone { is_table: true, .. } => "table-gone",
            Self::ColumnsGone { is_table: false, .. } => "columns-gone",
        }
    }

    /// Kind of its subject.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::RouteGone { .. } | Self::RouteOpened(_) | Self::RouteChanged { .. } => "route",
            Self::DataChanged { .. } => "data",
            Self::SettingMoved { .. } => "setting",
            Self::TopicGone(_) | Self::TopicRenamed { .. } | Self::TopicChanged { .. } => "topic",
            Self::CommandGone(_) => "command",
            Self::ColumnsGone { .. } => "table",
        }
    }

    /// Subject: a route, an interface, a path, a topic, a command or a table.
    #[must_use]
    pub fn subject(&self) -> String {
        match self {
            Self::RouteGone { route, .. } | Self::RouteOpened(route) | Self::RouteChanged { route, .. } => {
                route.to_string()
            }
            Self::DataChanged { data: it, .. }
            | Self::SettingMoved { path: it, .. }
            | Self::TopicGone(it)
            | Self::TopicRenamed { topic: it, .. }
            | Self::CommandGone(it)
            | Self::TopicChanged { topic: it, .. }
            | Self::ColumnsGone { table: it, .. } => it.clone(),
        }
    }

    /// Predicate of the subject, without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::RouteGone { announced: None, .. } => {
                "was removed without notice: calls to it get a 404".to_owned()
            }
            Self::RouteGone { announced: Some(until), .. } => {
                format!("was removed before {until}, the day announced to its callers: calls to it get a 404")
            }
            Self::RouteOpened(_) => "became public: it no longer needs a token".to_owned(),
            Self::RouteChanged { changes, .. }
            | Self::DataChanged { changes, .. }
            | Self::TopicChanged { changes, .. } => format!("changed: {}", changes.join("; ")),
            Self::SettingMoved { to: Some(to), .. } => {
                format!("seems to have moved to {to}: saved values stay under the old path")
            }
            Self::SettingMoved { to: None, .. } => {
                "was removed: saved values stay in the database, but nothing reads them".to_owned()
            }
            Self::TopicGone(_) => "is no longer sent".to_owned(),
            Self::TopicRenamed { to, changes, .. } => {
                let changes: String = changes.iter().map(|change| format!("; {change}")).collect();
                format!("is now sent as {to}; what waits is sent under the former topic{changes}")
            }
            Self::CommandGone(_) => "no longer exists: scripts and monitoring that run it fail".to_owned(),
            Self::ColumnsGone { columns, is_table, are_dropped, .. } => {
                let what = if *is_table { "is" } else { "loses" };
                let which = if *is_table { String::new() } else { format!(" {}", columns.join(", ")) };
                let becomes = if *are_dropped {
                    "setup:upgrade drops it with its data"
                } else {
                    "it stays, because db_schema_whitelist.json does not list it"
                };
                let gone = if *is_table { " no longer declared" } else { "" };
                format!("{what}{which}{gone}: {becomes}")
            }
        }
    }

    /// Suggested remedy.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::RouteGone { announced: None, .. } => {
                "keep it, and announce its end to its callers with `deprecated`".to_owned()
            }
            Self::RouteGone { announced: Some(until), .. } => {
                format!(
                    "keep it until {until}, or warn the callers that `magespec calls --check` still finds"
                )
            }
            Self::RouteChanged { .. } | Self::DataChanged { .. } => {
                "warn its callers first, or keep it and add the new version under /V2/ or another name"
                    .to_owned()
            }
            Self::RouteOpened(_) => {
                "confirm that this is intended; otherwise set its `acl` to an ACL resource".to_owned()
            }
            Self::SettingMoved { path, to: Some(to) } => format!(
                "if {to} is the same setting, add to it `renamed_from = \"{path}\"`: setup:upgrade then moves what was saved; and \
                 rename it in app/etc/config.php and env.php"
            ),
            Self::SettingMoved { path, to: None } => {
                format!("once nothing reads it: `DELETE FROM core_config_data WHERE path='{path}'`")
            }
            Self::TopicGone(_) => "warn its receivers first".to_owned(),
            Self::TopicRenamed { .. } => "let its receivers take both topics first".to_owned(),
            Self::CommandGone(_) => "change what runs it at the same time".to_owned(),
            Self::TopicChanged { .. } => {
                "warn its receivers first, or send the new fields under another topic".to_owned()
            }
            Self::ColumnsGone { are_dropped: true, .. } => {
                "back up the data you still need before the upgrade".to_owned()
            }
            Self::ColumnsGone { are_dropped: false, .. } => {
                "drop it manually once nothing needs it".to_owned()
            }
        }
    }
}
