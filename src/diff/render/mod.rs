//! Changes as text, one file per format.

mod html;
mod human;
mod json;
mod name_status;
mod patch;
mod side_by_side;
mod stat;
mod text;

pub use human::hunks;

use super::Comparison;

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A unified diff that `git apply` and `patch -p1` take.
    Patch,
    /// The same for people, with the changed words marked.
    Human,
    /// Two columns, what is on disk and what is made.
    SideBySide,
    /// A line for each file with the number of lines changed, as git has it.
    Stat,
    /// A letter and the path of each file.
    NameStatus,
    /// One JSON document.
    Json,
    /// One self-contained page.
    Html,
}

/// What a format may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How many lines stand around those that differ.
    pub context: usize,
    /// How many columns a line may have.
    pub width: usize,
}

/// All comparisons in one format. Colour is always in those for people; the stream takes it out where it does not
/// belong.
#[must_use]
pub fn render(format: Format, comparisons: &[Comparison], layout: Layout) -> Vec<u8> {
    match format {
        Format::Patch => patch::render(comparisons, layout),
        Format::Human => human::render(comparisons, layout).into_bytes(),
        Format::SideBySide => side_by_side::render(comparisons, layout).into_bytes(),
        Format::Stat => stat::render(comparisons, layout).into_bytes(),
        Format::NameStatus => name_status::render(comparisons).into_bytes(),
        Format::Json => json::render(comparisons, layout).into_bytes(),
        Format::Html => html::render(comparisons, layout).into_bytes(),
    }
}

impl Format {
    /// Whether the format is for people, with colours in it.
    #[must_use]
    pub const fn is_coloured(self) -> bool {
        matches!(self, Self::Human | Self::SideBySide | Self::Stat)
    }
}
