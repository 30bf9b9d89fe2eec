//! How far a long run is.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// As many specs take long enough to be counted.
const MANY: usize = 50;

/// A bar on standard error, where that is a terminal and there is much to do.
pub(in crate::cli) fn progress(verb: &'static str) -> impl Fn(usize) -> ProgressBar {
    move |count| {
        let target = if count < MANY { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(count as u64), target).with_message(verb);
        match ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}
