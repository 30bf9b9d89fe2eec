//! The report on a run.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    history::SpelledRoutes,
    ledger::{RefusalKey, RefusalTally},
};
use crate::{
    mock::{
        Caller, MockShop, SignedTexts,
        fixtures::{FixtureUse, Fixtures},
    },
    oauth::KnownSecrets,
};

/// Calls of a run, compared with the specs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ContractReport {
    /// True if a check of the shop refused a call: the contract is broken.
    pub broken: bool,
    /// Integrations in the order of the specs.
    pub integrations: Vec<IntegrationContract>,
    /// Calls without an integration: of guests, Admin users and customers.
    pub others: Vec<CallCount>,
    /// Calls that a check of the shop refused.
    pub refused: Vec<RefusedCall>,
    /// Number of further refused calls, which are only counted.
    pub more_refused: u64,
    /// Calls that passed all checks and that the service answered with an error, which does not break the contract.
    pub failed: Vec<FailedCall>,
    /// Number of further calls with an error, which are only counted.
    pub more_failed: u64,
    /// Answers that the mock generated.
    pub unknown: Vec<UnknownAnswer>,
    /// Fixtures of `--fixtures`, in the order of their files.
    pub fixtures: Vec<FixtureUse>,
}

/// Calls of an integration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IntegrationContract {
    /// Name of the integration.
    pub name: String,
    /// Calls that were made and are listed in the spec.
    pub made: Vec<CallCount>,
    /// Calls that were made and permitted, and are not listed.
    pub unlisted: Vec<CallCount>,
    /// Listed calls that were never made.
    pub never_made: Vec<String>,
}

/// A call and its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CallCount {
    /// The call as a spec lists it: `GET /V1/orders/:id`.
    pub call: String,
    /// Number of times.
    pub count: u64,
}

/// A refused call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RefusedCall {
    /// Name of the integration; null if the caller is not known.
    pub integration: Option<String>,
    /// The call as a spec lists it, or the request if it has no route.
    pub call: String,
    /// Status of the answer.
    pub status: u16,
    /// Message of the answer, with its placeholders.
    pub message: String,
    /// Reason, as far as the mock knows it; otherwise null.
    pub why: Option<String>,
    /// Texts of a signature that does not match.
    #[serde(flatten)]
    pub signed: SignedTexts,
    /// ACL resources that the caller lacks.
    pub missing: Vec<String>,
    /// Releases in which the route is there or needs another permission; null if they all agree.
    pub moved: Option<String>,
    /// Number of times.
    pub count: u64,
}

/// A call that was answered with an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FailedCall {
    /// Name of the integration; null for others.
    pub integration: Option<String>,
    /// The call as a spec lists it.
    pub call: String,
    /// Status of the answer.
    pub status: u16,
    /// Message of the answer, with its placeholders.
    pub message: String,
    /// Reason, if the message does not say it all; otherwise null.
    pub why: Option<String>,
    /// Number of times.
    pub count: u64,
}

/// Answer that the mock generated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnknownAnswer {
    /// The call as a spec lists it.
    pub call: String,
    /// Text of the header `X-Magespec-Mock`.
    pub note: String,
    /// Number of times.
    pub count: u64,
}

impl MockShop {
    /// Compares the calls so far with the specs.
    #[must_use]
    pub fn contract(&self) -> ContractReport {
        let (consumers, _) = self.rows();
        let secrets = KnownSecrets::new(self.secret_values());
        let hide = |text: &str| secrets.hide(text);
        let name = |place: Option<usize>| Some(consumers.get(place?)?.name.clone());
        let (refused, more_refused, failed, unknown) = {
            let ledger = &self.state().ledger;
            let pairs = |tally: &RefusalTally| {
                let pairs = tally.kept.iter().map(|(key, count)| (key.clone(), *count));
                pairs.collect::<Vec<(RefusalKey, u64)>>()
            };
            let unknown = ledger.unknown.iter().map(|((call, note), &count)| UnknownAnswer {
                call: call.clone(),
                note: note.clone(),
                count,
            });
            (
                pairs(&ledger.refused),
                ledger.refused.others,
                (pairs(&ledger.failed), ledger.failed.others),
                unknown.collect(),
            )
        };
        let routes = SpelledRoutes::new(self);
        let refused: Vec<RefusedCall> = refused
            .into_iter()
            .map(|(key, count)| {
                let (missing, moved) = self.lacking(&routes, &key);
                RefusedCall {
                    integration: name(key.caller),
                    call: hide(&key.call),
                    status: key.status,
                    message: hide(&key.message),
                    why: key.why.as_deref().map(hide),
                    signed: key.signed.without(&secrets),
                    missing,
                    moved,
                    count,
                }
            })
            .collect();
        let (failed, more_failed) = failed;
        let failed = failed.into_iter().map(|(key, count)| FailedCall {
            integration: name(key.caller),
            call: hide(&key.call),
            status: key.status,
            message: hide(&key.message),
            why: key.why.as_deref().map(hide),
            count,
        });
        let (integrations, others) = self.made();
        ContractReport {
            broken: !refused.is_empty(),
            integrations,
            others,
            refused,
            more_refused,
            failed: failed.collect(),
            more_failed,
            unknown,
            fixtures: self.data.fixtures.as_ref().map(Fixtures::uses).unwrap_or_default(),
        }
    }

    /// Calls that passed, by integration, and those of others.
    fn made(&self) -> (Vec<IntegrationContract>, Vec<CallCount>) {
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
        let integrations = integrations.collect();
        (integrations, made.remove(&None).unwrap_or_default())
    }

    /// Resources that the caller of a refused call lacks, and the releases in which that differs.
    fn lacking(&self, routes: &SpelledRoutes<'_>, key: &RefusalKey) -> (Vec<String>, Option<String>) {
        match routes.get(&key.call) {
            Some(route) if key.message == crate::mock::texts::not_authorized(self.settings.version) => {
                let caller = key.caller.map_or(Caller::Guest, Caller::Integration);
                let missing = self.missing(caller, route);
                let moved = key.caller.and_then(|_| routes.moved_permission(route, &key.call));
                (missing.into_iter().map(str::to_owned).collect(), moved)
            }
            None if key.status == 404 || key.call.contains("/async/") => {
                (Vec::new(), routes.moved_route(&key.call))
            }
            _ => (Vec::new(), None),
        }
    }
}
