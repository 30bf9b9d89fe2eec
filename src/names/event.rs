//! Events, webhooks and schedules.

use crate::names::text::text_type;

text_type! {
    /// The name of an event (`framework/Event/etc/events.xsd`; digits from 2.2.4 on,
    /// docs/magento/events.md#events-xml).
    EventName, "an event such as `sales_order_save_after`", length 1..=255usize, pattern "^[A-Za-z0-9_]+$", plain identifier
}

impl EventName {
    /// Returns true if the event of a model fires when it is deleted.
    #[must_use]
    pub fn is_deletion(&self) -> bool {
        self.as_str().to_lowercase().contains("_delete_")
    }

    /// Returns true if the event of a model fires after the transaction.
    #[must_use]
    pub fn is_after_commit(&self) -> bool {
        self.as_str().to_lowercase().ends_with("_commit_after")
    }
}

text_type! {
    /// The topic of a webhook. The outbox stores 64 characters.
    Topic, "a topic such as `order.saved`: lowercase letters, digits, `_` and `-`, separated by dots", length 1..=64usize,
    pattern r"^[a-z0-9_-]+(\.[a-z0-9_-]+)*$", plain snake
}

text_type! {
    /// The first words of console commands, to which `:status` and others are appended.
    CommandPrefix, "words such as `acme:webhooks`: lowercase letters, digits, `_` and `-`, separated by colons", length 1..=64usize,
    pattern "^[a-z][a-z0-9_-]*(:[a-z][a-z0-9_-]*)*$"
}

text_type! {
    /// A path to a field of an event's object, or of an object below it; `[]` follows the name of a list.
    PayloadPath, "a field of the object such as `increment_id`, or a path such as `billing_address.city` or `items[].sku`",
    length 1..=usize::MAX, pattern r"^[A-Za-z][A-Za-z0-9_]*(\[\])?(\.[A-Za-z][A-Za-z0-9_]*(\[\])?)*$", plain identifier
}

text_type! {
    /// A path that leads to one value.
    ConditionPath, "a field of the object such as `status`, or a path such as `payment.method`",
    length 1..=usize::MAX, pattern r"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$", plain identifier
}

text_type! {
    /// A field of an event's object, as `getData()` takes it.
    ObjectField, "a field of the object such as `increment_id`: a letter, then letters, digits and underscores",
    length 1..=usize::MAX, pattern "^[A-Za-z][A-Za-z0-9_]*$", plain identifier
}

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathStep<'a> {
    /// Name of the field.
    pub name: &'a str,
    /// True if the field is a list whose items the path continues with.
    pub is_list: bool,
}

impl PayloadPath {
    /// Returns its steps.
    pub fn steps(&self) -> impl Iterator<Item = PathStep<'_>> {
        self.as_str().split('.').map(|step| match step.strip_suffix("[]") {
            Some(name) => PathStep { name, is_list: true },
            None => PathStep { name: step, is_list: false },
        })
    }
}

text_type! {
    /// The schedule of a job: the five fields of a cron expression (`Magento_Cron/etc/crontab.xsd`;
    /// docs/magento/cron.md#crontab-xml).
    Schedule, "five fields such as `*/15 * * * *`: minute, hour, day, month, day of the week", length 9..=255usize,
    pattern "^[0-9*,/A-Za-z-]+( [0-9*,/A-Za-z-]+){4}$"
}

text_type! {
    /// The name of a job or observer, by which other modules change it. `cron_schedule` stores 255 characters.
    HandlerId, "a name such as `acme_erpbridge_pull_stock`: letters, digits, `_`, `-`, dots, colons, slashes and backslashes", length 1..=255usize,
    pattern r"^[A-Za-z0-9_.:/\\-]+$"
}

text_type! {
    /// The path under which a shop saves a setting (docs/magento/settings.md#stored-paths).
    StoredPath, "a section, groups and a field such as `acme_erp/stock/schedule`", length 1..=255usize,
    pattern "^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+){2,}$"
}

text_type! {
    /// The id of a cron group.
    CronGroup, "a cron group such as `default`", length 1..=64usize, pattern "^[A-Za-z][A-Za-z0-9_-]*$"
}
