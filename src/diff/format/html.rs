//! One self-contained page.

use super::{Comparison, Layout};

pub(super) fn render(_comparisons: &[Comparison], _layout: Layout) -> String {
    String::new()
}
