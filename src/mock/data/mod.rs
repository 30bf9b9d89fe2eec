//! Answers of services: made from the types of the release, remembered after writes.

mod bulk;
mod class;
mod key;
mod made;
mod memory;
mod output;
mod queue;
mod rows;
mod sales;
mod search;
mod services;
mod weight;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use serde_json::Value;

pub use self::made::EventData;
use self::{
    key::RowKey,
    made::{World, moment},
    memory::Memory,
};
use super::{
    Caller, HttpRequest, MockSettings, RoutedCall, ServedMethod, ShopRefusal,
    fixtures::Fixtures,
    input::{Arguments, InputRules, arguments},
    types::{ClassShape, TypeBook},
};
use crate::{
    catalog::Catalog,
    model::Webhook,
    names::{EventName, Mode},
};

/// Answer of a service that stands in for a method; none if it leaves the call to the mock.
pub type StandIn = dyn Fn(&ServedMethod, &Arguments) -> Option<Result<Value, ShopRefusal>> + Send + Sync;

/// Rows made of a class, by key.
type MadeRows = Arc<Vec<(RowKey, Arc<Value>)>>;

/// Data of a shop.
pub struct ShopData {
    catalog: &'static Catalog,
    book: TypeBook,
    rules: InputRules,
    world: World,
    made: RwLock<HashMap<String, MadeRows>>,
    memory: Mutex<Memory>,
    /// Held while a call may write, so that nothing comes between what it checks and what it writes.
    writing: Mutex<()>,
    stand_in: Option<Arc<StandIn>>,
    pub(in crate::mock) fixtures: Option<Fixtures>,
}

/// Value that a route answers with.
#[derive(Debug, Clone, PartialEq)]
pub struct ServedValue {
    /// HTTP status: 200, or 202 for calls that are queued.
    pub status: u16,
    /// Value, by the type of the route.
    pub value: Value,
    /// Note on an answer that was generated, for a header of its own and the report.
    pub note: Option<String>,
    /// Headers of a fixture.
    pub headers: Vec<(String, String)>,
}

impl ServedValue {
    /// Creates the answer of a service.
    #[must_use]
    pub const fn new(value: Value) -> Self {
        Self { status: 200, value, note: None, headers: Vec::new() }
    }
}

impl std::fmt::Debug for ShopData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShopData").field("world", &self.world).finish_non_exhaustive()
    }
}

impl ShopData {
    /// Opens the data of a shop with the data objects of modules.
    #[must_use]
    pub fn new(settings: &MockSettings, own: impl IntoIterator<Item = ClassShape>) -> Self {
        Self {
            catalog: settings.catalog,
            book: TypeBook::new(settings.catalog, settings.release, own),
            rules: InputRules::new(settings.version),
            world: World::new(settings),
            made: RwLock::default(),
            memory: Mutex::default(),
            writing: Mutex::default(),
            stand_in: None,
            fixtures: None,
        }
    }

    /// Lets a function answer calls in place of the services.
    pub fn stand_in(&mut self, stand_in: Arc<StandIn>) {
        self.stand_in = Some(stand_in);
    }

    /// Answers from fixtures where one fits.
    pub fn fix(&mut self, fixtures: Fixtures) {
        self.fixtures = Some(fixtures);
    }

    /// Turns limits of sizes on.
    pub fn limit(&mut self, limits: super::input::InputLimits) {
        self.rules.limits = Some(limits);
    }

    /// Turns limits of sizes off.
    pub fn unlimit(&mut self) {
        self.rules.limits = None;
    }

    /// Leaves only the rows that are written.
    pub fn clear(&mut self) {
        self.world.is_empty = true;
    }

    /// Writes a row of a data interface, under its key.
    pub fn remember(&self, class: &str, row: Value) {
        let key = self.key_field(class).and_then(|field| row.get(&field).and_then(RowKey::of));
        if let Some(key) = key {
            self.put(class, &key, row);
        }
    }

