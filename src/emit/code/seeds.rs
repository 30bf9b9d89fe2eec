//! Classes of jobs and observers that the user continues, and their log.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};
use minijinja::{Value, context};

use crate::{
    emit::{
        GeneratedFile,
        template::{self, Template},
    },
    model::{Job, Module, Owner},
    names::HandlerClass,
};

/// Classes of the jobs.
pub(in crate::emit) fn jobs(module: &Module) -> Vec<GeneratedFile> {
    let enabled = module.switch().map(|setting| setting.getter.as_str());
    // By class and method, in the order of the spec.
    let mut classes: BTreeMap<&HandlerClass, IndexMap<&str, &Job>> = BTreeMap::new();
    for job in module.jobs.iter().filter(|job| job.owner == Owner::User) {
        classes.entry(&job.class).or_default().entry(&job.method).or_insert(job);
    }
    let made = classes.into_iter().map(|(handler, jobs)| {
        let methods =
            jobs.values().map(|job| context! { name => &job.method, said => format!("{} ran.", job.name) });
        let methods: Vec<Value> = methods.collect();
        let (folder, class) = handler.parts();
        let values = context! { folder, class, methods, enabled, log => log(module) };
        Some(GeneratedFile::seeded(handler.file(), template::seed(module, Template::Job, values)?))
    });
    made.flatten().collect()
}

/// Classes of the observers.
pub(in crate::emit) fn observers(module: &Module) -> Vec<GeneratedFile> {
    let mut classes: BTreeMap<&HandlerClass, IndexSet<&str>> = BTreeMap::new();
    for observer in module.observers.iter().filter(|observer| observer.owner == Owner::User) {
        let Some(class) = &observer.class else { continue };
        classes.entry(class).or_default().insert(observer.event.as_str());
    }
    let made = classes.into_iter().map(|(handler, events)| {
        let (folder, class) = handler.parts();
        let events = Value::from_iter(events);
        let values = context! { folder, class, events, log => log(module) };
        Some(GeneratedFile::seeded(handler.file(), template::seed(module, Template::Observer, values)?))
    });
    made.flatten().collect()
}

/// Class of the log handler, needed before 2.2 (docs/magento/files-and-schemas.md#classes-since).
pub(in crate::emit) fn log_handler(module: &Module) -> Option<String> {
    if !module.logs() || module.platform.has_type_pool() {
        return None;
    }
    let path = format!("/{}", log(module));
    template::php(module, Template::LogHandler, context! { log => log(module), path })
}

fn log(module: &Module) -> String {
    format!("var/log/{}.log", module.id())
}
