//! Former and retired names of integrations, and credentials that are kept.

use crate::{
    check::{Context, Resolved},
    diag::{Diagnostic, Help, Rule},
    names::collated,
    spec::{KeepCredentials, Pointer, pointer},
};

/// Name in `renamed_from` or `[retired]`.
struct NameBefore<'a> {
    name: &'a str,
    place: Pointer,
    /// Integration that had it; none if it is retired.
    heir: Option<usize>,
}

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let spec = context.spec;
    let mut all: Vec<NameBefore<'_>> = Vec::new();
    for (at, integration) in spec.integration.iter().enumerate() {
        let names = integration.renamed_from.as_slice();
        let place = |number: usize| {
            let route = pointer!["integration", at, "renamed_from"];
            if context.spans.value(&route.key(0)).is_some() { route.key(number) } else { route }
        };
        all.extend(names.iter().enumerate().map(|(number, name)| NameBefore {
            name: name.as_str(),
            place: place(number),
            heir: Some(at),
        }));
    }
    let retired = spec.retired.integrations.iter().enumerate();
    all.extend(retired.map(|(at, name)| NameBefore {
        name: name.as_str(),
        place: pointer!["retired", "integrations", at],
        heir: None,
    }));
    let mut findings = Vec::new();
    for (at, before) in all.iter().enumerate() {
        let earlier = all[..at].iter().find(|it| it.name == before.name);
        findings.extend(match (declared(context, before), earlier) {
            (Some(finding), _) => Some(finding),
            (None, Some(earlier)) => Some(twice(context, before, earlier)),
            (None, None) => before.heir.map(|heir| removable(context, before, heir)),
        });
    }
    findings
}

/// Reports a name that the spec still declares.
fn declared(context: &Context<'_>, before: &NameBefore<'_>) -> Option<Diagnostic> {
    let NameBefore { name, heir, .. } = before;
    let declares = |(at, other): &(usize, &str)| {
        // A change of case is a rename, too.
        other == name || (*heir != Some(*at) && collated(other) == collated(name))
    };
    let names = context.spec.integration.iter().map(|it| it.name.as_str()).enumerate();
    let (at, other) = names.into_iter().find(declares)?;
    let span = context.spans.value(&before.place);
    let own = context.spans.value(&pointer!["integration", at, "name"]);
    Some(match heir {
        Some(heir) if *heir == at => {
            Diagnostic::new(Rule::FormerName, format!("`{name}` is the name that the integration has"))
                .reason("`renamed_from` lists the names that it had before")
                .help(Help::new("remove it from `renamed_from`").removal())
                .at(span)
                .related(own, "its name")
        }
        Some(_) => Diagnostic::new(
            Rule::FormerName,
            format!("`{name}` is a former name of one integration and the name of another"),
        )
        .reason("setup:upgrade never renames a row that a module declares")
        .help(Help::new("remove it from `renamed_from`, or rename the other integration").removal())
        .at(span)
        .related(own, "the other one"),
        None => Diagnostic::new(Rule::RetiredName, format!("`{name}` is retired and still declared"))
            .reason(format!(
                "setup:upgrade never deletes a row that a module declares, and `{other}` is declared here"
            ))
            .help("remove the name from [retired], or the [[integration]]")
            .at(span)
            .related(own, "declared here"),
    })
}

/// Reports a name that is listed twice.
fn twice(context: &Context<'_>, before: &NameBefore<'_>, earlier: &NameBefore<'_>) -> Diagnostic {
    let (rule, message) = match (before.heir, earlier.heir) {
        (None, None) => (Rule::RetiredName, format!("`{}` is retired twice", before.name)),
        (None, Some(_)) => (Rule::RetiredName, format!("`{}` is retired and a former name", before.name)),
        (heir, other) if heir == other => {
            (Rule::FormerName, format!("`{}` is listed twice in `renamed_from`", before.name))
        }
        _ => (Rule::FormerName, format!("`{}` is a former name of two integrations", before.name)),
    };
    Diagnostic::new(rule, message)
        .at(context.spans.value(&before.place))
        .related(context.spans.value(&earlier.place), "first here")
        .reason("setup:upgrade does one thing with the row of that name: it is renamed once, or deleted")
        .help("list each name once")
}

/// Notes when a former name can go.
fn removable(context: &Context<'_>, before: &NameBefore<'_>, heir: usize) -> Diagnostic {
    let NameBefore { name, .. } = before;
    let is = &context.spec.integration[heir].name;
    Diagnostic::new(
        Rule::FormerNameLeft,
        format!("`{name}` can go as soon as no shop has an integration of that name"),
    )
    .at(context.spans.value(&before.place))
    .reason(format!("setup:upgrade renames it to `{is}` once in each shop; after that, the name has no effect"))
    .help("keep it until every shop is upgraded: `magespec status --magento ROOT` says whether one still has it")
}

/// Notes credentials that need no care: the legacy pair never resets (docs/magento/files-and-schemas.md#legacy-in-place).
pub(super) fn check_in(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let all = context.spec.integration.iter().enumerate().filter(|_| resolved.is_legacy);
    let kept = all.filter(|(_, integration)| integration.keep_credentials != KeepCredentials::Always(false));
    let findings = kept.map(|(at, integration)| {
        let message = format!("`keep_credentials` of `{}` has no effect", integration.name);
        Diagnostic::new(Rule::KeepWithoutEffect, message)
            .at(context.spans.value(&pointer!["integration", at, "keep_credentials"]))
            .reason(
                "etc/integration/config.xml and api.xml declare it: Magento updates such integrations in place and never \
                 resets them",
            )
            .help(Help::new("remove it; if the module moves to etc/integration.xml, set it then").removal())
    });
    findings.collect()
}
