//! Fixtures from the answers of a real shop, without personal data and secrets: `--record URL`.

mod fixture;
mod privacy;
mod texts;

pub use self::{
    fixture::{RecordedAnswer, recorded},
    privacy::cleaned,
};
