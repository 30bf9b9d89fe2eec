//! Recurring setup script that moves what a shop stored under former names, and its unit test.

use minijinja::context;

use crate::{
    emit::template::{self, Template},
    model::Module,
};

pub(in crate::emit) fn script(module: &Module) -> Option<String> {
    render(module, Template::Recurring)
}

pub(in crate::emit) fn test(module: &Module) -> Option<String> {
    module.platform.has_unit_tests().then(|| render(module, Template::RecurringTest))?
}

fn render(module: &Module, template: Template) -> Option<String> {
    let renames = &module.renames;
    let settings: Vec<_> =
        renames.settings.iter().map(|it| context! { former => &it.former, present => &it.present }).collect();
    let jobs: Vec<_> = renames
        .jobs
        .iter()
        .map(|it| context! { former => &it.rename.former, present => &it.rename.present, group => &it.group })
        .collect();
    // A stored path that moves, for the test.
    let setting = || renames.settings.first().map(|it| (it.former.clone(), it.present.clone()));
    let job = || {
        let path = |group: &str, name: &str| format!("crontab/{group}/jobs/{name}/schedule/cron_expr");
        renames
            .jobs
            .first()
            .map(|it| (path("default", &it.rename.former), path(&it.group, &it.rename.present)))
    };
    let (former, present) = setting().or_else(job)?;
    template::php(module, template, context! { settings, jobs, row => context! { former, present } })
}
