//! Access as Markdown, to attach to a review.

use crate::{
    cli::access::subject::{Subject, quoted},
    markup::markdown::escape,
    resolve::OpenRoute,
};

pub(super) fn render(subjects: &[Subject<'_>]) -> String {
    subjects.iter().map(subject).collect::<Vec<_>>().join("\n")
}

fn subject(subject: &Subject<'_>) -> String {
    let text = format!(
        "# Access of {}\n\nModule `{}`, contact {}, Magento `{}` ({}).\n\n",
        escape(subject.integration.name.as_str()),
        subject.module,
        escape(subject.integration.email.as_str()),
        subject.resolved.target.constraint,
        subject.releases(),
    );
    format!("{text}{}.\n{}", subject.summary(), details(subject, 2))
}

/// Permissions and routes as tables, below headings of the level.
pub(in crate::cli) fn details(subject: &Subject<'_>, level: usize) -> String {
    let (asked, others) = subject.routes();
    let mut text =
        section(level, "Permissions", ["Permission", "In the role editor", "Why"], permissions(subject));
    let needs = |opened: &OpenRoute<'_>| quoted(opened.route.ids(opened.releases).into_iter());
    let asked = asked.into_iter().map(|it| {
        let why = subject.why(it).map(|why| escape(why.as_str())).unwrap_or_default();
        [route(subject, it), needs(it), why]
    });
    text += &section(level, "Requested routes", ["Route", "Needs", "Why"], asked);
    let others = others.into_iter().map(|it| [route(subject, it), needs(it)]);
    let heading = if subject.lists_calls() { "Other open routes" } else { "Open routes" };
    text += &section(level, heading, ["Route", "Needs"], others);
    let unpublished = subject.unpublished();
    let unpublished = unpublished.map(|(call, releases)| [format!("`{call}`{}", subject.when(releases))]);
    text += &section(level, "Requested, with a permission that is not public", ["Route"], unpublished);
    let refused = subject.refused().into_iter().map(|id| [quoted([id].into_iter())]);
    text + &section(level, &format!("Requested, but {} grants it", subject.none()), ["Permission"], refused)
}

fn permissions(subject: &Subject<'_>) -> impl Iterator<Item = [String; 3]> {
    subject
        .permissions()
        .map(|it| [format!("`{}`{}", it.id, it.when), escape(&it.path), it.reason.in_words()])
}

fn route(subject: &Subject<'_>, opened: &OpenRoute<'_>) -> String {
    format!("`{}`{}", subject.name(opened), subject.when(opened.releases))
}

/// Heading and table; empty without rows.
fn section<const N: usize>(
    level: usize,
    heading: &str,
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let rows: String = rows.map(|row| format!("| {} |\n", row.join(" | "))).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("\n{} {heading}\n\n| {} |\n|{}\n{rows}", "#".repeat(level), columns.join(" | "), "---|".repeat(N))
}
