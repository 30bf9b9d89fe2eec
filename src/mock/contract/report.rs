//! The report on a run.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use crate::mock::MockShop;

/// Calls of a run, compared with the specs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractReport {
    /// Integrations in the order of the specs.
    pub integrations: Vec<IntegrationContract>,
    /// Calls without an integration: of guests, Admin users and customers.
    pub others: Vec<CallCount>,
    /// Calls that a check of the shop refused.
    pub refused: Vec<RefusedCall>,
    /// Refused calls beyond those in `refused`.
    pub more_refused: u64,
}

/// Calls of an integration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IntegrationContract {
    /// Its name.
    pub name: String,
    /// Calls that were made and are listed.
    pub made: Vec<CallCount>,
    /// Calls that were made, permitted, and are not listed.
    pub unlisted: Vec<CallCount>,
    /// Listed calls that were never made.
    pub never_made: Vec<String>,
}

/// A call and its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallCount {
    /// `GET /V1/orders/:id`.
    pub call: String,
    /// Number of times.
    pub count: u64,
}

/// A refused call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedCall {
    /// Integration, if it is known.
    pub integration: Option<String>,
    /// `GET /V1/orders/:id`, or the request if it has no route.
    pub call: String,
    /// Status of the answer.
    pub status: u16,
    /// Message of the answer.
    pub message: String,
    /// Reason, as far as the mock knows it.
    pub why: Option<String>,
    /// Number of times.
    pub count: u64,
}

impl MockShop {
    /// Compares the calls so far with the specs.
    #[must_use]
    pub fn contract(&self) -> ContractReport {
        let state = self.state();
        let mut made: BTreeMap<Option<usize>, Vec<CallCount>> = BTreeMap::new();
        for ((caller, call), &count) in &state.ledger.made {
            made.entry(*caller).or_default().push(CallCount { call: call.clone(), count });
        }
        let integrations = state.consumers.iter().enumerate().map(|(place, consumer)| {
            let calls = made.remove(&Some(place)).unwrap_or_default();
            let never = consumer.calls.iter().filter(|listed| calls.iter().all(|made| made.call != **listed));
            let never_made = never.cloned().collect();
            let (made, unlisted) = calls.into_iter().partition(|made| consumer.calls.contains(&made.call));
            IntegrationContract { name: consumer.name.clone(), made, unlisted, never_made }
        });
        let integrations: Vec<_> = integrations.collect();
        let name = |place: Option<usize>| {
            place.and_then(|place| state.consumers.get(place)).map(|it| it.name.clone())
        };
        let refused = state.ledger.refused.iter().map(|(key, &count)| RefusedCall {
            integration: name(key.caller),
            call: key.call.clone(),
            status: key.status,
            message: key.message.clone(),
            why: key.why.clone(),
            count,
        });
        ContractReport {
            integrations,
            others: made.remove(&None).unwrap_or_default(),
            refused: refused.collect(),
            more_refused: state.ledger.others,
        }
    }
}

impl ContractReport {
    /// Returns true if a call was refused, or made without being listed.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        !self.refused.is_empty()
            || self.integrations.iter().any(|integration| !integration.unlisted.is_empty())
    }
}

impl fmt::Display for ContractReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for integration in &self.integrations {
            writeln!(f, "{}", integration.name)?;
            for CallCount { call, count } in &integration.made {
                writeln!(f, "  {count:>6} × {call}")?;
            }
            for CallCount { call, count } in &integration.unlisted {
                writeln!(f, "  {count:>6} × {call}  not listed; add to `calls`: \"{call}\",")?;
            }
            for call in &integration.never_made {
                writeln!(f, "   never   {call}")?;
            }
        }
        if !self.others.is_empty() {
            writeln!(f, "Calls without an integration")?;
        }
        for CallCount { call, count } in &self.others {
            writeln!(f, "  {count:>6} × {call}")?;
        }
        if !self.refused.is_empty() {
            writeln!(f, "Refused")?;
        }
        for refused in &self.refused {
            let RefusedCall { call, status, message, count, .. } = refused;
            let by = refused.integration.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
            writeln!(f, "  {count:>6} × {call}{by}: {status} {message}")?;
            if let Some(why) = &refused.why {
                writeln!(f, "           {why}")?;
            }
        }
        if self.more_refused > 0 {
            writeln!(f, "  {:>6} further refused calls", self.more_refused)?;
        }
        Ok(())
    }
}
