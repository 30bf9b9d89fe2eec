//! Names that Magento already uses: modules, cron groups, jobs and observers.

use std::ops::Range;

use super::{Context, Resolved, duplicate_names::key_or_name};
use crate::{
    catalog::{CoreObserver, ReleaseSet},
    diag::{Diagnostic, Rule},
    names::MagentoVersion,
    spec::{
        code::{Cron, Observer},
        pointer,
    },
};

pub(super) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let names = TakenNames { context, releases: resolved.target.releases };
    let mut findings: Vec<Diagnostic> = names.module().into_iter().collect();
    if findings.is_empty() {
        findings.extend(names.own_group());
    }
    findings.extend(names.jobs());
    findings.extend(names.observers());
    findings.extend(names.commands());
    findings
}

/// Prefixes of Magento's commands whose last word is one of those for webhooks, in any release from 2.3.0 on: a prefix
/// with the word.
const CORE_COMMANDS: [&str; 19] = [
    "admin:adobe-ims:status",
    "app:config:status",
    "cache:status",
    "config:show",
    "deploy:mode:show",
    "dev:template-hints:status",
    "downloadable:domains:show",
    "indexer:status",
    "info:backups:list",
    "info:currency:list",
    "info:language:list",
    "info:timezone:list",
    "maintenance:status",
    "module:config:status",
    "module:status",
    "queue:consumers:list",
    "setup:db:status",
    "store:list",
    "store:website:list",
];

/// Name of an observer, which is unique for its event and area.
pub(super) struct ObserverName<'a> {
    pub(super) event: &'a str,
    /// Area; none for all.
    pub(super) area: Option<&'a str>,
    pub(super) id: &'a str,
}

pub(super) struct TakenNames<'a> {
    pub(super) context: &'a Context<'a>,
    /// Releases of the target.
    pub(super) releases: ReleaseSet,
}

