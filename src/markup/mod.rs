//! Text as Markdown and as HTML, with foreign text escaped.

pub(crate) mod html;
pub(crate) mod markdown;
