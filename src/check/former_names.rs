//! Former names in `renamed_from` of ACL resources, settings, cron jobs and webhooks.

use std::collections::{HashMap, HashSet};

use super::Context;
use crate::{
    diag::{Diagnostic, Rule},
    spec::{Pointer, pointer},
};

/// Entry with former names.
struct Renamed {
    what: &'static str,
    present: String,
    former: Vec<String>,
    /// Its `renamed_from`.
    route: Pointer,
}

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let spec = context.spec;
    let settings = spec.setting.iter().enumerate().map(|(at, setting)| {
        Renamed::new(
            "setting",
            spec.path_of(setting),
            setting.renamed_from.as_slice(),
            pointer!["setting", at],
        )
    });
    let jobs = spec.cron.iter().enumerate().map(|(at, cron)| {
        Renamed::new("job", cron.id_in(&spec.module.name), cron.renamed_from.as_slice(), pointer!["cron", at])
    });
    let webhooks = spec.webhook.iter().enumerate().map(|(at, webhook)| {
        Renamed::new(
            "topic",
            webhook.topic.to_string(),
            webhook.renamed_from.as_slice(),
            pointer!["webhook", at],
        )
    });
    let entries = spec.acl_entries();
    let resources = entries
        .iter()
        .map(|entry| Renamed::new("resource", entry.id.to_string(), entry.former, entry.route.clone()));
    [settings.collect(), jobs.collect(), webhooks.collect(), resources.collect()]
        .iter()
        .flat_map(|of_kind: &Vec<Renamed>| faults(context, of_kind))
        .collect()
}

/// Faults in the former names of one kind.
fn faults(context: &Context<'_>, all: &[Renamed]) -> Vec<Diagnostic> {
    let present: HashSet<&str> = all.iter().map(|renamed| renamed.present.as_str()).collect();
    let mut claimed: HashMap<&str, Pointer> = HashMap::new();
    let mut findings = Vec::new();
    for renamed in all {
        for (at, former) in renamed.former.iter().enumerate() {
            let span = |route: &Pointer| context.spans.value(route);
            // A single name need not be a list.
            let route = Some(renamed.route.key(at)).filter(|route| span(route).is_some());
            let route = route.unwrap_or_else(|| renamed.route.clone());
            let what = renamed.what;
            let finding = |message: String| Diagnostic::new(Rule::FormerName, message).at(span(&route));
            if *former == renamed.present {
                findings.push(
                    finding(format!("`{former}` is the present name of this {what}"))
                        .reason("`renamed_from` has names that it no longer has")
                        .help("remove it"),
                );
            } else if present.contains(former.as_str()) {
                findings.push(
                    finding(format!("`{former}` is the name of another {what} of this spec"))
                        .reason("what the shop stored under it belongs to that one")
                        .help("remove it, or give the other one a new name"),
                );
            } else if let Some(owner) = owner(context, what, former) {
                findings.push(
                    finding(format!("the {what} `{former}` belongs to {owner}"))
                        .reason("what the shop stored under it would be taken from Magento")
                        .help("write the name that this module gave it before"),
                );
            } else if let Some(first) = claimed.get(former.as_str()) {
                findings.push(
                    finding(format!("`{former}` is listed twice"))
                        .related(span(first), "first here")
                        .reason("what the shop stored under a former name can only go to one place")
                        .help("remove one of them"),
                );
            }
            claimed.entry(former).or_insert(route);
        }
    }
    findings
}

/// Module of Magento that has the name in any release.
fn owner<'a>(context: &'a Context<'_>, what: &str, name: &'a str) -> Option<&'a str> {
    let catalog = context.catalog;
    match what {
        "setting" => {
            // All paths take long to read, and few specs have a former one in a section of Magento.
            let section = name.split('/').next()?;
            let path = (!catalog.config().sections.find(section).is_empty())
                .then(|| catalog.config_paths().find(name))?;
            path.first().map(|path| path.module.as_str())
        }
        "resource" => {
            let module = name.split("::").next()?;
            (!catalog.ever(name).is_empty()).then_some(module)
        }
        "job" => catalog.cron().jobs.find(name).first().map(|job| job.module.as_str()),
        _ => None,
    }
}

impl Renamed {
    fn new<T: ToString>(what: &'static str, present: String, former: &[T], entry: Pointer) -> Self {
        let former = former.iter().map(ToString::to_string).collect();
        Self { what, present, former, route: entry.key("renamed_from") }
    }
}
