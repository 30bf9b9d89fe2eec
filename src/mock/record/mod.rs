//! Fixtures from the answers of a real shop, without personal data and secrets: `--record URL`.
//!
//! What a field may keep is decided by its name. Of people, a text stays only if its field is known to hold none of them;
//! of the catalog, a text goes if its field is known to. What looks like an address, a number or a secret goes everywhere.

mod fields;
mod fixture;
mod messages;
mod numbers;
mod privacy;
mod texts;

pub use self::{
    fixture::{RecordedAnswer, cleaned_error, recorded},
    privacy::Cleaner,
};
