//! Self-contained HTML page for a review, without scripts or network access.

use std::{fmt::Write as _, sync::LazyLock};

use minijinja::{Environment, HtmlEscape, Value, context};

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
    markup::html::{Page, render, templates},
};

const STYLE: &str = include_str!("diff.css");

macro_rules! template {
    ($file:literal) => {
        ($file, concat!(include_str!("macros.j2"), include_str!(concat!($file, ".j2"))))
    };
}

const TEMPLATES: &[(&str, &str)] =
    &[template!("header"), template!("views"), template!("toc"), template!("changes")];

/// Renders a self-contained page.
#[must_use]
pub fn html(comparisons: &[Comparison], layout: Layout) -> String {
    let parts = HtmlParts::new(comparisons, layout, 2);
    let contents = "<nav aria-labelledby=\"files\">\n<h2 id=\"files\">Files</h2>\n";
    let aside = match parts.toc.is_empty() {
        true => String::new(),
        false => format!("{}{contents}{}</nav>\n", parts.views, parts.toc),
    };
    let title = format!("Changes to {}: {}", subject(comparisons), parts.summary);
    Page { title, styles: &[HtmlParts::STYLE], header: parts.header, aside, main: parts.changes }.render()
}

/// Parts of a page that shows changes.
pub(crate) struct HtmlParts {
    /// Summary, as text.
    pub(crate) summary: String,
    /// Heading and counts.
    header: String,
    /// Switch between the views.
    pub(crate) views: String,
    /// Links to the files; empty if there are none.
    pub(crate) toc: String,
    /// Files with their lines.
    pub(crate) changes: String,
}

impl HtmlParts {
    /// Style sheet of the parts.
    pub(crate) const STYLE: &str = STYLE;

    /// Renders the parts. `level` is that of the headings of modules.
    pub(crate) fn new(comparisons: &[Comparison], layout: Layout, level: usize) -> Self {
        static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| templates(TEMPLATES));
        let mut summary = Summary::default();
        let mut files = NumberedFiles { layout, count: 0, summary: &mut summary };
        let modules: Vec<Value> = comparisons.iter().filter_map(|it| files.of(it)).collect();
        let (added, removed) = summary.lines();
        let counts = summary.counts().into_iter().filter(|&(_, count)| count > 0);
        let earlier = comparisons.first().and_then(|it| it.earlier.as_deref());
        let values = context! {
            level,
            subject => subject(comparisons),
            place => match comparisons {
                [comparison] => printable_line(comparison.place().as_str()),
                _ => "".into(),
            },
            earlier,
            before => if earlier.is_some() { "Before" } else { "On disk" },
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
        let part = |name: &str| render(&ENVIRONMENT, name, values.clone());
        Self {
            summary: summary.to_string(),
            header: part("header"),
            views: part("views"),
            toc: part("toc"),
            changes: part("changes"),
        }
    }
}

/// Subject of the page.
fn subject(comparisons: &[Comparison]) -> String {
    match comparisons {
        [comparison] => printable_line(&comparison.module).into_owned(),
        _ => format!("{} modules", comparisons.len()),
    }
}

/// Files of a page, numbered over all modules.
struct NumberedFiles<'a> {
    layout: Layout,
    count: usize,
    summary: &'a mut Summary,
}

impl NumberedFiles<'_> {
    /// Module with its files that are not up to date, if there are any.
    fn of(&mut self, comparison: &Comparison) -> Option<Value> {
        let unchanged = comparison.changes.count(Status::Unchanged);
        (0..unchanged).for_each(|_| self.summary.add(Status::Unchanged, (0, 0)));
        let lock = comparison.changes.lock_change();
        let files: Vec<Value> =
            comparison.reading_order(&lock).into_iter().map(|change| self.file(change)).collect();
        let (name, place) = (printable_line(&comparison.module), printable_line(comparison.place().as_str()));
        (!files.is_empty()).then(|| context! { name, place, files })
    }

    fn file(&mut self, change: &Change) -> Value {
        let hunks = change.hunks(Cut { context: self.layout.context, marks_words: true });
        let (added, removed) = count(&hunks);
        self.count += 1;
        self.summary.add(change.status, (added, removed));
        let path = change.path.as_str();
        let (folder, name) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
        context! {
            number => self.count,
            folder => printable_line(folder),
            name => printable_line(name),
            status => change.status.as_str(),
            words => words(change.status),
            is_folded => change.is_folded(self.layout),
            conflict => change.conflict().map(|conflict| printable_line(&conflict).into_owned()),
            too_large => change.is_too_large().then_some(TOO_LARGE),
            added,
            removed,
            digits => last_number(&hunks).to_string().len().clamp(2, 7),
            hunks => hunks.iter().map(self::hunk).collect::<Vec<_>>(),
        }
    }
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
