//! Bulks, their operations and what became of them.

use serde_json::{Value, json};

use super::{ServedValue, made::moment, weight};
use crate::mock::{RefusalBody, ServedMethod, ShopRefusal, input::Arguments};

/// Operations that one request queued.
#[derive(Debug, Clone)]
pub(super) struct Bulk {
    pub(super) uuid: String,
    pub(super) topic: String,
    pub(super) started: u64,
    pub(super) user_type: u32,
    pub(super) user: u32,
    pub(super) is_run: bool,
    pub(super) verb: String,
    pub(super) path: String,
    pub(super) is_own: bool,
    pub(super) method: ServedMethod,
    pub(super) store: u32,
    pub(super) operations: Vec<QueuedOperation>,
    /// Memory of the operations.
    pub(super) size: usize,
}

#[derive(Debug, Clone)]
pub(super) struct QueuedOperation {
    /// Arguments, until it is run.
    pub(super) arguments: Arguments,
    pub(super) data: String,
    /// 4 for open, 1 for done, 3 for failed.
    pub(super) status: u8,
    pub(super) message: Option<String>,
    pub(super) error: Option<i64>,
    pub(super) result: Option<String>,
}

impl Bulk {
    pub(super) fn described(&self, operations: Vec<Value>) -> Value {
        json!({
            "operation_count": operations.len(), "operations_list": operations, "user_type": self.user_type,
            "bulk_id": self.uuid, "description": format!("Topic {}", self.topic),
            "start_time": moment(self.started), "user_id": self.user,
        })
    }

    pub(super) fn short(&self, id: usize, it: &QueuedOperation) -> Value {
        json!({ "id": id, "status": it.status, "result_message": it.message, "error_code": it.error })
    }

    pub(super) fn detailed(&self, id: usize, it: &QueuedOperation) -> Value {
        let data = (it.status != 1).then_some(&it.data);
        json!({
            "id": id, "bulk_uuid": self.uuid, "topic_name": self.topic, "serialized_data": data,
            "result_serialized_data": it.result, "status": it.status, "result_message": it.message,
            "error_code": it.error,
        })
    }
}

impl QueuedOperation {
    /// Memory of the operation.
    pub(super) fn size(&self) -> usize {
        let texts = [Some(&self.data), self.message.as_ref(), self.result.as_ref()];
        let texts = texts.into_iter().flatten().map(String::len).sum::<usize>();
        size_of::<Self>() + texts + self.arguments.values().map(weight::of_value).sum::<usize>()
    }

    /// Notes what became of an operation.
    pub(super) fn end(&mut self, method: &ServedMethod, answer: Result<ServedValue, ShopRefusal>) {
        match answer {
            Ok(served) => {
                let class = method.class.replace(r"\Api\", r"\Model\");
                let class = class.strip_suffix("Interface").unwrap_or(&class);
                self.status = 1;
                self.message =
                    Some(format!(r"Service execution success {class}\Interceptor::{}", method.name));
                self.result = Some(served.value.to_string());
            }
            Err(refusal) => {
                self.status = 3;
                self.error = Some(0);
                self.message = Some(match *refusal.body {
                    RefusalBody::Error { .. } | RefusalBody::Internal(_) => refusal.text(),
                    _ => "Internal error".to_owned(),
                });
            }
        }
    }
}
