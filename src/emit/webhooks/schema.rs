//! `etc/db_schema.xml` and the whitelist beside it.

use serde::Serialize as _;
use serde_json::{
    Map, Value,
    ser::{PrettyFormatter, Serializer},
};

use crate::{
    emit::xml::XmlElement,
    model::{Module, Webhooks},
};

/// A column: type, name and other attributes.
type Column = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const COLUMNS: [Column; 11] = [
    (
        "int",
        "outbox_id",
        &[("unsigned", "true"), ("nullable", "false"), ("identity", "true"), ("comment", "Outbox ID")],
    ),
    ("varchar", "message_id", &[("nullable", "false"), ("length", "36"), ("comment", "Idempotency key")]),
    ("varchar", "topic", &[("nullable", "false"), ("length", "64"), ("comment", "Topic")]),
    (
        "smallint",
        "store_id",
        &[
            ("unsigned", "true"),
            ("nullable", "false"),
            ("default", "0"),
            ("comment", "Store whose settings apply"),
        ],
    ),
    ("mediumtext", "payload", &[("nullable", "false"), ("comment", "JSON of the declared fields")]),
    (
        "varchar",
        "status",
        &[
            ("nullable", "false"),
            ("length", "16"),
            ("default", "pending"),
            ("comment", "pending, delivered or failed"),
        ],
    ),
    (
        "smallint",
        "attempts",
        &[("unsigned", "true"), ("nullable", "false"), ("default", "0"), ("comment", "Attempts begun")],
    ),
    (
        "datetime",
        "available_at",
        &[("on_update", "false"), ("nullable", "false"), ("comment", "Not to be sent before (UTC)")],
    ),
    (
        "datetime",
        "created_at",
        &[("on_update", "false"), ("nullable", "false"), ("comment", "Recorded at (UTC)")],
    ),
    (
        "datetime",
        "delivered_at",
        &[("on_update", "false"), ("nullable", "true"), ("comment", "Delivered at (UTC)")],
    ),
    (
        "varchar",
        "last_error",
        &[("nullable", "true"), ("length", "255"), ("comment", "Why the last attempt failed")],
    ),
];

/// Names of the unique key and the index: the table and the columns in uppercase.
fn keys(webhooks: &Webhooks) -> [String; 2] {
    let table = webhooks.table.to_uppercase();
    [format!("{table}_MESSAGE_ID"), format!("{table}_STATUS_AVAILABLE_AT")]
}

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let webhooks = module.webhooks.as_ref()?;
    let columns = COLUMNS.iter().map(|(kind, name, more)| {
        let column = XmlElement::new("column").attribute("xsi:type", *kind).attribute("name", *name);
        more.iter().fold(column, |column, (key, value)| column.attribute(key, *value))
    });
    let of = |names: &'static [&'static str]| {
        names.iter().map(|name| XmlElement::new("column").attribute("name", *name))
    };
    let [unique, index] = keys(webhooks);
    let constraint = |kind: &'static str, id: String, columns| {
        XmlElement::new("constraint")
            .attribute("xsi:type", kind)
            .attribute("referenceId", id)
            .children(of(columns))
    };
    let index = XmlElement::new("index")
        .attribute("referenceId", index)
        .attribute("indexType", "btree")
        .children(of(&["status", "available_at"]));
    let table = XmlElement::new("table")
        .attribute("name", &webhooks.table)
        .attribute("resource", "default")
        .attribute("engine", "innodb")
        .attribute("comment", format!("Webhooks of {}", module.name))
        .children(columns)
        .children([
            constraint("primary", "PRIMARY".to_owned(), &["outbox_id"]),
            constraint("unique", unique, &["message_id"]),
            index,
        ]);
    XmlElement::root("schema", "urn:magento:framework:Setup/Declaration/Schema/etc/schema.xsd")
        .children([table])
        .into_file(module)
}

/// Generates the whitelist. Entries on disk are kept: Magento drops a removed column only if it is listed.
pub(in crate::emit) fn whitelist(module: &Module, on_disk: Option<&str>) -> Option<String> {
    let before =
        on_disk.and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok()).unwrap_or_default();
    // A whitelist without the outbox belongs to the user's own tables.
    if module.webhooks.is_none() && !before.contains_key(&format!("{}_outbox", module.id())) {
        return None;
    }
    let mut tables = Map::new();
    if let Some(webhooks) = &module.webhooks {
        let [unique, index] = keys(webhooks);
        let listed = |names: &[&str]| -> Value {
            names.iter().map(|name| ((*name).to_owned(), Value::Bool(true))).collect::<Map<_, _>>().into()
        };
        let columns: Vec<&str> = COLUMNS.iter().map(|(_, name, _)| *name).collect();
        let table = [
            ("column".to_owned(), listed(&columns)),
            ("index".to_owned(), listed(&[&index])),
            ("constraint".to_owned(), listed(&["PRIMARY", &unique])),
        ];
        tables.insert(webhooks.table.clone(), Value::Object(table.into_iter().collect()));
    }
    keep(&mut tables, before);
    let mut json = Vec::new();
    tables
        .serialize(&mut Serializer::with_formatter(&mut json, PrettyFormatter::with_indent(b"    ")))
        .ok()?;
    json.push(b'\n');
    String::from_utf8(json).ok()
}

/// Adds earlier members that are missing now.
fn keep(members: &mut Map<String, Value>, before: Map<String, Value>) {
    for (key, value) in before {
        match (members.get_mut(&key), value) {
            (Some(Value::Object(members)), Value::Object(before)) => keep(members, before),
            (Some(_), _) => {}
            (None, value) => {
                members.insert(key, value);
            }
        }
    }
}
