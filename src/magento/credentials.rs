//! Credentials that a reset detached and that can be restored (docs/magento/setup-upgrade.md#heal).

use super::{Answer, Exchange, ShopRow, Spare};
use crate::plan::IntegrationStatus;

/// Reset integration with its possible earlier consumers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reset<'a> {
    /// Its row.
    pub row: &'a ShopRow,
    /// Possible earlier consumers with a valid access token, newest first.
    pub candidates: Vec<&'a Spare>,
    /// Possible earlier consumers without one: if one of them is its own, there is nothing to restore, and the candidates
    /// belong to other integrations.
    pub without_token: Vec<&'a Spare>,
}

impl Reset<'_> {
    /// Exchange that reattaches the consumer; none if the integration has no consumer now.
    #[must_use]
    pub fn exchange(&self, earlier: u64) -> Option<Exchange> {
        let spare = self.row.consumer.as_ref()?.id;
        Some(Exchange { integration: self.row.id, spare, earlier })
    }

    /// Its earlier consumer, if that is certain: a reset deletes no consumer, so a single candidate must be the right one
    /// (docs/magento/setup-upgrade.md#reset-leaves).
    #[must_use]
    pub fn own(&self) -> Option<&Spare> {
        match (&self.candidates[..], &self.without_token[..]) {
            ([only], []) => Some(only),
            _ => None,
        }
    }
}

/// Finds the integrations with the status "Reset", each with the consumers that are older than its row and were created
/// for an older, deleted row.
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

/// Lists the exchanges that are certain: the consumer fits no other integration.
#[must_use]
pub fn certain(resets: &[Reset<'_>]) -> Vec<Exchange> {
    let of = |reset: &Reset<'_>| {
        let own = reset.own()?;
        let fits = |other: &&Reset<'_>| other.candidates.contains(&own);
        if resets.iter().filter(fits).count() == 1 { reset.exchange(own.id) } else { None }
    };
    resets.iter().filter_map(of).collect()
}

/// Lists the exchanges that undo one `setup:upgrade`: for integrations that were in use before and reset by it.
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
