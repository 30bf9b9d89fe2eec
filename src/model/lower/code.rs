//! `[[cron]]` and `[[observer]]`, and the jobs and observers of webhooks.

use super::Lowering;
use crate::{
    catalog::behaviour,
    model::{Job, Observer, Owner, Webhooks},
    names::{EventName, HandlerClass, Schedule},
};

/// Class and schedule of each job of webhooks.
const DELIVERY: [(&str, &str); 2] =
    [(r"Cron\DeliverWebhooks", "* * * * *"), (r"Cron\PruneWebhooks", "17 3 * * *")];

impl Lowering<'_> {
    /// Returns all jobs, sorted by name.
    pub(super) fn jobs(&self) -> Vec<Job> {
        let id = self.spec.module.name.id();
        let delivery = self.spec.delivery_jobs().zip(DELIVERY).filter_map(|(name, (class, when))| {
            Some(Job {
                name,
                group: id.clone(),
                class: HandlerClass::new(class).ok()?,
                method: "execute".to_owned(),
                schedule: Some(Schedule::new(when).ok()?),
                config_path: None,
                owner: Owner::Spec,
            })
        });
        let own = self.spec.cron.iter().map(|cron| Job {
            name: cron.id_in(&self.spec.module.name),
            group: cron.group.as_ref().map_or_else(|| id.clone(), ToString::to_string),
            class: cron.handler(),
            method: cron.called().to_owned(),
            schedule: cron.schedule.clone(),
            config_path: cron.config_path.clone(),
            owner: owner(Some(&cron.handler())),
        });
        let mut jobs: Vec<Job> = delivery.chain(own).collect();
        jobs.sort_by(|a, b| a.name.cmp(&b.name));
        jobs
    }

    /// Returns all observers, sorted by event and name.
    pub(super) fn observers(&self, webhooks: Option<&Webhooks>) -> Vec<Observer> {
        let id = self.spec.module.name.id();
        let recorded = webhooks.into_iter().flat_map(Webhooks::events);
        let recording = recorded.filter_map(|event| {
            Some(Observer {
                name: format!("{id}_webhook"),
                event: event.clone(),
                area: None,
                class: Some(HandlerClass::new(r"Observer\RecordWebhook").ok()?),
                is_shared: true,
                is_disabled: false,
                owner: Owner::Spec,
            })
        });
        let own = self.spec.observer.iter().map(|observer| Observer {
            name: observer.id_in(&self.spec.module.name),
            event: self.event(&observer.event),
            area: observer.area.folder(),
            class: observer.handler(),
            is_shared: observer.shared != Some(false),
            is_disabled: observer.disabled,
            owner: owner(observer.handler().as_ref()),
        });
        let mut observers: Vec<Observer> = recording.chain(own).collect();
        observers.sort_by(|a, b| (&a.event, &a.name).cmp(&(&b.event, &b.name)));
        observers
    }

    /// Returns the name by which Magento dispatches an event: in lower case, except in 2.0
    /// (docs/magento/events.md#lower-case).
    pub(super) fn event(&self, event: &EventName) -> EventName {
        let releases = self.target.releases;
        let ignores_case = self.catalog.those(releases, behaviour::ignores_case_of_events) == releases;
        let lower = EventName::new(event.as_str().to_lowercase()).ok().filter(|_| ignores_case);
        lower.unwrap_or_else(|| event.clone())
    }
}

/// Owner of the class of a job or an observer.
fn owner(class: Option<&HandlerClass>) -> Owner {
    if class.is_some_and(|class| !class.is_full()) { Owner::User } else { Owner::Others }
}
