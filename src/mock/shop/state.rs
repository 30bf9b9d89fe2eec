//! Rows that change while the shop runs.

use super::{MockConsumer, TokenRow, nonces::Nonces};
use crate::mock::{contract::ContractLedger, handshake::Attempts, shop::Made, users::Sessions};

/// Rows that requests read and change.
#[derive(Debug, Default)]
pub(in crate::mock) struct ShopState {
    /// Integrations.
    pub(in crate::mock) consumers: Vec<MockConsumer>,
    /// Their tokens.
    pub(in crate::mock) tokens: Vec<TokenRow>,
    /// Used nonces.
    pub(in crate::mock) nonces: Nonces,
    /// Tokens of Admin users and customers.
    pub(in crate::mock) sessions: Sessions,
    /// Calls, counted.
    pub(in crate::mock) ledger: ContractLedger,
    /// Requests of the handshake.
    pub(in crate::mock) attempts: Attempts,
    /// Number of tokens and verifiers made in handshakes.
    pub(in crate::mock) made: u64,
    /// Number of requests so far.
    pub(in crate::mock) requests: u64,
}

impl ShopState {
    /// Makes 32 characters that the integration did not have before.
    pub(in crate::mock) fn made(&mut self, seed: u64, place: usize, what: &str) -> String {
        self.made += 1;
        let name = self.consumers.get(place).map_or("", |consumer| consumer.name.as_str());
        Made::new(seed, &[name, what, &self.made.to_string()]).token()
    }

    /// Index of the integration with a consumer key. The collation of the column ignores case.
    pub(in crate::mock) fn consumer(&self, key: &str) -> Option<usize> {
        self.consumers.iter().position(|it| it.key.eq_ignore_ascii_case(key)).filter(|_| !key.is_empty())
    }

    /// Row of a token. The collation of the column ignores case.
    pub(in crate::mock) fn token(&self, token: &str) -> Option<&TokenRow> {
        self.tokens.iter().find(|row| row.token.eq_ignore_ascii_case(token))
    }

    /// Name of the credential that a value is.
    pub(in crate::mock) fn credential(&self, value: &str) -> Option<&'static str> {
        let consumers = || self.consumers.iter();
        let tokens = || self.tokens.iter();
        let is = |found: bool, name: &'static str| found.then_some(name);
        is(consumers().any(|it| it.secret == value), "consumer secret")
            .or_else(|| is(tokens().any(|it| it.secret == value), "access token secret"))
            .or_else(|| is(consumers().any(|it| it.key == value), "consumer key"))
            .or_else(|| is(tokens().any(|it| it.token == value), "access token"))
    }
}
