//! Formats that people write by hand, read to values with places, one file per format. Whatever the bytes are, nothing
//! panics, grows without end or leads out of the file.

pub mod decode;
pub mod php;
mod text;
pub mod xml;

pub use text::SpannedText;
