//! A trial as text.

use std::fmt::Write as _;

use super::Judged;
use crate::{
    diag::plural,
    mock::{http::Unanswered, webhook::Verdict},
    oauth::without_url_secrets,
};

/// Renders a trial.
pub(super) fn rendered(judged: &Judged<'_>) -> String {
    let mut text = String::new();
    let Judged { module, trial, event, made_secret, steps } = judged;
    let url = without_url_secrets(&trial.url.to_string());
    let _ = writeln!(text, "{} of {} {} to {url}", trial.webhook.topic, module.name, event.id);
    if let Some(secret) = made_secret {
        let _ = writeln!(text, "secret {secret}");
    }
    if let Some(first) = steps.first() {
        let _ = writeln!(text, "{}", first.message.body);
    }
    text.push('\n');
    let width = steps.iter().map(|step| step.kind.text().len()).max().unwrap_or_default();
    for step in steps {
        let status = match &step.answer {
            Ok(answer) => answer.status.to_string(),
            Err(Unanswered::TooLate) => "late".to_owned(),
            Err(_) => "none".to_owned(),
        };
        let (mark, verdict) = match &step.verdict {
            Verdict::Right(text) => (' ', *text),
            Verdict::Wrong(text) => ('!', text.as_str()),
            Verdict::Open => ('?', "refused, but genuine messages are refused, too"),
        };
        let _ = writeln!(
            text,
            "{mark} {status:>4} {:>6} ms  {:width$}  {verdict}",
            step.took.as_millis(),
            step.kind.text()
        );
    }
    let wrong = steps.iter().filter(|step| step.verdict.is_wrong()).count();
    let open = steps.iter().filter(|step| step.verdict == Verdict::Open).count();
    text.push('\n');
    let _ = match (wrong, open) {
        (0, 0) => writeln!(text, "the receiver answers as it should"),
        (wrong, 0) => writeln!(text, "{}", plural(wrong, "wrong answer")),
        (wrong, open) => writeln!(text, "{}, {open} not proven", plural(wrong, "wrong answer")),
    };
    text
}
