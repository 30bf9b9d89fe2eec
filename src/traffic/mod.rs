//! Access logs of web servers: the REST calls that were made, how often, and the responses.
//!
//! ```text
//! bytes ─unpack→ text ─Blocks→ whole lines ─scan→ those that may be calls ─line→ Request ─Filter, Router→ Tally
//! ─observed→ calls
//! ```
//!
//! Memory does not grow with the log: a block holds the longest line, and a tally one count for each route of the
//! catalog and [`MOST_KINDS`] counts of other requests.

mod blocks;
mod compare;
mod filter;
mod kinds;
mod line;
mod observed;
mod router;
mod scan;
mod tally;
mod time;
mod unknown;
mod unpack;

pub use blocks::LONGEST_LINE;
pub use compare::{Allowed, NotPermitted, PermissionGaps};
pub use filter::{Filter, Uncounted};
pub use kinds::{Kinds, MOST_KINDS};
pub use line::{Key, Keys};
pub use observed::Observed;
pub use tally::{Callers, ResponseCounts, Tally};
pub use time::{InvalidTime, Time};

/// Reads method, target and status from a line of an access log; none if its format is unknown.
#[must_use]
pub fn logged_request(line: &[u8]) -> Option<(String, String, Option<u16>)> {
    let request = line::parse(line, &Keys::default().wanted())?;
    Some((request.method.into_owned(), request.target.into_owned(), request.status))
}
