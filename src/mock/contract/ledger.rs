//! Calls, counted as they come in.

use std::collections::BTreeMap;

use crate::mock::ShopRefusal;

/// Different refusals that are kept; further ones are counted only.
const MOST_REFUSALS: usize = 1000;

/// Characters that are kept of a request that has no route.
const LONGEST_TARGET: usize = 200;

/// Counts of calls. Its size depends on the number of routes, not of requests.
#[derive(Debug, Default)]
pub(in crate::mock) struct ContractLedger {
    /// Calls that passed all checks, by integration and `GET /V1/orders/:id`.
    pub(super) made: BTreeMap<(Option<usize>, String), u64>,
    /// Refused calls.
    pub(super) refused: BTreeMap<RefusalKey, u64>,
    /// Refusals beyond those that are kept.
    pub(super) others: u64,
}

/// Refusals that count as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RefusalKey {
    pub(super) caller: Option<usize>,
    pub(super) call: String,
    pub(super) status: u16,
    pub(super) message: String,
    /// Reason of the first of them.
    pub(super) why: Option<String>,
}

impl ContractLedger {
    /// Counts a call that passed.
    pub(in crate::mock) fn pass(&mut self, caller: Option<usize>, call: String) {
        *self.made.entry((caller, call)).or_default() += 1;
    }

    /// Counts a refused call.
    pub(in crate::mock) fn refuse(&mut self, caller: Option<usize>, call: &str, refusal: &ShopRefusal) {
        let key = RefusalKey {
            caller,
            call: call.chars().filter(|c| !c.is_control()).take(LONGEST_TARGET).collect(),
            status: refusal.status,
            message: refusal.message().to_owned(),
            why: None,
        };
        // The reason differs with each nonce: the first one is kept.
        let has_room = self.refused.len() < MOST_REFUSALS;
        let known = self.refused.range_mut(key.clone()..).next().filter(|(known, _)| {
            (known.caller, known.status, &known.call, &known.message)
                == (key.caller, key.status, &key.call, &key.message)
        });
        match known {
            Some((_, count)) => *count += 1,
            None if has_room => {
                self.refused.insert(RefusalKey { why: refusal.why.clone(), ..key }, 1);
            }
            None => self.others += 1,
        }
    }
}
