//! Diagnostics: fault, position, level, and what to write instead.

mod circles;
mod diagnostic;
mod failure;
mod help;
mod level;
mod nearest;
mod printable;
pub mod render;
mod rule;
mod slashes;
mod source;
mod text;

pub use circles::circles;
pub use diagnostic::{Diagnostic, Fix, Related, Report};
pub use failure::{Failure, FilePlace, io_reason};
pub use help::{Help, Suggestion};
pub use level::Level;
pub use nearest::{Suggestions, did_you_mean, likeness, nearest, nearest_above};
pub use printable::{
    WORKFLOW_COMMANDS, is_hidden, printable, printable_json, printable_line, without_commands,
    without_commands_in_html,
};
pub use rule::{Family, Rule, UnknownRuleId};
pub use slashes::with_slashes;
pub use source::{Position, Source};
pub use text::{concealed, enumerated, plural, styled};
