//! Requests of the exchange, as they came in.

use super::ExchangeStep;
use crate::mock::ShopRefusal;

/// Attempts that are remembered until credentials are posted again; later ones are not.
const MOST_ATTEMPTS: usize = 100;

/// Request for a token, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExchangeAttempt {
    /// Token that was asked for.
    pub step: ExchangeStep,
    /// Method of the request.
    pub method: String,
    /// Index of the integration, if the request names one.
    pub integration: Option<usize>,
    /// Reason why it was refused; none if it got its token.
    pub refusal: Option<ShopRefusal>,
}

/// Attempts since credentials were posted.
#[derive(Debug, Default)]
pub(in crate::mock) struct Attempts(Vec<ExchangeAttempt>);

impl Attempts {
    /// Notes an attempt.
    pub(super) fn note(&mut self, attempt: ExchangeAttempt) {
        if self.0.len() < MOST_ATTEMPTS {
            self.0.push(attempt);
        }
    }

    /// Forgets them all.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Attempts from one on.
    pub(super) fn since(&self, first: usize) -> &[ExchangeAttempt] {
        self.0.get(first..).unwrap_or_default()
    }
}
