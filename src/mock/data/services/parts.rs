//! Parts of documents that have routes of their own: tracks and comments.

use serde_json::{Value, json};

use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::moment},
    input::{text_of, to_int},
};

/// Part of a document.
struct DocumentPart {
    /// Its class.
    class: &'static str,
    /// Class of the document.
    document: &'static str,
    /// Field of the document with the list.
    field: &'static str,
    /// Name in errors.
    name: &'static str,
    /// Fields without which it is not saved.
    needed: &'static [&'static str],
}

impl DocumentPart {
    fn of(service: &str) -> Option<Self> {
        let (class, document, name) = match service {
            "ShipmentTrackRepository" => (class::TRACK, class::SHIPMENT, "shipment tracking"),
            "ShipmentCommentRepository" => ("shipment comment", class::SHIPMENT, "shipment comment"),
            "InvoiceCommentRepository" => ("invoice comment", class::INVOICE, "invoice comment"),
            "CreditmemoCommentRepository" => ("creditmemo comment", class::CREDIT_MEMO, "creditmemo comment"),
            _ => return None,
        };
        let field = if class == class::TRACK { "tracks" } else { "comments" };
        let needed: &[&str] = match field {
            "tracks" => &["parent_id", "order_id", "track_number", "carrier_code"],
            _ => &["parent_id", "comment"],
        };
        Some(Self { class, document, field, name, needed })
    }
}

impl ShopData {
    pub(super) fn parts(
        &self,
        asked: &ServiceCall<'_>,
        service: &str,
        method: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        let part = DocumentPart::of(service)?;
        match method {
            "save" => Some(self.save_part(asked, &part)),
            "deleteById" => {
                self.delete_part(&part, to_int(asked.arguments.get("id")));
                Some(Ok(Value::Bool(true)))
            }
            _ => None,
        }
    }

    fn save_part(&self, asked: &ServiceCall<'_>, part: &DocumentPart) -> Result<Value, ShopRefusal> {
        let mut sent = asked.arguments.get("entity").as_object().cloned().unwrap_or_default();
        let is_there = |name: &&str| sent.get(*name).is_some_and(|it| !text_of(it).is_empty());
        let key = sent.get("parent_id").and_then(RowKey::of).filter(|_| part.needed.iter().all(is_there));
        let found = key.and_then(|key| Some((self.row(part.document, &key)?, key)));
        let of_order = |document: &Value| {
            part.field != "tracks" || sent.get("order_id").map(to_int) == document.get("order_id").map(to_int)
        };
        let Some((document, key)) = found.filter(|(document, _)| of_order(document)) else {
            return Err(ShopRefusal::exception(400, format!("Could not save the {}.", part.name)));
        };
        let mut document = Value::clone(&document);
        let now = json!(moment(asked.now));
        let id = self.next_id(part.class);
        for (name, value) in [("entity_id", json!(id)), ("created_at", now.clone()), ("updated_at", now)] {
            sent.insert(name.to_owned(), value);
        }
        let sent = Value::Object(sent);
        match document.get_mut(part.field) {
            Some(Value::Array(parts)) => parts.push(sent.clone()),
            _ => document[part.field] = json!([sent.clone()]),
        }
        self.put(part.document, &key, document);
        Ok(sent)
    }

    fn delete_part(&self, part: &DocumentPart, id: i64) {
        let is_it = |it: &Value| it.get("entity_id").map(to_int) == Some(id);
        for row in self.rows(part.document) {
            let parts = row.get(part.field).and_then(Value::as_array);
            if !parts.is_some_and(|parts| parts.iter().any(is_it)) {
                continue;
            }
            let (mut row, key) = (Value::clone(&row), row.get("entity_id").and_then(RowKey::of));
            if let (Some(Value::Array(parts)), Some(key)) = (row.get_mut(part.field), key) {
                parts.retain(|it| !is_it(it));
                self.put(part.document, &key, row);
            }
        }
    }
}