    /// Answers a call that passed the gate, at a time in seconds since 1970.
    ///
    /// # Errors
    ///
    /// Fails as the service does.
    pub fn answer(&self, call: &RoutedCall<'_>, now: u64) -> Result<ServedValue, ShopRefusal> {
        let is_read = call.route.method == "GET" && self.is_queue_idle(now);
        let _whole = (!is_read).then(|| self.writing.lock().unwrap_or_else(PoisonError::into_inner));
        self.run_queue(now);
        let Some(method) = &call.route.service else {
            let note = format!("the types of {} {} are not known", call.route.method, call.route.path);
            return Ok(ServedValue { note: Some(note), ..ServedValue::new(Value::Array(Vec::new())) });
        };
        if call.mode != Mode::Direct {
            let value = self.queued(call, method, now)?;
            return Ok(ServedValue { status: 202, ..ServedValue::new(value) });
        }
        let arguments = self.arguments(call, method).map_err(ShopRefusal::early)?;
        let store = call.store.map_or(0, |store| store.id);
        let is_put = call.route.method == "PUT";
        let id = call.path.last().filter(|_| is_put).map(|(name, value)| ((*name).to_owned(), value.clone()));
        let asked = ServiceCall {
            verb: call.route.method.clone(),
            path: call.route.path.clone(),
            is_own: call.route.is_own,
            method,
            arguments,
            store,
            base_url: &call.base_url,
            id,
            now,
        };
        self.serve(&asked)
    }

    /// Answers a call by an integration of this name from a fixture, after the checks of its parameters; none if no fixture fits.
    pub(in crate::mock) fn fixed(
        &self,
        request: &HttpRequest,
        call: &RoutedCall<'_>,
        integration: Option<&str>,
        now: u64,
    ) -> Option<Result<ServedValue, ShopRefusal>> {
        let fixtures = self.fixtures.as_ref()?;
        let answer = fixtures.answer(request, call, integration, &moment(now), || self.check(call))?;
        Some(answer.map(|it| ServedValue {
            status: it.status,
            headers: it.headers,
            ..ServedValue::new(it.body)
        }))
    }

    /// Checks the parameters of a call that passed the gate.
    ///
    /// # Errors
    ///
    /// Fails as the service does before it is called.
    pub fn check(&self, call: &RoutedCall<'_>) -> Result<(), ShopRefusal> {
        match &call.route.service {
            Some(method) if call.mode == Mode::Direct => {
                self.arguments(call, method).map(drop).map_err(ShopRefusal::early)
            }
            Some(method) => self.operations_of(call, method).map(drop),
            None => Ok(()),
        }
    }

    /// Reads the arguments of a call.
    fn arguments(&self, call: &RoutedCall<'_>, method: &ServedMethod) -> Result<Arguments, ShopRefusal> {
        let needs_cart = call.route.data.iter().any(|set| set.value == "%cart_id%");
        let cart = match call.caller {
            Caller::Customer(id) if needs_cart => self.id_of_active_cart(&Value::from(id))?,
            _ => Value::Null,
        };
        arguments(call, method, &self.book, &self.rules, &cart)
    }

    /// Makes the data of a webhook for an object with this id, by default the first that meets its conditions.
    #[must_use]
    pub fn event(&self, webhook: &Webhook, id: Option<i64>) -> EventData {
        let interface = |event: &EventName| {
            let event = event.as_str().to_lowercase();
            let mut entities = self.catalog.entities_of(&event).map(|it| it.data_interface.as_str());
            entities.find(|interface| !interface.is_empty())
        };
        let class = webhook.events.iter().find_map(interface).unwrap_or_default();
        self.world.event(&self.book, webhook, class, id)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Call of a method.
#[derive(Debug)]
struct ServiceCall<'a> {
    verb: String,
    /// Path of the route, with its variables.
    path: String,
    is_own: bool,
    method: &'a ServedMethod,
    arguments: Arguments,
    /// Id of the store view; 0 for `all`.
    store: u32,
    /// Scheme and host of the shop.
    base_url: &'a str,
    /// Last variable of the path of a PUT.
    id: Option<(String, String)>,
    now: u64,
}
