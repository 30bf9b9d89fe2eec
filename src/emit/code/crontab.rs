//! `etc/crontab.xml`.

use std::collections::BTreeMap;

use crate::{
    emit::xml::XmlElement,
    model::{Job, Module},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let mut groups: BTreeMap<&str, Vec<&Job>> = BTreeMap::new();
    for job in &module.jobs {
        groups.entry(&job.group).or_default().push(job);
    }
    if groups.is_empty() {
        return None;
    }
    let namespace = module.name.namespace();
    let groups = groups.iter().map(|(id, jobs)| {
        XmlElement::new("group").attribute("id", *id).children(jobs.iter().map(|it| job(it, &namespace)))
    });
    XmlElement::root("config", "urn:magento:module:Magento_Cron:etc/crontab.xsd")
        .children(groups)
        .into_file(module)
}

fn job<'a>(job: &'a Job, namespace: &str) -> XmlElement<'a> {
    let schedule = job.schedule.as_ref().map(|it| XmlElement::new("schedule").text(it.as_str()));
    let config_path = job.config_path.as_ref().map(|it| XmlElement::new("config_path").text(it.as_str()));
    XmlElement::new("job")
        .attribute("name", job.name.as_str())
        .attribute("instance", job.class.full(namespace))
        .attribute("method", job.method.as_str())
        .children(schedule.into_iter().chain(config_path))
}
