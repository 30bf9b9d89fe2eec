//! What a search takes.

use serde_json::{Map, Value, json};

/// The classes of search criteria.
const CRITERIA: [&str; 3] = [
    r"Magento\Framework\Api\SearchCriteriaInterface",
    r"Magento\Framework\Api\SearchCriteria",
    r"Magento\Framework\Api\Search\SearchCriteriaInterface",
];

/// Whether a parameter of this type is given as several of the query.
pub(super) fn is_criteria(class: &str) -> bool {
    CRITERIA.contains(&class)
}

/// The conditions of a filter that a caller has use for (`F/DB/Adapter/Pdo/Mysql.php`: `prepareSqlCondition`).
const CONDITIONS: [&str; 16] = [
    "eq", "finset", "from", "gt", "gteq", "in", "like", "lt", "lteq", "neq", "nfinset", "nin", "nlike",
    "notnull", "null", "to",
];

struct Part {
    name: &'static str,
    path: &'static str,
    description: &'static str,
}

const PARTS: [Part; 7] = [
    Part {
        name: "pageSize",
        path: "[pageSize]",
        description: "How many items a page has. A search needs one parameter of searchCriteria at least: give this one",
    },
    Part { name: "currentPage", path: "[currentPage]", description: "Which page, counted from 1" },
    Part {
        name: "field",
        path: "[filterGroups][0][filters][0][field]",
        description: "The field that is compared. Count both numbers up for more: of the filters of a group one must \
                      hold, and every group must",
    },
    Part {
        name: "value",
        path: "[filterGroups][0][filters][0][value]",
        description: "What it is compared with; for in and nin a list with commas between",
    },
    Part {
        name: "conditionType",
        path: "[filterGroups][0][filters][0][conditionType]",
        description: "How it is compared",
    },
    Part {
        name: "sortField",
        path: "[sortOrders][0][field]",
        description: "The field that items are sorted by",
    },
    Part { name: "sortDirection", path: "[sortOrders][0][direction]", description: "In which direction" },
];

/// The parameters of a search.
pub(super) fn parameters() -> impl Iterator<Item = Value> {
    PARTS.iter().map(|part| json!({ "$ref": format!("#/components/parameters/{}", part.key()) }))
}

pub(super) fn components() -> Value {
    Value::Object(PARTS.iter().map(|part| (part.key(), part.value())).collect::<Map<_, _>>())
}

impl Part {
    fn key(&self) -> String {
        format!("searchCriteria.{}", self.name)
    }

    fn value(&self) -> Value {
        json!({
            "name": format!("searchCriteria{}", self.path),
            "in": "query",
            "description": self.description,
            "required": self.name == "pageSize",
            "schema": self.schema(),
        })
    }

    fn schema(&self) -> Value {
        match self.name {
            "pageSize" | "currentPage" => json!({ "type": "integer", "minimum": 1 }),
            "conditionType" => json!({ "type": "string", "enum": CONDITIONS, "default": "eq" }),
            "sortDirection" => json!({ "type": "string", "enum": ["ASC", "DESC"] }),
            _ => json!({ "type": "string" }),
        }
    }
}
