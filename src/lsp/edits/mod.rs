//! Edits of a spec that keep its layout, and what the spec is worth after them.

mod soundness;
mod spec_change;
mod spec_text;

pub(super) use soundness::{added, grants, is_worse, reach};
pub(super) use spec_change::{SpanEdit, SpecChange};
pub(super) use spec_text::SpecText;
