//! Plan as a part of an HTML page.

use std::{fmt::Display, sync::LazyLock};

use minijinja::{Environment, Value, context};

use super::wording::{actions, bracketed, fault, folded, forces_reset, grants, remedies, sentences, shown};
use crate::{
    catalog::ReleaseSet,
    deploy::Instruction,
    diag::{printable, printable_line},
    markup::html::{render, templates},
    names::capitalized,
    plan::{ModulePlan, Planned, paste::to_paste},
};

const TEMPLATES: &[(&str, &str)] = &[("toc", include_str!("toc.j2")), ("plan", include_str!("plan.j2"))];

/// Parts of a page that shows plans.
pub(crate) struct HtmlPlan {
    /// Links to the integrations.
    pub(crate) toc: String,
    /// Plans of the modules.
    pub(crate) plans: String,
}

impl HtmlPlan {
    /// Style sheet of the parts.
    pub(crate) const STYLE: &str = include_str!("plan.css");

    /// Renders the parts. `level` is that of the headings of modules.
    pub(crate) fn new(plans: &[ModulePlan<'_>], level: usize) -> Self {
        static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| templates(TEMPLATES));
        let mut count = 0;
        let plans: Vec<Value> = plans.iter().map(|plan| module_plan(plan, &mut count)).collect();
        let values = context! { level, plans };
        let part = |name: &str| render(&ENVIRONMENT, name, values.clone());
        Self { toc: part("toc"), plans: part("plan") }
    }
}

fn module_plan(plan: &ModulePlan<'_>, count: &mut usize) -> Value {
    let line = |text: &str| printable_line(text).into_owned();
    let breaks = plan.breaks.iter().map(|broken| {
        context! {
            kind => broken.kind(),
            subject => line(&broken.subject()),
            message => broken.message(),
            remedy => broken.remedy(),
        }
    });
    let pastes = to_paste(plan).map(|(what, path, lines)| {
        context! { what, path => line(path.as_str()), lines => printable(&lines) }
    });
    let integrations: Vec<Value> = shown(plan)
        .map(|planned| {
            *count += 1;
            integration(plan, planned, *count)
        })
        .collect();
    context! {
        name => plan.spec.module.name.as_str(),
        constraint => plan.spec.module.platform.constraint.to_string(),
        releases => line(&plan.spec.catalog.describe(plan.plan.releases)),
        against => line(&plan.against),
        fault => fault(plan),
        integrations,
        folded => folded(plan).into_iter().map(|(_, text)| line(&text)).collect::<Vec<_>>(),
        notes => plan.notes.iter().map(|note| line(note)).collect::<Vec<_>>(),
        breaks => breaks.collect::<Vec<_>>(),
        pastes => pastes.collect::<Vec<_>>(),
        instructions => plan.instructions.iter().map(instruction).collect::<Vec<_>>(),
    }
}

fn integration(plan: &ModulePlan<'_>, planned: &Planned, number: usize) -> Value {
    let lists = match grants(planned) {
        Some(_) => Vec::new(),
        None => {
            let (permissions, routes) = (&planned.permissions, &planned.routes);
            vec![
                list(plan, "Permissions gained", "plus", permissions.gained.iter()),
                list(plan, "Permissions lost", "minus", permissions.lost.iter()),
                list(plan, "Routes gained", "plus", routes.gained.iter()),
                list(plan, "Routes lost", "minus", routes.lost.iter()),
            ]
        }
    };
    context! {
        number,
        name => printable_line(&planned.name),
        action => planned.action().as_str(),
        symbol => planned.action().symbol(),
        happens => capitalized(&actions(plan, planned).join("; ")),
        sentences => sentences(plan, planned).collect::<Vec<_>>(),
        forces => forces_reset(planned),
        grants => grants(planned),
        lists,
        remedies => remedies(plan, planned),
    }
}

/// Sentence with its first letter in upper case.
/// Items that are gained or lost, with the releases that they hold for.
fn list<'a, T: Display + 'a>(
    plan: &ModulePlan<'_>,
    title: &str,
    sign: &str,
    items: impl Iterator<Item = (&'a T, &'a ReleaseSet)>,
) -> Value {
    let items = items.map(|(it, releases)| {
        context! { name => printable_line(&it.to_string()), when => bracketed(plan, *releases) }
    });
    context! { title, sign, all => items.collect::<Vec<_>>() }
}

fn instruction(step: &Instruction) -> Value {
    context! {
        command => format!("bin/magento {}", step.line),
        files => step.files.iter().map(|file| printable_line(file).into_owned()).collect::<Vec<_>>(),
        remark => step.remark(),
    }
}
