//! `renamed_from`: names that something had before.

use std::collections::HashSet;

use super::{Pointer, Spec, pointer};

/// Kind of entry with former names, integrations aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenamedKind {
    /// `[[setting]]`, known by its stored path.
    Setting,
    /// `[[cron]]`, known by its name in crontab.xml.
    Job,
    /// `[[webhook]]`, known by its topic.
    Topic,
    /// `[[acl]]`, known by its id.
    Resource,
}

impl RenamedKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Setting, Self::Job, Self::Topic, Self::Resource];

    /// Returns the name of the kind.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Setting => "setting",
            Self::Job => "job",
            Self::Topic => "topic",
            Self::Resource => "resource",
        }
    }
}

/// Entry that may have former names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamable {
    /// Kind.
    pub kind: RenamedKind,
    /// Present name.
    pub present: String,
    /// Former names, the latest first.
    pub former: Vec<String>,
    /// Place of the entry.
    pub route: Pointer,
}

impl Spec {
    /// Returns the names of a kind that the module uses without an entry of its own for them: ACL resources above its own,
    /// and jobs that deliver webhooks.
    #[must_use]
    pub fn used_names(&self, kind: RenamedKind) -> HashSet<String> {
        match kind {
            RenamedKind::Resource => {
                let entries = self.acl_entries().into_iter();
                let own = entries.flat_map(|it| [it.id.to_string(), it.parent.to_string()]);
                own.chain(self.acl_parents().into_iter().map(|(_, parent, _)| parent.id.to_string()))
                    .collect()
            }
            RenamedKind::Job => self.delivery_jobs().collect(),
            RenamedKind::Setting | RenamedKind::Topic => HashSet::new(),
        }
    }

    /// Returns the names of the jobs that deliver due webhooks and delete old ones; none without webhooks.
    pub fn delivery_jobs(&self) -> impl Iterator<Item = String> {
        let id = self.webhooks.is_some().then(|| self.module.name.id());
        id.into_iter().flat_map(|id| ["deliver", "prune"].map(|does| format!("{id}_{does}_webhooks")))
    }

    /// Returns all entries that may have former names, in written order by kind.
    #[must_use]
    pub fn renamables(&self) -> Vec<Renamable> {
        fn renamable<T: ToString>(
            kind: RenamedKind,
            present: String,
            former: &[T],
            route: Pointer,
        ) -> Renamable {
            let former = former.iter().map(ToString::to_string).collect();
            Renamable { kind, present, former, route }
        }
        let settings = self.setting.iter().enumerate().map(|(at, it)| {
            let route = pointer!["setting", at];
            renamable(RenamedKind::Setting, self.path_of(it), it.renamed_from.as_slice(), route)
        });
        let jobs = self.cron.iter().enumerate().map(|(at, it)| {
            let name = it.id_in(&self.module.name);
            renamable(RenamedKind::Job, name, it.renamed_from.as_slice(), pointer!["cron", at])
        });
        let topics = self.webhook.iter().enumerate().map(|(at, it)| {
            let route = pointer!["webhook", at];
            renamable(RenamedKind::Topic, it.topic.to_string(), it.renamed_from.as_slice(), route)
        });
        let entries = self.acl_entries().into_iter().filter(|entry| !entry.is_derived);
        let resources =
            entries.map(|it| renamable(RenamedKind::Resource, it.id.to_string(), it.former, it.route));
        settings.chain(jobs).chain(topics).chain(resources).collect()
    }
}
