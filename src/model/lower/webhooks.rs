//! `[webhooks]` and `[[webhook]]`.

use super::Lowering;
use crate::{
    model::{Settings, Webhook, Webhooks},
    names::{Count, SettingPath},
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
                fields: webhook.fields.iter().map(|(name, kind)| (name.to_string(), kind.name())).collect(),
            })
            .collect();
        list.sort_by(|a, b| a.event.cmp(&b.event));
        Some(Webhooks {
            table: format!("{}_outbox", self.spec.module.name.id()),
            url: setting(&delivery.url)?,
            secret: setting(&delivery.secret)?,
            enabled: setting(&delivery.enabled)?,
            timeout: setting(&delivery.timeout)?,
            path: delivery.path.as_ref().map(ToString::to_string).unwrap_or_default(),
            max_attempts: number(delivery.max_attempts, 12),
            first_delay: number(delivery.first_delay, 60),
            longest_delay: number(delivery.longest_delay, 21_600),
            batch_size: number(delivery.batch_size, 100),
            keep_days: number(delivery.keep_days, 30),
            list,
        })
    }
}
