//! `[[cron]]` and `[[observer]]`, and what webhooks add to them.

use super::Lowering;
use crate::{
    model::{Job, Observer, Owner, Webhooks},
    names::{Schedule, camel},
};

/// When what is due is sent, and when what was delivered long ago is deleted.
const DELIVERY: [(&str, &str); 2] = [("deliver_webhooks", "* * * * *"), ("prune_webhooks", "17 3 * * *")];

impl Lowering<'_> {
    /// All jobs, sorted by name.
    pub(super) fn jobs(&self, webhooks: Option<&Webhooks>) -> Vec<Job> {
        let id = self.id();
        let job = |name: &str, group: Option<String>, schedule: Schedule, owner| Job {
            name: format!("{id}_{name}"),
            group: group.unwrap_or_else(|| id.clone()),
            class: camel(name),
            schedule,
            owner,
        };
        let delivery = DELIVERY.iter().filter(|_| webhooks.is_some());
        let delivery = delivery
            .filter_map(|&(name, when)| Some(job(name, None, Schedule::new(when).ok()?, Owner::Spec)));
        let own = self.spec.cron.iter().map(|cron| {
            let group = cron.group.as_ref().map(ToString::to_string);
            job(cron.name.as_str(), group, cron.schedule.clone(), Owner::User)
        });
        let mut jobs: Vec<Job> = delivery.chain(own).collect();
        jobs.sort_by(|a, b| a.name.cmp(&b.name));
        jobs
    }

    /// All observers, sorted by event and name.
    pub(super) fn observers(&self, webhooks: Option<&Webhooks>) -> Vec<Observer> {
        let id = self.id();
        let recording = webhooks.into_iter().flat_map(|webhooks| &webhooks.list).map(|webhook| Observer {
            name: format!("{id}_webhook"),
            event: webhook.event.clone(),
            area: None,
            class: "RecordWebhook".to_owned(),
            owner: Owner::Spec,
        });
        let own = self.spec.observer.iter().map(|observer| Observer {
            name: format!("{id}_{}", observer.name),
            event: observer.event.clone(),
            area: observer.area.folder(),
            class: camel(observer.name.as_str()),
            owner: Owner::User,
        });
        let mut observers: Vec<Observer> = recording.chain(own).collect();
        observers.sort_by(|a, b| (&a.event, &a.name).cmp(&(&b.event, &b.name)));
        observers
    }
}
