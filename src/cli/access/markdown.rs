//! Access as Markdown, to attach to a review.

use crate::{
    cli::access::subject::{PermissionReason, Subject},
    emit::markdown::escape,
    resolve::OpenRoute,
};

pub(super) fn render(subjects: &[Subject<'_>]) -> String {
    subjects.iter().map(subject).collect::<Vec<_>>().join("\n")
}

fn subject(subject: &Subject<'_>) -> String {
    let (asked, others) = subject.routes();
    let mut text = format!(
        "# Access of {}\n\nModule `{}`, contact {}, Magento `{}` ({}).\n\n",
        escape(subject.integration.name.as_str()),
        subject.module,
        escape(subject.integration.email.as_str()),
        subject.resolved.target.constraint,
        subject.releases(),
    );
    text += &format!("{}.\n", subject.summary());
    text += &section("Permissions", ["Permission", "In the role editor", "Why"], permissions(subject));
    let needs = |opened: &OpenRoute<'_>| code(opened.route.ids(opened.releases).into_iter());
    let asked = asked.into_iter().map(|it| {
        let why = subject.why(it).map(|why| escape(why.as_str())).unwrap_or_default();
        [route(subject, it), needs(it), why]
    });
    text += &section("Requested routes", ["Route", "Needs", "Why"], asked);
    let others = others.into_iter().map(|it| [route(subject, it), needs(it)]);
    let heading = if subject.lists_calls() { "Other open routes" } else { "Open routes" };
    text += &section(heading, ["Route", "Needs"], others);
    let unpublished = subject.unpublished();
    let unpublished = unpublished.map(|(call, releases)| [format!("`{call}`{}", subject.when(releases))]);
    text += &section("Requested, with a permission that is not public", ["Route"], unpublished);
    let refused = subject.refused().into_iter().map(|id| [code([id].into_iter())]);
    text + &section(&format!("Requested, but {} grants it", subject.none()), ["Permission"], refused)
}

fn permissions<'a>(subject: &'a Subject<'_>) -> impl Iterator<Item = [String; 3]> + 'a {
    let tree = subject.resolved.acl.tree().into_iter();
    tree.filter_map(|resource| {
        let releases = *subject.reach.granted.get(resource.id)?;
        let path: Vec<String> =
            subject.resolved.acl.title_path(resource.id).into_iter().map(escape).collect();
        let path = if path.is_empty() { escape(resource.title) } else { path.join(" › ") };
        let id = format!("`{}`{}", resource.id, subject.when(releases));
        let reason = match subject.reason(resource.id) {
            PermissionReason::Listed(entry) => format!("listed: `{entry}`"),
            PermissionReason::Needed(calls) => format!("for {}", code(calls.into_iter())),
            PermissionReason::Above(id) => format!("ancestor of `{id}`, added by Magento"),
        };
        Some([id, path, reason])
    })
}

fn route(subject: &Subject<'_>, opened: &OpenRoute<'_>) -> String {
    format!("`{}`{}", subject.name(opened), subject.when(opened.releases))
}

fn code<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.map(|text| format!("`{text}`")).collect();
    if texts.is_empty() { "nothing".to_owned() } else { texts.join(", ") }
}

/// Heading and table; empty without rows.
fn section<const N: usize>(
    heading: &str,
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let rows: String = rows.map(|row| format!("| {} |\n", row.join(" | "))).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("\n## {heading}\n\n| {} |\n|{}\n{rows}", columns.join(" | "), "---|".repeat(N))
}
