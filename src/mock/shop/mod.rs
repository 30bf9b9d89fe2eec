//! The shop: what the specs and the release give, and the rows that change while it runs.

mod consumers;
mod made;
mod nonces;
mod router;
mod routes;
mod settings;
mod state;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use self::router::RouteIndex;
pub use self::{
    consumers::{ConsumerStatus, MockConsumer, TokenKind, TokenRow},
    routes::{ServedMethod, ServedParameter, ServedRoute},
    settings::{MockMode, MockSettings, StoreView},
};
pub(super) use self::{made::Made, state::ShopState};
use super::data::{ShopData, StandIn};
use crate::{
    catalog::{ReleaseSet, RouteTable},
    mock::{
        HttpAnswer, HttpRequest, RoutedCall,
        fixtures::Fixture,
        types::{ClassShape, shapes_of},
    },
    model::Module,
    names::{Call, Mode},
};

/// A shop that answers requests.
pub struct MockShop {
    /// Release, mode and stores.
    pub settings: MockSettings,
    /// Routes of the release and of the specs.
    pub routes: Vec<ServedRoute>,
    /// Routes by path.
    pub(super) router: RouteIndex,
    /// Data that its services answer with.
    pub data: ShopData,
    /// Shop that answers calls in place of this one.
    pub(super) upstream: Option<Arc<UpstreamShop>>,
    state: Mutex<ShopState>,
}

/// Answer of another shop to a call that passed the checks, of an integration of this name, or one of the mock in its place.
pub type UpstreamShop =
    dyn Fn(&HttpRequest, &RoutedCall<'_>, Option<&str>) -> Result<HttpAnswer, HttpAnswer> + Send + Sync;

impl fmt::Debug for MockShop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockShop").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl MockShop {
    /// Opens a shop with routes, data objects of modules, and integrations.
    #[must_use]
    pub fn new(
        settings: MockSettings,
        mut routes: Vec<ServedRoute>,
        shapes: Vec<ClassShape>,
        consumers: Vec<MockConsumer>,
        tokens: Vec<TokenRow>,
    ) -> Self {
        routes.retain(|it| {
            settings.needs_two_factors || it.is_own || !ServedRoute::is_of_second_factor(&it.path)
        });
        let router = RouteIndex::new(&routes);
        let state = Mutex::new(ShopState { consumers, tokens, ..ShopState::default() });
        let data = ShopData::new(&settings, shapes);
        Self { settings, routes, router, data, upstream: None, state }
    }

    /// Opens a shop with modules installed: their routes, and their integrations, active.
    #[must_use]
    pub fn of_modules(settings: MockSettings, modules: &[Module]) -> Self {
        let mut routes = ServedRoute::of_release(settings.catalog, settings.release);
        routes.extend(modules.iter().flat_map(ServedRoute::of_module));
        let integrations = modules.iter().flat_map(|module| &module.integrations).enumerate();
        let (consumers, tokens) =
            integrations.map(|(place, it)| MockConsumer::of(it, place, settings.seed)).unzip();
        let shapes = modules.iter().flat_map(shapes_of).collect();
        Self::new(settings, routes, shapes, consumers, tokens)
    }

    /// Lets a function answer calls in place of the services.
    #[must_use]
    pub fn with_stand_in(mut self, stand_in: Arc<StandIn>) -> Self {
        self.data.stand_in(stand_in);
        self
    }

    /// Lets another shop answer the calls that pass the checks, but for logins.
    pub fn pass_on(&mut self, upstream: Arc<UpstreamShop>) {
        self.upstream = Some(upstream);
    }

    /// Route that takes the call of a fixture.
    #[must_use]
    pub fn route_of(&self, fixture: &Fixture) -> Option<&ServedRoute> {
        let (method, mode, path) = fixture.parts();
        let found = self.router.find(&self.routes, method, mode, path.trim_matches('/')).ok()?;
        (mode == Mode::Direct || found.route.method != "GET").then_some(found.route)
    }

    /// Calls of the release that a request without a route may mean: `GET /rest/V1/order/1`.
    #[must_use]
    pub fn similar_calls(&self, request: &str) -> Vec<String> {
        let releases = ReleaseSet::from_iter([self.settings.release]);
        let similar =
            |call: Call| self.settings.catalog.suggest_calls(&RouteTable::default(), &call, releases);
        request.parse().map(similar).unwrap_or_default()
    }

    /// Integrations and tokens as they are now.
    #[must_use]
    pub fn rows(&self) -> (Vec<MockConsumer>, Vec<TokenRow>) {
        let state = self.state();
        (state.consumers.clone(), state.tokens.clone())
    }

    /// Rows that change. Never locked while another part of the shop is asked.
    pub(super) fn state(&self) -> MutexGuard<'_, ShopState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
