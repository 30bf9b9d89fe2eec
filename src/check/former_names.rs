//! Former names in `renamed_from` of ACL resources, settings, cron jobs and webhooks.

use std::collections::{HashMap, HashSet};

use super::Context;
use crate::{
    diag::{Diagnostic, Help, Level, Rule},
    spec::{Pointer, Renamable, RenamedKind},
};

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let all = context.spec.renamables();
    let of = |kind| all.iter().filter(move |it| it.kind == kind).collect();
    RenamedKind::ALL.into_iter().flat_map(|kind| faults(context, kind, &of(kind))).collect()
}

/// Faults in the former names of one kind.
fn faults(context: &Context<'_>, kind: RenamedKind, all: &Vec<&Renamable>) -> Vec<Diagnostic> {
    let present: HashSet<&str> = all.iter().map(|it| it.present.as_str()).collect();
    let used = context.spec.used_names(kind);
    let mut claimed: HashMap<&str, Pointer> = HashMap::new();
    let mut findings = Vec::new();
    let span = |route: &Pointer| context.spans.value(route);
    let mut names: Vec<(&Renamable, &String, Pointer)> = Vec::new();
    for renamed in all {
        names.extend(renamed.former.iter().enumerate().map(|(at, former)| {
            // A single name need not be a list.
            let written = renamed.route.key("renamed_from");
            let route = Some(written.key(at)).filter(|route| span(route).is_some());
            (*renamed, former, route.unwrap_or(written))
        }));
    }
    // A resource may stand above its parent, whose name was read first.
    names.sort_by_key(|(_, _, route)| span(route).map(|span| span.start));
    for (renamed, former, route) in names {
        let what = kind.name();
        let is_topic = kind == RenamedKind::Topic;
        let finding = |message: String| Diagnostic::new(Rule::FormerName, message).at(span(&route));
        if *former == renamed.present {
            findings.push(
                finding(format!("`{former}` is the present name of this {what}"))
                    .reason("`renamed_from` has names that it no longer has")
                    .help(Help::new("remove it").removal()),
            );
        } else if present.contains(former.as_str()) {
            findings.push(
                finding(format!("`{former}` is the name of another {what} of this spec"))
                    .reason(if is_topic {
                        "receivers know that one by it"
                    } else {
                        "what the shop stored under it belongs to that one"
                    })
                    .help(Help::new("remove it, or give the other one a new name").removal()),
            );
        } else if let Some(owner) = owner(context, kind, former) {
            findings.push(
                finding(format!("the {what} `{former}` belongs to {owner}"))
                    .reason("what the shop stored under it would be taken from Magento")
                    .help("write the name that this module gave it before"),
            );
        } else if used.contains(former) {
            findings.push(
                finding(format!("the module still uses the {what} `{former}`"))
                    .reason("what the shop stored under it has to stay there")
                    .help(
                        Help::new("remove it, or write the name that this module gave it before").removal(),
                    ),
            );
        } else if let Some(first) = claimed.get(former.as_str()) {
            findings.push(
                finding(format!("`{former}` is listed twice"))
                    .related(span(first), "first here")
                    .reason(if is_topic {
                        "it is one topic that has another name now"
                    } else {
                        "what the shop stored under a former name can only go to one place"
                    })
                    .help(Help::new("remove one of them").removal()),
            );
        } else if let Some(id) = full_job_name(context, renamed, former) {
            let reason = format!(
                "Magento stores runs and schedules under the names in crontab.xml, where a job named `{former}` is `{id}`"
            );
            // The rule can be relaxed, as crontab.xml may have had any name.
            let message = format!("`{former}` does not begin with the vendor of this module");
            let finding = Diagnostic::new(Rule::FormerNameLeft, message)
                .at(span(&route))
                .reason(reason)
                .help(Help::new(format!("write `{id}`, unless crontab.xml had `{former}`")).text(&id));
            findings.push(Diagnostic { level: Level::Warning, ..finding });
        } else {
            findings.push(removable(renamed, former).at(span(&route)));
        }
        claimed.entry(former).or_insert(route);
    }
    findings
}

/// Name in crontab.xml of a job whose former name seems to be the `name` of its table: not even the vendor's.
fn full_job_name(context: &Context<'_>, renamed: &Renamable, former: &str) -> Option<String> {
    let id = context.spec.module.name.id();
    let vendor = id.split('_').next().unwrap_or_default();
    let is_short = renamed.kind == RenamedKind::Job
        && renamed.present.starts_with(&format!("{id}_"))
        && !former.starts_with(&format!("{vendor}_"));
    is_short.then(|| format!("{id}_{former}"))
}

/// Module of Magento that has the name in any release.
fn owner<'a>(context: &'a Context<'_>, kind: RenamedKind, name: &'a str) -> Option<&'a str> {
    let catalog = context.catalog;
    match kind {
        RenamedKind::Setting => {
            // All paths take long to read, and few specs have a former one in a section of Magento.
            let section = name.split('/').next()?;
            let path = (!catalog.config().sections.find(section).is_empty())
                .then(|| catalog.config_paths().find(name))?;
            path.first().map(|path| path.module.as_str())
        }
        RenamedKind::Resource => {
            let module = name.split("::").next()?;
            (!catalog.ever(name).is_empty()).then_some(module)
        }
        RenamedKind::Job => catalog.cron().jobs.find(name).first().map(|job| job.module.as_str()),
        RenamedKind::Topic => None,
    }
}

/// Notes when a former name can go.
fn removable(renamed: &Renamable, former: &str) -> Diagnostic {
    let present = &renamed.present;
    let (until, reason) = match renamed.kind {
        RenamedKind::Setting => ("stores a value at that path", "setup:upgrade moves the values to"),
        RenamedKind::Job => ("has runs or a schedule of that name", "setup:upgrade moves them to"),
        RenamedKind::Resource => ("has a role with that id", "setup:upgrade changes it to"),
        RenamedKind::Topic => {
            return Diagnostic::new(
                Rule::FormerNameLeft,
                format!("`{former}` can go as soon as all receivers take `{present}`"),
            )
            .reason("only `plan`, `changes` and `review` read the former topic: they announce the rename")
            .help(Help::new("remove it after the release that renames the topic").removal());
        }
    };
    Diagnostic::new(Rule::FormerNameLeft, format!("`{former}` can go as soon as no shop {until}"))
        .reason(format!("{reason} `{present}` once in each shop; after that, the former name has no effect"))
        .help("keep it until every shop has run setup:upgrade with this module")
}
