//! The shop: what the specs and the release give, and what changes while it runs.

use std::sync::{Mutex, PoisonError};

use super::{HttpAnswer, HttpRequest, MockConsumer, MockSettings, ServedRoute, ShopRefusal, TokenRow};

/// A shop that answers requests.
#[derive(Debug)]
pub struct MockShop {
    /// Release, mode and stores.
    pub settings: MockSettings,
    /// Routes of the release and of the specs.
    pub routes: Vec<ServedRoute>,
    /// Integrations and tokens.
    pub(super) state: Mutex<ShopState>,
}

/// Rows that requests read and change.
#[derive(Debug, Default)]
pub(super) struct ShopState {
    /// Integrations; a consumer's id is its index and 1.
    pub(super) consumers: Vec<MockConsumer>,
    /// Tokens.
    pub(super) tokens: Vec<TokenRow>,
}

impl MockShop {
    /// Opens a shop.
    #[must_use]
    pub fn new(
        settings: MockSettings,
        routes: Vec<ServedRoute>,
        consumers: Vec<MockConsumer>,
        tokens: Vec<TokenRow>,
    ) -> Self {
        Self { settings, routes, state: Mutex::new(ShopState { consumers, tokens }) }
    }

    /// Integrations and tokens as they are now.
    #[must_use]
    pub fn rows(&self) -> (Vec<MockConsumer>, Vec<TokenRow>) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        (state.consumers.clone(), state.tokens.clone())
    }

    /// Answers a request at a time, in seconds since 1970.
    #[must_use]
    pub fn answer(&self, request: &HttpRequest, now: u64) -> HttpAnswer {
        let _ = (request, now, &self.state, ShopRefusal::fatal());
        HttpAnswer::new(404, "text/html; charset=UTF-8", "")
    }
}
