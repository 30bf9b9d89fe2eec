//! `[webhooks]` and `[[webhook]]`.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{Lowering, payload};
use crate::{
    catalog::{Entity, EventKind, VersionedRow as _},
    model::{FieldCondition, ObjectKind, Settings, Webhook, Webhooks},
    names::{ConditionPath, Count, EventName, ObjectField, SettingPath},
    spec::webhooks::{self, ConditionValue, ValueCondition},
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
            .map(|webhook| {
                let mut events: Vec<EventName> =
                    webhook.event.as_slice().iter().map(|event| self.event(event)).collect();
                events.sort();
                events.dedup();
                Webhook {
                    topic: webhook.topic.to_string(),
                    events,
                    kinds: self.kinds(webhook),
                    fields: payload::fields(webhook),
                    when: webhook.when.iter().map(condition).collect(),
                    changed: webhook.changed.iter().map(|field| self.changed(webhook, field)).collect(),
                    max_bytes: webhook.max_bytes.map(Count::get),
                }
            })
            .collect();
        list.sort_by(|a, b| (&a.events, &a.topic).cmp(&(&b.events, &b.topic)));
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

    /// Returns the kinds of objects that the events save. Of several events of a kind, the first by name counts.
    fn kinds(&self, webhook: &webhooks::Webhook) -> Vec<ObjectKind> {
        let mut kinds: IndexMap<String, ObjectKind> = IndexMap::new();
        for event in webhook.event.as_slice().iter().filter(|event| !event.is_deletion()) {
            let event = self.event(event);
            let class = self.class(event.as_str());
            let name = self.kind_name(event.as_str(), class.as_deref());
            let kind = ObjectKind { name: name.clone(), event, class };
            let known = kinds.entry(name).or_insert_with(|| kind.clone());
            if kind.event < known.event {
                *known = kind;
            }
        }
        kinds.into_values().collect()
    }

    /// Returns a short name for the objects of an event: that of the catalog, else what the event is named after.
    fn kind_name(&self, event: &str, class: Option<&str>) -> String {
        let lower = event.to_lowercase();
        let is_its = |entity: &&Entity| class.is_none_or(|class| entity.model == class);
        let known = self.catalog.entities_of(&lower).find(is_its).map(|entity| entity.name);
        let (prefix, _) = lower.rsplit_once("_save_").unwrap_or((&lower, ""));
        known.unwrap_or(prefix).to_owned()
    }

    /// Returns the class of the objects that have the event, if it is the same one in all releases. The class that dispatches
    /// it may be abstract, as that of addresses is.
    fn class(&self, event: &str) -> Option<String> {
        let releases = self.target.releases;
        let name = event.to_lowercase();
        let event = self.catalog.events().find(&name)?;
        let models = event.within(releases).filter(|dispatch| dispatch.kind == EventKind::Model);
        let classes: BTreeSet<&str> = models.map(|dispatch| dispatch.class.as_str()).collect();
        let class = classes.first().filter(|class| classes.len() == 1 && !class.starts_with(FRAMEWORK))?;
        let models: BTreeSet<&str> =
            self.catalog.entities_of(&name).map(|entity| entity.model.as_str()).collect();
        let model = models.first().filter(|_| models.len() == 1);
        Some((*model.unwrap_or(class)).to_owned())
    }

    /// Returns a field and the type in which it is compared with the loaded value: the type of the object's data interface
    /// if it is not a text there, else that of the payload.
    fn changed(&self, webhook: &webhooks::Webhook, field: &ObjectField) -> (String, &'static str) {
        let name = field.as_str();
        let sent = webhook.fields.iter().find(|(key, value)| value.from(key).as_str() == name);
        let kind = self.scalar_type(webhook, name).or_else(|| sent.map(|(_, value)| value.kind().name()));
        (name.to_owned(), kind.unwrap_or("string"))
    }

    /// Type of a field in the data interface of an event's object.
    fn scalar_type(&self, webhook: &webhooks::Webhook, name: &str) -> Option<&'static str> {
        let event = webhook.event.as_slice().first()?.as_str().to_lowercase();
        let interface = &self.catalog.entities_of(&event).next()?.data_interface;
        let types = self.catalog.types().find(interface).iter();
        let current = types.filter(|it| !(it.releases() & self.target.releases).is_empty());
        let field = current.flat_map(|it| &it.fields).find(|field| field.name == name)?;
        field.php_type.names().find_map(|php| match php {
            "int" => Some("int"),
            "float" | "double" => Some("float"),
            "bool" | "boolean" => Some("bool"),
            _ => None,
        })
    }
}

fn condition((path, condition): (&ConditionPath, &ValueCondition)) -> FieldCondition {
    let texts = |values: &[ConditionValue]| values.iter().map(ToString::to_string).collect();
    let (min, max) = condition.bounds();
    let first = condition.values().into_iter().flatten().chain(condition.excluded()).next();
    FieldCondition {
        path: path.to_string(),
        kind: first.map_or("float", ConditionValue::kind),
        values: condition.values().map(texts),
        excluded: texts(condition.excluded()),
        min: min.map(ToString::to_string),
        max: max.map(ToString::to_string),
    }
}

/// Namespace of base classes that models of several modules share.
const FRAMEWORK: &str = r"Magento\Framework\";
