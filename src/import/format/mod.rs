//! Bytes to values with places, one file per format. Whatever the bytes are, nothing panics, grows without end or leads out of
//! the file.

pub mod decode;
pub mod json;
pub mod php;
pub mod xml;
