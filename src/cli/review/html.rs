//! Review as a self-contained HTML page.

use std::sync::LazyLock;

use minijinja::{Environment, Value, context};

use super::{
    Review,
    access::{AccessChange, undeclared},
};
use crate::{
    cli::{
        access::{Subject, quoted},
        changes::ModuleChanges,
    },
    diag::{printable_line, render::short},
    diff::render::HtmlParts,
    markup::html::{Page, render as filled, templates},
    plan::render::{HtmlPlan, summary},
    resolve::OpenRoute,
};

const TEMPLATES: &[(&str, &str)] = &[
    ("header", include_str!("header.j2")),
    ("contents", include_str!("contents.j2")),
    ("sections", concat!(include_str!("access.j2"), include_str!("sections.j2"))),
];

pub(super) fn render(review: &Review<'_>) -> String {
    static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| templates(TEMPLATES));
    let plan = HtmlPlan::new(&review.plans, 3);
    let diff = HtmlParts::new(&review.comparisons, review.layout, 3);
    let plans: Vec<_> = review.plans.iter().collect();
    let plan_in_words = summary(&plans);
    let access: Vec<Value> = review.access().enumerate().map(|(at, it)| integration(&it, at + 1)).collect();
    let values = context! {
        subject => review.subject(),
        is_several => review.plans.len() > 1,
        earlier => printable_line(&review.earlier),
        plan_in_words => plan_in_words.trim_start_matches("Plan: ").trim_end_matches('.'),
        notices_in_words => review.notices_in_words(),
        notices => review.changes.iter().map(notices).collect::<Vec<_>>(),
        access_in_words => review.access_in_words(),
        changes_in_words => diff.summary,
        failed => review
            .failed
            .iter()
            .map(|(spec, why)| context! { spec => printable_line(spec.as_str()), why => printable_line(why) })
            .collect::<Vec<_>>(),
        findings => short(&review.findings).lines().map(str::to_owned).collect::<Vec<_>>(),
        access,
        undeclared => undeclared(&review.plans).map(|name| printable_line(name).into_owned()).collect::<Vec<_>>(),
        has_changes => !diff.toc.trim().is_empty(),
        plan_toc => plan.toc,
        plan => plan.plans,
        diff_toc => diff.toc,
        diff => diff.changes,
        views => diff.views,
    };
    let part = |name: &str| filled(&ENVIRONMENT, name, values.clone());
    Page {
        title: format!("Review of {}: {plan_in_words}", review.subject()),
        styles: &[HtmlParts::STYLE, HtmlPlan::STYLE, include_str!("review.css")],
        header: part("header"),
        aside: part("contents"),
        main: part("sections"),
    }
    .render()
}

fn notices(changes: &ModuleChanges<'_>) -> Value {
    let lists = changes.parts().into_iter().filter(|(_, notices)| !notices.is_empty());
    let lists = lists.map(|(title, notices)| {
        let all = notices.into_iter().map(|notice| {
            let subject = printable_line(&notice.subject);
            context! { kind => notice.kind, subject, message => printable_line(&notice.message) }
        });
        context! { title, all => all.collect::<Vec<_>>() }
    });
    context! { module => changes.module.as_str(), lists => lists.collect::<Vec<_>>() }
}

fn integration(change: &AccessChange<'_>, number: usize) -> Value {
    let subject = change.subject;
    let gains = change.gains().into_iter().map(|it| {
        let items = it.items.iter();
        let items = items.map(|(name, when)| context! { name => printable_line(name), when });
        context! { title => it.title, sign => if it.is_gain { "plus" } else { "minus" }, all => items.collect::<Vec<_>>() }
    });
    let permissions = subject.permissions().map(|it| {
        context! {
            name => it.id,
            when => it.when,
            note => printable_line(&it.path),
            why => it.reason.in_words(),
        }
    });
    let (asked, others) = subject.routes();
    let routes = |all: Vec<&OpenRoute<'_>>| all.into_iter().map(|it| route(subject, it)).collect::<Vec<_>>();
    let unpublished = subject.unpublished().map(|(call, releases)| {
        context! { name => call, when => subject.when(releases), note => "", why => "needs a permission that is not public" }
    });
    let refused = subject.refused().into_iter().map(|id| {
        context! { name => id, when => "", note => "", why => format!("requested, but {} grants it", subject.none()) }
    });
    let others_title = if subject.lists_calls() { "Other open routes" } else { "Open routes" };
    let lists = [
        ("Permissions", permissions.collect::<Vec<_>>()),
        ("Requested routes", routes(asked)),
        (others_title, routes(others)),
        ("Requested, but not certain", unpublished.collect()),
        ("Requested in vain", refused.collect()),
    ];
    context! {
        number,
        name => printable_line(subject.integration.name.as_str()),
        module => subject.module.as_str(),
        email => printable_line(subject.integration.email.as_str()),
        summary => subject.summary(),
        change => change.in_words(),
        gains => gains.collect::<Vec<_>>(),
        lists => lists
            .into_iter()
            .filter(|(_, all)| !all.is_empty())
            .map(|(title, all)| context! { title, count => all.len(), all })
            .collect::<Vec<_>>(),
    }
}

fn route(subject: &Subject<'_>, opened: &OpenRoute<'_>) -> Value {
    let needs = quoted(opened.route.ids(opened.releases).into_iter());
    context! {
        name => subject.name(opened),
        when => subject.when(opened.releases),
        note => subject.why(opened).map_or("", |why| why.as_str()),
        why => format!("needs {needs}"),
    }
}
