//! Progress bars for long runs.

use std::sync::OnceLock;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Minimum number of specs for a progress bar.
const MANY: usize = 50;

/// Callback that draws a bar on standard error, if that is a terminal and there are many specs. It takes the number of
/// finished specs and of all.
pub(in crate::cli) fn progress(verb: &'static str) -> impl Fn(usize, usize) + Sync {
    let bar = OnceLock::new();
    move |done, count| {
        if count < MANY {
            return;
        }
        let bar: &ProgressBar = bar.get_or_init(|| new_bar(verb, count));
        bar.set_position(done as u64);
        if done == count {
            bar.finish_and_clear();
        }
    }
}

fn new_bar(verb: &'static str, count: usize) -> ProgressBar {
    let bar =
        ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::stderr()).with_message(verb);
    match ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
