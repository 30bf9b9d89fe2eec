//! Self-contained HTML page for a review, without scripts or network access.

use std::{fmt::Write as _, sync::LazyLock};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use minijinja::{
    AutoEscape, Environment, HtmlEscape, UndefinedBehavior, Value, context, syntax::SyntaxConfig,
};
use sha2::{Digest as _, Sha256};

use super::{
    Layout,
    text::{Summary, pairs, words},
};
use crate::{
    diag::{printable, printable_line},
    diff::{
        Change, Comparison, Cut, Hunk, Line, LineKind, Status, count,
        hunk::{TOO_LARGE, last_number},
    },
};

const PAGE: &str = "page.html";
const STYLE: &str = include_str!("html.css");

/// Renders a self-contained page.
#[must_use]
pub fn html(comparisons: &[Comparison], layout: Layout) -> String {
    static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);
    let mut summary = Summary::default();
    let mut modules = Vec::new();
    for comparison in comparisons {
        let files: Vec<Value> =
            comparison.changes.files.iter().filter_map(|change| file(change, &mut summary, layout)).collect();
        if !files.is_empty() {
            let (name, place) =
                (printable_line(&comparison.module), printable_line(comparison.place().as_str()));
            modules.push(context! { name, place, files });
        }
    }
    let (added, removed) = summary.lines();
    let counts = summary.counts().into_iter().filter(|&(_, count)| count > 0);
    let page = context! {
        style => STYLE,
        style_hash => BASE64_STANDARD.encode(Sha256::digest(STYLE)),
        subject => subject(comparisons),
        place => match comparisons {
            [comparison] => printable_line(comparison.place().as_str()),
            _ => "".into(),
        },
        summary => summary.to_string(),
        differing => summary.differing(),
        counts => counts
            .map(|(status, count)| context! { status => status.as_str(), words => words(status), count })
            .collect::<Vec<_>>(),
        conflicts => comparisons.iter().flat_map(|comparison| comparison.changes.conflicts()).count(),
        locks => comparisons
            .iter()
            .filter_map(Comparison::lone_lock)
            .map(|lock| printable_line(lock.as_str()).into_owned())
            .collect::<Vec<_>>(),
        unchanged => summary.unchanged(),
        added,
        removed,
        settled => comparisons.len() - modules.len(),
        modules,
    };
    // Tests find a template that does not parse or uses a missing value.
    ENVIRONMENT.get_template(PAGE).and_then(|template| template.render(page)).unwrap_or_default()
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    if let Ok(syntax) =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()
    {
        environment.set_syntax(syntax);
    }
    let _ = environment.add_template(PAGE, include_str!("html.j2"));
    environment
}

/// Subject of the page.
fn subject(comparisons: &[Comparison]) -> String {
    match comparisons {
        [comparison] => printable_line(&comparison.module).into_owned(),
        _ => format!("{} modules", comparisons.len()),
    }
}

/// File that is not up to date, with its number among all of them.
fn file(change: &Change, summary: &mut Summary, layout: Layout) -> Option<Value> {
    if change.status == Status::Unchanged {
        summary.add(change.status, (0, 0));
        return None;
    }
    let hunks = change.hunks(Cut { context: layout.context, marks_words: true });
    let (added, removed) = count(&hunks);
    summary.add(change.status, (added, removed));
    let path = change.path.as_str();
    let (folder, name) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
    Some(context! {
        number => summary.differing(),
        folder => printable_line(folder),
        name => printable_line(name),
        status => change.status.as_str(),
        words => words(change.status),
        conflict => change.conflict().map(|conflict| printable_line(&conflict).into_owned()),
        too_large => change.is_too_large().then_some(TOO_LARGE),
        added,
        removed,
        digits => last_number(&hunks).to_string().len().clamp(2, 7),
        hunks => hunks.iter().map(self::hunk).collect::<Vec<_>>(),
    })
}

/// Lines of a hunk, unified and side by side.
fn hunk(hunk: &Hunk<'_>) -> Value {
    let lines: Vec<(LineKind, Value)> = hunk.lines.iter().map(|it| (it.kind, line(it))).collect();
    let rows = pairs(&lines, |&(kind, _)| kind).into_iter();
    let rows = rows.map(|(old, new)| {
        context! { old => old.map(|(_, line)| line.clone()), new => new.map(|(_, line)| line.clone()) }
    });
    let rows: Vec<Value> = rows.collect();
    context! {
        header => hunk.header(),
        rows,
        lines => lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>(),
    }
}

fn line(line: &Line<'_>) -> Value {
    let number = |at: Option<usize>| at.map_or_else(String::new, |at| (at + 1).to_string());
    context! {
        kind => line.kind.as_str(),
        old => number(line.old),
        new => number(line.new),
        text => Value::from_safe_string(text(line)),
        is_terminated => line.is_terminated(),
    }
}

/// Text of a line with marked words, as safe HTML.
fn text(line: &Line<'_>) -> String {
    let tag = match line.kind {
        LineKind::Removed => "del",
        LineKind::Added | LineKind::Context => "ins",
    };
    let mut text = String::new();
    for (is_marked, piece) in line.text() {
        let piece = printable(&piece);
        let piece = HtmlEscape(&piece);
        let _ = match is_marked {
            true => write!(text, "<{tag}>{piece}</{tag}>"),
            false => write!(text, "{piece}"),
        };
    }
    text
}
