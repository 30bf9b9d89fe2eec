//! Breaking changes in words.

use super::Break;

impl Break {
    /// Sign in front of it: removed or changed.
    #[must_use]
    pub const fn symbol(&self) -> &'static str {
        match self {
            Self::RouteGone { .. }
            | Self::TopicGone(_)
            | Self::CommandsGone { .. }
            | Self::ColumnsGone { .. } => "-",
            Self::RouteOpened(_)
            | Self::RouteChanged { .. }
            | Self::DataChanged { .. }
            | Self::SettingMoved { .. }
            | Self::SettingChanged { .. }
            | Self::TopicRenamed { .. }
            | Self::WebhookPathChanged { .. }
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
            Self::SettingChanged { .. } => "setting-changed",
            Self::TopicGone(_) => "topic-gone",
            Self::TopicRenamed { .. } => "topic-renamed",
            Self::TopicChanged { .. } => "topic-changed",
            Self::WebhookPathChanged { .. } => "webhook-path-changed",
            Self::CommandsGone { .. } => "commands-gone",
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
            Self::SettingMoved { .. } | Self::SettingChanged { .. } => "setting",
            Self::TopicGone(_) | Self::TopicRenamed { .. } | Self::TopicChanged { .. } => "topic",
            Self::WebhookPathChanged { .. } => "webhooks",
            Self::CommandsGone { .. } => "command",
            Self::ColumnsGone { .. } => "table",
        }
    }

    /// Subject: a route, an interface, a path, a topic, commands or a table.
    #[must_use]
    pub fn subject(&self) -> String {
        match self {
            Self::RouteGone { route, .. } | Self::RouteOpened(route) | Self::RouteChanged { route, .. } => {
                route.to_string()
            }
            Self::DataChanged { data: it, .. }
            | Self::SettingMoved { path: it, .. }
            | Self::SettingChanged { path: it, .. }
            | Self::TopicGone(it)
            | Self::TopicRenamed { topic: it, .. }
            | Self::TopicChanged { topic: it, .. }
            | Self::ColumnsGone { table: it, .. } => it.clone(),
            Self::WebhookPathChanged { was, .. } if was.is_empty() => "without a path".to_owned(),
            Self::WebhookPathChanged { was, .. } => was.clone(),
            Self::CommandsGone { prefix, commands, .. } => match commands.as_slice() {
                [only] => format!("{prefix}:{only}"),
                all => format!("{prefix}:{{{}}}", all.join(",")),
            },
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
            Self::SettingChanged { is_secret: true, .. } => {
                "is now a secret: what was saved is not encrypted, and cannot be decrypted".to_owned()
            }
            Self::SettingChanged { is_secret: false, .. } => {
                "is no longer a secret: what was saved stays encrypted, and is read as it is".to_owned()
            }
            Self::TopicGone(_) => "is no longer sent".to_owned(),
            Self::TopicRenamed { to, changes, .. } => {
                let changes: String = changes.iter().map(|change| format!("; {change}")).collect();
                format!("is now sent as {to}; webhooks already recorded keep the former topic{changes}")
            }
            Self::WebhookPathChanged { is, .. } if is.is_empty() => {
                "is no longer appended: all webhooks are posted to the address itself".to_owned()
            }
            Self::WebhookPathChanged { is, .. } => {
                format!("changed: all webhooks are now posted to the address followed by {is}")
            }
            Self::CommandsGone { commands, to, .. } => {
                let what = if commands.len() == 1 { "no longer exists" } else { "no longer exist" };
                let to = to.as_ref().map(|to| format!(": they are now {to}:*")).unwrap_or_default();
                format!("{what}{to}")
            }
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
            Self::SettingChanged { .. } => "save it again in each scope after the upgrade".to_owned(),
            Self::TopicGone(_) => "warn its receivers first".to_owned(),
            Self::TopicRenamed { .. } => "let its receivers take both topics first".to_owned(),
            Self::WebhookPathChanged { .. } => {
                "let the receiver take both first, or change the address in the settings at the same time"
                    .to_owned()
            }
            Self::CommandsGone { .. } => {
                "change the scripts and the monitoring that run them at the same time".to_owned()
            }
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
