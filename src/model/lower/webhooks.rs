//! `[webhooks]` and `[[webhook]]`.

use std::collections::BTreeSet;

use super::Lowering;
use crate::{
    catalog::EventKind,
    model::{Settings, Webhook, Webhooks},
    names::{Count, EventName, SettingPath},
};

impl Lowering<'_> {
    /// Returns `None` if their delivery is not configured or a setting is missing, which the checks report.
    pub(super) fn webhooks(&self, settings: Option<&Settings>) -> Option<Webhooks> {
        let delivery = self.spec.webhooks.as_ref()?;
        let settings = settings?;
        let setting = |path: &SettingPath| {
            let written = self.spec.setting.iter().find(|setting| setting.path == *path)?;
            let path = self.spec.path_of(written);
            settings.iter().find(|setting| setting.path == path).cloned()
        };
        let number = |given: Option<Count>, default| given.map_or(default, Count::get);
        let mut list: Vec<Webhook> = self
            .spec
            .webhook
            .iter()
            .map(|webhook| Webhook {
                topic: webhook.topic.to_string(),
                event: self.event(&webhook.event),
                entity: self.entity(&webhook.event),
                fields: webhook.fields.iter().map(|(name, kind)| (name.to_string(), kind.name())).collect(),
            })
            .collect();
        list.sort_by(|a, b| a.event.cmp(&b.event));
        Some(Webhooks {
            table: format!("{}_outbox", self.spec.module.name.id()),
            url: setting(&delivery.url)?,
            secret: setting(&delivery.secret)?,
            second_secret: delivery.second_secret.as_ref().and_then(setting),
            enabled: setting(&delivery.enabled)?,
            timeout: setting(&delivery.timeout)?,
            path: delivery.path.as_ref().map(ToString::to_string).unwrap_or_default(),
            max_attempts: number(delivery.max_attempts, 12),
            first_delay: number(delivery.first_delay, 60),
            longest_delay: number(delivery.longest_delay, 21_600),
            batch_size: number(delivery.batch_size, 100),
            keep_days: number(delivery.keep_days, 30),
            commands: delivery.commands.clone(),
            notify_minutes: delivery.notify_minutes.map(Count::get),
            list,
        })
    }

    /// Returns the class of the objects that have the event, if it is the same one in all releases.
    fn entity(&self, event: &EventName) -> Option<String> {
        let releases = self.target.releases;
        let event = self.catalog.events().find(&event.as_str().to_lowercase())?;
        let models = event.within(releases).filter(|dispatch| dispatch.kind == EventKind::Model);
        let classes: BTreeSet<&str> = models.map(|dispatch| dispatch.class.as_str()).collect();
        let class = classes.first().filter(|class| classes.len() == 1 && !class.starts_with(FRAMEWORK))?;
        Some((*class).to_owned())
    }
}

/// Namespace of base classes that models of several modules share.
const FRAMEWORK: &str = r"Magento\Framework\";
