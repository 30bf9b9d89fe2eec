//! Whole modules: what a spec with everything makes.

mod any;
mod tiers;
mod values;

use crate::support::made::{WIDE, code, made, text, tiers};

/// Text as HTML, as in the comments of settings.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
