//! Queued calls, and the routes about them.

use serde_json::{Map, Value, json};

use super::{
    ServiceCall, ShopData,
    made::moment,
    memory::Memory,
    queue::{Bulk, QueuedOperation},
};
use crate::{
    digest::sha256,
    mock::{
        Caller, RoutedCall, ServedMethod, ShopRefusal,
        input::{Arguments, text_of},
    },
    names::Mode,
};

/// Seconds after which a consumer runs an operation.
const DELAY: u64 = 1;

/// Returns true for what is an array in PHP.
fn is_composed(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

impl ShopData {
    /// Queues the operations of a call: all of them, or none if one has bad data.
    pub(super) fn queued(
        &self,
        call: &RoutedCall<'_>,
        method: &ServedMethod,
        now: u64,
    ) -> Result<Value, ShopRefusal> {
        let operations = self.operations_of(call, method)?;
        let (user_type, user) = match call.caller {
            Caller::Integration(place) => (1, u32::try_from(place + 1).unwrap_or_default()),
            Caller::Admin(id) => (2, id),
            Caller::Customer(id) => (3, id),
            Caller::Guest => (4, 0),
        };
        let topic = format!(
            "async.{}.{}.{}",
            method.class.replace('\\', ".").to_lowercase(),
            method.name.to_lowercase(),
            call.route.method.to_lowercase(),
        );
        let mut memory = self.memory();
        memory.drawn += 1;
        let uuid = self.world.dice("bulk", memory.drawn).uuid();
        let items: Vec<Value> = operations
            .iter()
            .enumerate()
            .map(|(id, it)| json!({ "id": id, "data_hash": sha256(&it.data), "status": "accepted" }))
            .collect();
        memory.queue(Bulk {
            size: operations.iter().map(QueuedOperation::size).sum(),
            uuid: uuid.clone(),
            topic,
            started: now,
            user_type,
            user,
            is_run: false,
            verb: call.route.method.clone(),
            path: call.route.path.clone(),
            is_own: call.route.is_own,
            method: method.clone(),
            store: call.store.map_or(0, |store| store.id),
            operations,
        });
        Ok(json!({ "bulk_uuid": uuid, "request_items": items, "errors": false }))
    }

    /// Operations of a call; fails if one has bad data.
    pub(super) fn operations_of(
        &self,
        call: &RoutedCall<'_>,
        method: &ServedMethod,
    ) -> Result<Vec<QueuedOperation>, ShopRefusal> {
        let mut one = call.clone();
        let bodies: Vec<Option<Value>> = match (one.body.take(), call.mode) {
            // Items that are neither an object nor a list are left out.
            (Some(Value::Array(items)), Mode::Bulk) => {
                items.into_iter().filter(is_composed).map(Some).collect()
            }
            (Some(Value::Object(items)), Mode::Bulk) => {
                items.into_iter().map(|(_, it)| it).filter(is_composed).map(Some).collect()
            }
            (None, Mode::Bulk) => Vec::new(),
            (body, _) => vec![body],
        };
        let operation = |body: Option<Value>| {
            one.body = body;
            let arguments = self.arguments(&one, method)?;
            let data = self.sent(&one, &arguments);
            Ok(QueuedOperation { arguments, data, status: 4, message: None, error: None, result: None })
        };
        bodies.into_iter().map(operation).collect()
    }

    /// Parameters as the queue keeps them.
    fn sent(&self, call: &RoutedCall<'_>, arguments: &Arguments) -> String {
        let mut sent = Map::new();
        for it in arguments.0.iter().filter(|it| it.is_sent) {
            sent.insert(it.name.clone(), it.value.clone());
        }
        let store = call.store.map_or(0, |store| store.id).to_string();
        let information = Value::Object(sent).to_string();
        json!({ "entity_id": null, "entity_link": "", "meta_information": information, "store_id": store })
            .to_string()
    }

    /// Returns true if no operation is due.
    pub(super) fn is_queue_idle(&self, now: u64) -> bool {
        next_due(&mut self.memory(), now).is_none()
    }

    /// Runs the operations that are due.
    pub(super) fn run_queue(&self, now: u64) {
        loop {
            let due = next_due(&mut self.memory(), now).map(|bulk| {
                bulk.is_run = true;
                let arguments: Vec<Arguments> =
                    bulk.operations.iter_mut().map(|it| std::mem::take(&mut it.arguments)).collect();
                (bulk.clone(), arguments)
            });
            let Some((mut bulk, arguments)) = due else { return };
            for (operation, arguments) in bulk.operations.iter_mut().zip(arguments) {
                let asked = ServiceCall {
                    verb: bulk.verb.clone(),
                    path: bulk.path.clone(),
                    is_own: bulk.is_own,
                    method: &bulk.method,
                    arguments,
                    store: bulk.store,
                    base_url: self.world.base_url(),
                    id: None,
                    now,
                };
                operation.end(&bulk.method, self.serve(&asked));
            }
            bulk.size = bulk.operations.iter().map(QueuedOperation::size).sum();
            self.memory().end(bulk);
        }
    }

    /// Answers the routes about bulks; none for another method.
    pub(super) fn bulk_status(&self, asked: &ServiceCall<'_>) -> Option<Result<Value, ShopRefusal>> {
        if asked.method.class.ends_with(r"\OperationRepositoryInterface") && asked.method.name == "getList" {
            return Some(self.operations(asked));
        }
        if !asked.method.class.ends_with(r"AsynchronousOperations\Api\BulkStatusInterface") {
            return None;
        }
        let uuid = text_of(asked.arguments.get("bulkUuid"));
        let memory = self.memory();
        let Some(bulk) = memory.bulks.iter().find(|bulk| bulk.uuid.eq_ignore_ascii_case(&uuid)) else {
            let text = "Bulk uuid %bulkUuid not exist";
            return Some(Err(ShopRefusal::named(404, text, "bulkUuid", uuid)));
        };
        let operations = |make: fn(&Bulk, usize, &QueuedOperation) -> Value| -> Vec<Value> {
            bulk.operations.iter().enumerate().map(|(id, it)| make(bulk, id, it)).collect()
        };
        Some(Ok(match asked.method.name.as_str() {
            "getOperationsCountByBulkIdAndStatus" => {
                let status = asked.arguments.get("status").as_u64();
                Value::from(bulk.operations.iter().filter(|it| Some(u64::from(it.status)) == status).count())
            }
            "getBulkDetailedStatus" => bulk.described(operations(Bulk::detailed)),
            _ => bulk.described(operations(Bulk::short)),
        }))
    }

    /// Finds operations of all bulks.
    fn operations(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let rows = {
            let memory = self.memory();
            let rows = memory.bulks.iter().flat_map(|bulk| {
                bulk.operations.iter().enumerate().map(|(id, it)| {
                    let mut row = bulk.detailed(id, it);
                    row["extension_attributes"] = json!({ "start_time": moment(bulk.started) });
                    std::sync::Arc::new(row)
                })
            });
            rows.collect()
        };
        self.page(asked, r"Magento\AsynchronousOperations\Api\Data\OperationInterface", rows)
    }
}

/// Bulk that is to run next.
fn next_due(memory: &mut Memory, now: u64) -> Option<&mut Bulk> {
    // Bulks run in order, so the last ones are those that wait.
    let waiting = memory.bulks.iter().rev().take_while(|bulk| !bulk.is_run).count();
    let first = memory.bulks.len() - waiting;
    memory.bulks.get_mut(first).filter(|bulk| bulk.started + DELAY <= now)
}
