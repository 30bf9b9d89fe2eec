//! What a change takes away from those who rely on it.

use std::collections::{BTreeMap, BTreeSet};

use super::in_module;
use crate::{
    diag::Failure,
    model::Module,
    module::{MethodPromise, Promises, RouteName, RoutePromise, promises},
    tree::TreePath,
};

/// Something that others rely on, and that is gone or another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// A route is gone.
    RouteGone(RouteName),
    /// A route needs no permission any more: everybody may call it.
    RouteOpened(RouteName),
    /// A route needs, takes or answers something else.
    RouteChanged {
        /// Which.
        route: RouteName,
        /// What, in words.
        changes: Vec<String>,
    },
    /// Fields of a data interface are gone, or of another type.
    DataChanged {
        /// The interface.
        data: String,
        /// What, in words.
        changes: Vec<String>,
    },
    /// A setting has no such path any more.
    SettingMoved {
        /// Where it was.
        path: String,
        /// Where it seems to be now.
        to: Option<String>,
    },
    /// A topic is no longer sent.
    TopicGone(String),
    /// A topic has other fields.
    TopicChanged {
        /// Which.
        topic: String,
        /// What, in words.
        changes: Vec<String>,
    },
    /// Columns are no longer declared.
    ColumnsGone {
        /// Their table.
        table: String,
        /// Which; all of the table if it is gone itself.
        columns: Vec<String>,
        /// Whether the table is gone.
        is_table: bool,
        /// Whether `setup:upgrade` drops them, with what is in them.
        are_dropped: bool,
    },
}

/// What the second state no longer keeps of the first.
#[must_use]
pub fn breaks(before: &Promises, after: &Promises) -> Vec<Break> {
    let mut breaks = routes(before, after);
    let data = before.data.iter().filter_map(|(data, was)| {
        let changes = fields(was, after.data.get(data)?, false);
        (!changes.is_empty()).then(|| Break::DataChanged { data: data.clone(), changes })
    });
    breaks.extend(data);
    let added: BTreeSet<&String> = after.settings.difference(&before.settings).collect();
    let moved = before.settings.difference(&after.settings);
    breaks.extend(
        moved.map(|path| Break::SettingMoved {
            path: path.clone(),
            to: moved_to(path, before, after, &added),
        }),
    );
    let topics = before.topics.iter().filter_map(|(topic, was)| match after.topics.get(topic) {
        None => Some(Break::TopicGone(topic.clone())),
        Some(is) => {
            let changes = fields(was, is, true);
            (!changes.is_empty()).then(|| Break::TopicChanged { topic: topic.clone(), changes })
        }
    });
    breaks.extend(topics);
    breaks.extend(before.tables.iter().filter_map(|(table, was)| columns(table, was, before, after)));
    breaks
}

/// The files of one state of a module, from its root.
pub type StateFiles<'a> = BTreeMap<&'a TreePath, &'a [u8]>;

/// The promises that the second state of a module breaks of the first, which is called `title`.
///
/// # Errors
/// If a file of either cannot be read.
pub fn breaks_between(
    module: &Module,
    title: &str,
    before: &StateFiles<'_>,
    after: &StateFiles<'_>,
) -> Result<Vec<Break>, Failure> {
    let read = |files: &StateFiles<'_>, title: &str| {
        let files = files.iter().map(|(path, bytes)| (in_module(module, path.as_str()), *bytes)).collect();
        let shown =
            |path: &str| if title.is_empty() { path.to_owned() } else { format!("{path} of {title}") };
        promises(&files, shown).map_err(Failure::Findings)
    };
    Ok(breaks(&read(before, title)?, &read(after, "")?))
}

fn routes(before: &Promises, after: &Promises) -> Vec<Break> {
    let broken = before.routes.iter().flat_map(|(route, was)| {
        let Some(is) = after.routes.get(route) else { return vec![Break::RouteGone(route.clone())] };
        let is_opened = is.access.contains("anonymous") && !was.access.contains("anonymous");
        let opened = is_opened.then(|| Break::RouteOpened(route.clone()));
        let changes = changes(was, is);
        let changed = (!changes.is_empty()).then(|| Break::RouteChanged { route: route.clone(), changes });
        opened.into_iter().chain(changed).collect()
    });
    broken.collect()
}

fn changes(was: &RoutePromise, is: &RoutePromise) -> Vec<String> {
    let mut changes = Vec::new();
    let needed: Vec<&str> = is.access.difference(&was.access).map(String::as_str).collect();
    // Whoever needs less than before may call it as before.
    if !needed.is_empty() && !needed.contains(&"anonymous") {
        changes.push(format!("its callers need {}", needed.join(", ")));
    }
    if let (Some(was), Some(is)) = (&was.method, &is.method) {
        changes.extend(signature(was, is));
    }
    changes
}

fn signature(was: &MethodPromise, is: &MethodPromise) -> Vec<String> {
    let said = |parameters: &[String]| {
        if parameters.is_empty() { "nothing".to_owned() } else { parameters.join(", ") }
    };
    let mut changes = Vec::new();
    if was.parameters != is.parameters {
        changes.push(format!("it takes {}, and took {}", said(&is.parameters), said(&was.parameters)));
    }
    if was.returns != is.returns {
        changes.push(format!("it answers {}, and answered {}", is.returns, was.returns));
    }
    changes
}

/// What became of fields: those that are gone or of another type, and those that are new where that matters too.
fn fields(was: &BTreeMap<String, String>, is: &BTreeMap<String, String>, new_ones_too: bool) -> Vec<String> {
    let changed = was.iter().filter_map(|(field, before)| match is.get(field) {
        None => Some(format!("{field} is gone")),
        Some(after) => (before != after).then(|| format!("{field} is {after}, and was {before}")),
    });
    let new = is.keys().filter(|field| new_ones_too && !was.contains_key(*field));
    changed.chain(new.map(|field| format!("{field} is new"))).collect()
}

