//! What a reset took away and can be given back (FACTS §4, §12).

use super::{Answer, Exchange, Row, Spare, Status};

/// An integration that Magento made anew, and what it may have had before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reset<'a> {
    /// Its row.
    pub row: &'a Row,
    /// The consumers that may have been its own, the newest first.
    pub candidates: Vec<&'a Spare>,
}

impl Reset<'_> {
    /// What is to be exchanged for it to have the consumer again; none if the reset left it none of its own.
    #[must_use]
    pub fn exchange(&self, earlier: u64) -> Option<Exchange> {
        let spare = self.row.consumer.as_ref()?.id;
        Some(Exchange { integration: self.row.id, spare, earlier })
    }
}

/// The integrations that stand at "Reset", each with the consumers that are older than its row and were made for an
/// older row.
#[must_use]
pub fn resets(shop: &Answer) -> Vec<Reset<'_>> {
    let rows = shop.integrations.iter().filter(|row| row.status == Status::Reset);
    rows.map(|row| {
        let fits = |spare: &&Spare| {
            spare.made_for().is_some_and(|id| id < row.id) && spare.created_at <= row.created_at
        };
        Reset { row, candidates: shop.spare.iter().rev().filter(fits).collect() }
    })
    .collect()
}

/// Those for which exactly one consumer fits, which fits no other of them.
#[must_use]
pub fn certain(resets: &[Reset<'_>]) -> Vec<Exchange> {
    let of = |reset: &Reset<'_>| match reset.candidates[..] {
        [only] if resets.iter().filter(|other| other.candidates.contains(&only)).count() == 1 => {
            reset.exchange(only.id)
        }
        _ => None,
    };
    resets.iter().filter_map(of).collect()
}

/// What one `setup:upgrade` took away: the integrations that were in use before it and were made anew by it.
#[must_use]
pub fn taken(before: &Answer, after: &Answer) -> Vec<Exchange> {
    let of = |reset: Reset<'_>| {
        let was = before.integrations.iter().find(|row| row.name == reset.row.name)?;
        let consumer = was.consumer.as_ref().filter(|consumer| consumer.has_token)?;
        let is_new = was.status == Status::Active && was.id != reset.row.id;
        let is_spare = after.spare.iter().any(|spare| spare.id == consumer.id);
        reset.exchange(consumer.id).filter(|_| is_new && is_spare)
    };
    resets(after).into_iter().filter_map(of).collect()
}
