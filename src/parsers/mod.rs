//! Parsers of hand-written formats to values with places, one file per format. No input makes them panic, grow without
//! bound or read another file.

pub mod decode;
pub mod php;
mod text;
pub mod xml;

pub use text::SpannedText;
