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
    let job = |job: &'_ Job| {
        XmlElement::new("job")
            .attribute("name", job.name.clone())
            .attribute("instance", format!(r"{namespace}\{}", job.class))
            .attribute("method", "execute")
            .children([XmlElement::new("schedule").text(job.schedule.to_string())])
    };
    let groups = groups.iter().map(|(id, jobs)| {
        XmlElement::new("group").attribute("id", *id).children(jobs.iter().map(|it| job(it)))
    });
    XmlElement::root("config", "urn:magento:module:Magento_Cron:etc/crontab.xsd")
        .children(groups)
        .into_file(module)
}