/// The only new path whose last part is the same; else the only one in its group, where no other is gone from that.
fn moved_to(path: &str, before: &Promises, after: &Promises, added: &BTreeSet<&String>) -> Option<String> {
    let last = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let group = |path: &str| path.rsplit_once('/').map(|(group, _)| group.to_owned());
    let only = |is_it: &dyn Fn(&str) -> bool| {
        let mut alike = added.iter().filter(|other| is_it(other.as_str()));
        alike.next().filter(|_| alike.next().is_none()).map(|only| (*only).clone())
    };
    let gone = before.settings.difference(&after.settings).filter(|other| group(other) == group(path));
    let renamed = (gone.count() == 1).then(|| only(&|other| group(other) == group(path))).flatten();
    // One that is where another is that has its name came from there.
    let is_free = |to: &String| {
        before.settings.difference(&after.settings).all(|other| other == path || last(other) != last(to))
    };
    only(&|other| last(other) == last(path)).or_else(|| renamed.filter(is_free))
}

/// A build keeps in the whitelist what was in it: what either lists is dropped.
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
    /// The sign in front of it: taken away, or changed.
    #[must_use]
    pub const fn symbol(&self) -> &'static str {
        match self {
            Self::RouteGone(_) | Self::TopicGone(_) | Self::ColumnsGone { .. } => "-",
            Self::RouteOpened(_)
            | Self::RouteChanged { .. }
            | Self::DataChanged { .. }
            | Self::SettingMoved { .. }
            | Self::TopicChanged { .. } => "~",
        }
    }

    /// A stable name for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RouteGone(_) => "route-gone",
            Self::RouteOpened(_) => "route-opened",
            Self::RouteChanged { .. } => "route-changed",
            Self::DataChanged { .. } => "data-changed",
            Self::SettingMoved { .. } => "setting-moved",
            Self::TopicGone(_) => "topic-gone",
            Self::TopicChanged { .. } => "topic-changed",
            Self::ColumnsGone { is_table: true, .. } => "table-gone",
            Self::ColumnsGone { is_table: false, .. } => "columns-gone",
        }
    }

    /// What kind of thing it is about.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::RouteGone(_) | Self::RouteOpened(_) | Self::RouteChanged { .. } => "route",
            Self::DataChanged { .. } => "data",
            Self::SettingMoved { .. } => "setting",
            Self::TopicGone(_) | Self::TopicChanged { .. } => "topic",
            Self::ColumnsGone { .. } => "table",
        }
    }

    /// What it is about: a route, an interface, a path, a topic or a table.
    #[must_use]
    pub fn subject(&self) -> String {
        match self {
            Self::RouteGone(route) | Self::RouteOpened(route) | Self::RouteChanged { route, .. } => {
                route.to_string()
            }
            Self::DataChanged { data: it, .. }
            | Self::SettingMoved { path: it, .. }
            | Self::TopicGone(it)
            | Self::TopicChanged { topic: it, .. }
            | Self::ColumnsGone { table: it, .. } => it.clone(),
        }
    }

    /// What is so of the subject, without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::RouteGone(_) => "is gone: who calls it is answered 404".to_owned(),
            Self::RouteOpened(_) => "is open to everybody: it needs no token any more".to_owned(),
            Self::RouteChanged { changes, .. }
            | Self::DataChanged { changes, .. }
            | Self::TopicChanged { changes, .. } => format!("is another: {}", changes.join("; ")),
            Self::SettingMoved { to: Some(to), .. } => {
                format!("seems to be {to} now: what was saved stays behind under the old path")
            }
            Self::SettingMoved { to: None, .. } => {
                "is gone: what was saved stays in the database, and nothing reads it".to_owned()
            }
            Self::TopicGone(_) => "is no longer sent".to_owned(),
            Self::ColumnsGone { columns, is_table, are_dropped, .. } => {
                let what = if *is_table { "is" } else { "loses" };
                let which = if *is_table { String::new() } else { format!(" {}", columns.join(", ")) };
                let becomes = if *are_dropped {
                    "setup:upgrade drops that with what is in it"
                } else {
                    "that stays, as db_schema_whitelist.json does not list it"
                };
                let gone = if *is_table { " no longer declared" } else { "" };
                format!("{what}{which}{gone}: {becomes}")
            }
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::RouteGone(_) | Self::RouteChanged { .. } | Self::DataChanged { .. } => {
                "tell its callers before, or keep it and add the new one beside it, under /V2/ or another name".to_owned()
            }
            Self::RouteOpened(_) => {
                "make sure that it is meant; otherwise write an ACL resource in its `acl`".to_owned()
            }
            Self::SettingMoved { path, to: Some(to) } => format!(
                "before anyone saves it anew: `UPDATE core_config_data SET path='{to}' WHERE path='{path}'`; and move it in \
                 app/etc/config.php and env.php"
            ),
            Self::SettingMoved { path, to: None } => {
                format!("once nothing reads it: `DELETE FROM core_config_data WHERE path='{path}'`")
            }
            Self::TopicGone(_) => "tell its receivers before".to_owned(),
            Self::TopicChanged { .. } => {
                "tell its receivers before, or send the new fields as another topic".to_owned()
            }
            Self::ColumnsGone { are_dropped: true, .. } => {
                "save what is still needed of it before the upgrade".to_owned()
            }
            Self::ColumnsGone { are_dropped: false, .. } => "drop it by hand once nothing needs it".to_owned(),
        }
    }
}
