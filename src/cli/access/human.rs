//! Access as a tree: each permission below its parent, with its reason and the routes that need it.

use anstyle::Style;

use crate::{
    cli::{
        access::subject::{PermissionReason, Subject},
        output::guides,
    },
    diag::styled,
    resolve::OpenRoute,
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

pub(super) fn render(subjects: &[Subject<'_>]) -> String {
    subjects.iter().map(subject).collect::<Vec<_>>().join("\n")
}

fn subject(subject: &Subject<'_>) -> String {
    let heading = format!("{} of {} in {}", subject.integration.name, subject.module, subject.releases());
    let mut text = format!("{}\n{}\n", styled(BOLD, heading), subject.summary());
    let lines = lines(subject);
    let depths: Vec<usize> = lines.iter().map(|&(depth, _)| depth).collect();
    for (guide, (_, line)) in guides(&depths).into_iter().zip(lines) {
        text += &format!("{}{line}\n", styled(DIM, guide));
    }
    for opened in subject.reach.routes.iter().filter(|opened| needs_nothing(opened)) {
        text += &format!("{}, needs no permission\n", route(subject, opened));
    }
    for (call, releases) in subject.unpublished() {
        text += &format!("{call}{}, needs a permission that is not public\n", subject.when(releases));
    }
    for id in subject.refused() {
        text += &format!("{id} is requested, but {} grants it\n", subject.none());
    }
    text
}

/// Lists each permission with the routes that need it and its depth in the tree.
fn lines(subject: &Subject<'_>) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut above: Vec<usize> = Vec::new();
    for resource in subject.resolved.acl.tree() {
        above.retain(|&depth| depth < resource.depth);
        let Some(&releases) = subject.reach.granted.get(resource.id) else { continue };
        let notes = format!("{}{}", reason(&subject.reason(resource.id)), subject.when(releases));
        let line = format!("{}  {}, {notes}", resource.id, styled(BOLD, resource.title));
        lines.push((above.len(), line));
        above.push(resource.depth);
        let needing = |it: &&OpenRoute<'_>| it.route.ids(it.releases).contains(resource.id);
        let routes = subject.reach.routes.iter().filter(needing);
        lines.extend(routes.map(|opened| (above.len(), route(subject, opened))));
    }
    lines
}

fn reason(reason: &PermissionReason<'_>) -> String {
    match reason {
        PermissionReason::Listed(entry) if entry.contains(['*', '?']) => format!("listed by {entry}"),
        PermissionReason::Listed(_) => "listed".to_owned(),
        PermissionReason::Needed(calls) => format!("for {}", calls.join(", ")),
        PermissionReason::Above(id) => format!("ancestor of {id}, added by Magento"),
    }
}

fn route(subject: &Subject<'_>, opened: &OpenRoute<'_>) -> String {
    let name = subject.name(opened);
    let when = subject.when(opened.releases);
    match (opened.asked_for, subject.why(opened)) {
        (None, _) if !subject.lists_calls() => format!("{name}{when}"),
        (None, _) => styled(DIM, format!("{name}{when} (not in calls)")),
        (Some(_), Some(why)) => format!("{name}{when}: {why}"),
        (Some(_), None) => format!("{name}{when}"),
    }
}

fn needs_nothing(opened: &OpenRoute<'_>) -> bool {
    opened.route.ids(opened.releases).is_empty()
}
