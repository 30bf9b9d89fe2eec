//! Calls, counted as they come in.

use std::collections::BTreeMap;

use crate::mock::{ShopRefusal, SignedTexts};

/// Different refusals that are kept; the rest are only counted.
const MOST_REFUSALS: usize = 1000;

/// Characters that are kept of a request that has no route.
const LONGEST_TARGET: usize = 200;

/// Counts of calls. Its size depends on the number of routes, not of requests.
#[derive(Debug, Default)]
pub(in crate::mock) struct ContractLedger {
    /// Calls that passed all checks, by integration and `GET /V1/orders/:id`.
    pub(super) made: BTreeMap<(Option<usize>, String), u64>,
    /// Calls that a check refused.
    pub(super) refused: RefusalTally,
    /// Calls that passed all checks and that the service answered with an error.
    pub(super) failed: RefusalTally,
    /// Answers that the mock generated, by call and reason.
    pub(super) unknown: BTreeMap<(String, String), u64>,
}

/// Counts of calls that ended with an error.
#[derive(Debug, Default)]
pub(super) struct RefusalTally {
    /// Different ones, with their numbers.
    pub(super) kept: BTreeMap<RefusalKey, u64>,
    /// Number of those beyond [`MOST_REFUSALS`].
    pub(super) others: u64,
}

/// Refusals that count as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RefusalKey {
    pub(super) caller: Option<usize>,
    pub(super) call: String,
    pub(super) status: u16,
    pub(super) message: String,
    /// First line of the reason, without the numbers, which differ with each nonce and each second.
    cause: String,
    /// Reason of the first of them.
    pub(super) why: Option<String>,
    /// Texts of its signature.
    pub(super) signed: SignedTexts,
}

impl ContractLedger {
    /// Counts a call that passed.
    pub(in crate::mock) fn pass(&mut self, caller: Option<usize>, call: String) {
        *self.made.entry((caller, call)).or_default() += 1;
    }

    /// Counts a call that a check refused.
    pub(in crate::mock) fn refuse(&mut self, caller: Option<usize>, call: &str, refusal: &ShopRefusal) {
        self.refused.count(caller, call, refusal);
    }

    /// Counts a call that the service answered with an error.
    pub(in crate::mock) fn fail(&mut self, caller: Option<usize>, call: &str, refusal: &ShopRefusal) {
        self.failed.count(caller, call, refusal);
    }

    /// Counts an answer that the mock generated.
    pub(in crate::mock) fn note(&mut self, call: &str, note: &str) {
        *self.unknown.entry((call.to_owned(), note.to_owned())).or_default() += 1;
    }
}

impl RefusalTally {
    fn count(&mut self, caller: Option<usize>, call: &str, refusal: &ShopRefusal) {
        let key = RefusalKey {
            caller,
            call: call.chars().filter(|c| !c.is_control()).take(LONGEST_TARGET).collect(),
            status: refusal.status,
            message: refusal.message().to_owned(),
            cause: cause(refusal.why.as_deref().unwrap_or_default()),
            why: None,
            signed: SignedTexts::default(),
        };
        let has_room = self.kept.len() < MOST_REFUSALS;
        let known = self.kept.range_mut(key.clone()..).next().filter(|(known, _)| {
            (known.caller, known.status, &known.call, &known.message, &known.cause)
                == (key.caller, key.status, &key.call, &key.message, &key.cause)
        });
        match known {
            Some((_, count)) => *count += 1,
            None if has_room => {
                let signed = refusal.signed.as_deref().cloned().unwrap_or_default();
                self.kept.insert(RefusalKey { why: refusal.why.clone(), signed, ..key }, 1);
            }
            None => self.others += 1,
        }
    }
}

fn cause(why: &str) -> String {
    why.lines().next().unwrap_or_default().chars().filter(|c| !c.is_ascii_digit()).collect()
}
