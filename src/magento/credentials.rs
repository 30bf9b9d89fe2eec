//! What a reset took away and can be given back (docs/magento/setup-upgrade.md#heal).

use super::{Answer, Exchange, ShopRow, Spare};
use crate::plan::IntegrationStatus;

/// An integration that Magento made anew, and what it may have had before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reset<'a> {
    /// Its row.
    pub row: &'a ShopRow,
    /// The consumers with a live access token that may have been its own, the newest first.
    pub candidates: Vec<&'a Spare>,
    /// The consumers without one that may have been its own: then it had nothing that could be given back, and the
    /// candidates are of others.
    pub without_token: Vec<&'a Spare>,
}

impl Reset<'_> {
    /// What is to be exchanged for it to have the consumer again; none if the reset left it none of its own.
    #[must_use]
    pub fn exchange(&self, earlier: u64) -> Option<Exchange> {
        let spare = self.row.consumer.as_ref()?.id;
        Some(Exchange { integration: self.row.id, spare, earlier })
    }

    /// The consumer that was its own, if that is sure: a reset deletes no consumer, so that the one it had is among those
    /// that fit, and this is the only one that does (docs/magento/setup-upgrade.md#reset-leaves).
    #[must_use]
    pub fn own(&self) -> Option<&Spare> {
        match (&self.candidates[..], &self.without_token[..]) {
            ([only], []) => Some(only),
            _ => None,
        }
    }
}

/// The integrations that stand at "Reset", each with the consumers that are older than its row and were made for an
/// older row that is gone.
#[must_use]
pub fn resets(shop: &Answer) -> Vec<Reset<'_>> {
    let is_gone = |id: u64| shop.integrations.iter().all(|row| row.id != id);
    let rows = shop.integrations.iter().filter(|row| row.status == IntegrationStatus::Reset);
    rows.map(|row| {
        let was_before = |date: &String| *date <= row.created_at;
        let fits = |spare: &&Spare| {
            spare.made_for().is_some_and(|id| id < row.id && is_gone(id))
                && was_before(&spare.created_at)
                && spare.token_created_at.as_ref().is_none_or(was_before)
        };
        let fitting = shop.spare.iter().rev().filter(fits);
        let (candidates, without_token) = fitting.partition(|spare| spare.token_created_at.is_some());
        Reset { row, candidates, without_token }
    })
    .collect()
}

/// Those whose consumer is sure, and fits no other of them.
#[must_use]
pub fn certain(resets: &[Reset<'_>]) -> Vec<Exchange> {
    let of = |reset: &Reset<'_>| {
        let own = reset.own()?;
        let fits = |other: &&Reset<'_>| other.candidates.contains(&own);
        if resets.iter().filter(fits).count() == 1 { reset.exchange(own.id) } else { None }
    };
    resets.iter().filter_map(of).collect()
}

/// What one `setup:upgrade` took away: the integrations that were in use before it and were made anew by it.
#[must_use]
pub fn taken(before: &Answer, after: &Answer) -> Vec<Exchange> {
    let of = |reset: Reset<'_>| {
        let was = before.integrations.iter().find(|row| row.name == reset.row.name)?;
        let consumer = was.consumer.as_ref().filter(|consumer| consumer.has_token)?;
        let is_new = was.status == IntegrationStatus::Active && was.id != reset.row.id;
        let is_spare = after.spare.iter().any(|spare| spare.id == consumer.id);
        reset.exchange(consumer.id).filter(|_| is_new && is_spare)
    };
    resets(after).into_iter().filter_map(of).collect()
}