impl TakenNames<'_> {
    /// Place of the module's name.
    fn name(&self) -> Option<Range<usize>> {
        self.context.spans.value(&pointer!["module", "name"])
    }

    fn module(&self) -> Option<Diagnostic> {
        let name = self.context.spec.module.name.as_str();
        let (core, shipped) = self.context.catalog.shipping_module(name)?;
        let there = shipped & self.releases;
        (!there.is_empty()).then(|| {
            let finding = self.taken(self.name(), format!("`{core}` is a module of Magento"), there);
            finding
                .reason("Magento registers one module under a name and stops at the second")
                .help("start the name with your own vendor name")
        })
    }

    /// Reports the module's own cron group, which is named after it.
    fn own_group(&self) -> Option<Diagnostic> {
        let spec = self.context.spec;
        let id = spec.module.name.id();
        if spec.webhooks.is_none() && spec.cron.iter().all(|job| job.group.is_some()) {
            return None;
        }
        let finding = self.group(&id, self.name())?;
        Some(finding.help("rename the module, or name a `group` for each job"))
    }

    /// Reports a declared cron group with the id of a core group.
    pub(super) fn group(&self, id: &str, place: Option<Range<usize>>) -> Option<Diagnostic> {
        let groups = self.context.catalog.cron().groups.find(id);
        let group = groups.iter().find(|group| !(group.releases & self.releases).is_empty())?;
        let message = format!("`{id}` is a cron group of {}", group.module);
        Some(
            self.taken(place, message, group.releases & self.releases)
                .reason("cron groups merge by id, so your settings would change that group")
                .help("give the group an id of its own"),
        )
    }

    /// Reports jobs in the group of a core job of the same name.
    fn jobs(&self) -> Vec<Diagnostic> {
        let spec = self.context.spec;
        let own_group = spec.module.name.id();
        let taken = |(at, job): (usize, &Cron)| {
            let group = job.group.as_ref().map_or(own_group.as_str(), |group| group.as_str());
            let place = key_or_name(&pointer!["cron", at], "id", job.id.is_some());
            self.job(group, &job.id_in(&spec.module.name), self.context.spans.value(&place))
        };
        spec.cron.iter().enumerate().filter_map(taken).collect()
    }

    /// Reports a job with the group and the name of a core job.
    pub(super) fn job(&self, group: &str, id: &str, place: Option<Range<usize>>) -> Option<Diagnostic> {
        let rows = self.context.catalog.cron().jobs.find(id);
        let mut rows = rows.iter().filter(|row| row.group == group);
        let row = rows.find(|row| !(row.releases & self.releases).is_empty())?;
        let message = format!("`{id}` is a job of {} in the group `{group}`", row.module);
        let finding = self.taken(place, message, row.releases & self.releases);
        let finding = finding.reason("jobs merge by group and name, so this one replaces it");
        let finding = finding.module_help("give it another name, unless it is meant to");
        Some(finding.help(format!(
            "give it another `id`, or set `{} = \"allow\"` in [rules] if it is meant to",
            Rule::NameTaken
        )))
    }

    /// Reports observers of the spec with the event and the name of a core observer.
    fn observers(&self) -> Vec<Diagnostic> {
        let spec = self.context.spec;
        let taken = |(at, observer): (usize, &Observer)| {
            let place = key_or_name(&pointer!["observer", at], "id", observer.id.is_some());
            let named = ObserverName {
                event: observer.event.as_str(),
                area: observer.area.folder(),
                id: &observer.id_in(&spec.module.name),
            };
            self.observer(&named, self.context.spans.value(&place))
        };
        spec.observer.iter().enumerate().filter_map(taken).collect()
    }

    /// Reports an observer with the event and the name of a core observer (docs/magento/events.md#observers-merge).
    /// One release of each line was read.
    pub(super) fn observer(
        &self,
        named: &ObserverName<'_>,
        place: Option<Range<usize>>,
    ) -> Option<Diagnostic> {
        let catalog = self.context.catalog;
        let of_line = |read: &MagentoVersion| {
            let is_of_line = |it: MagentoVersion| (it.major, it.minor) == (read.major, read.minor);
            !catalog.those(self.releases, is_of_line).is_empty()
        };
        let meets = |other: &CoreObserver| {
            other.name == named.id
                && (other.area == named.area || other.area.is_none() || named.area.is_none())
        };
        let mut observers = catalog.observers(named.event).into_iter().filter(meets);
        let observer = observers.find(|it| it.read_in.iter().any(of_line))?;
        let read: Vec<String> =
            observer.read_in.iter().filter(|it| of_line(it)).map(ToString::to_string).collect();
        let message = format!(
            "`{}` is an observer of {} for `{}` in {}",
            named.id,
            observer.module,
            named.event,
            read.join(", ")
        );
        Some(
            Diagnostic::new(Rule::NameTaken, message)
                .at(place)
                .reason("observers merge by event and name, so this one replaces it")
                .help(format!(
                    "give it another `id`, or set `{} = \"allow\"` in [rules] if it is meant to",
                    Rule::NameTaken
                ))
                .module_help("give it another name, unless it is meant to"),
        )
    }

    /// Reports a prefix with which a command of webhooks has the name of one of Magento's commands.
    fn commands(&self) -> Option<Diagnostic> {
        let prefix = self.context.spec.webhooks.as_ref()?.commands.as_ref()?;
        let is_taken =
            |command: &&&str| command.rsplit_once(':').is_some_and(|(of, _)| of == prefix.as_str());
        let command = CORE_COMMANDS.iter().find(is_taken)?;
        Some(
            Diagnostic::new(Rule::NameTaken, format!("`{command}` is a command of Magento"))
                .at(self.context.spans.value(&pointer!["webhooks", "commands"]))
                .reason("of two commands with one name, `bin/magento` keeps the last")
                .help("start the commands with your own vendor name, such as `acme:webhooks`"),
        )
    }

    fn taken(&self, place: Option<Range<usize>>, message: String, releases: ReleaseSet) -> Diagnostic {
        let message = format!("{message} in {}", self.context.catalog.describe(releases));
        Diagnostic::new(Rule::NameTaken, message).at(place)
    }
}
