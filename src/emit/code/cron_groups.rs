//! `etc/cron_groups.xml`: a cron group with its own process, so that a slow receiver does not delay the shop's jobs.

use crate::{emit::xml::XmlElement, model::Module};

/// Settings of Magento's own groups for jobs that run every minute.
const SETTINGS: [(&str, &str); 7] = [
    ("schedule_generate_every", "1"),
    ("schedule_ahead_for", "4"),
    ("schedule_lifetime", "15"),
    ("history_cleanup_every", "10"),
    ("history_success_lifetime", "60"),
    ("history_failure_lifetime", "4320"),
    ("use_separate_process", "1"),
];

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let id = module.id();
    module.jobs.iter().find(|job| job.group == id)?;
    let settings = SETTINGS.map(|(name, value)| XmlElement::new(name).text(value));
    XmlElement::root("config", "urn:magento:module:Magento_Cron:etc/cron_groups.xsd")
        .children([XmlElement::new("group").attribute("id", id).children(settings)])
        .into_file(module)
}
