//! Parameters of searches.

use serde_json::{Map, Value, json};

/// Classes of search criteria.
const CRITERIA: [&str; 3] = [
    r"Magento\Framework\Api\SearchCriteriaInterface",
    r"Magento\Framework\Api\SearchCriteria",
    r"Magento\Framework\Api\Search\SearchCriteriaInterface",
];

/// Returns true if a parameter of this type becomes several query parameters.
pub(super) fn is_criteria(class: &str) -> bool {
    CRITERIA.contains(&class)
}

/// Filter conditions that are useful to callers (`F/DB/Adapter/Pdo/Mysql.php`: `prepareSqlCondition`).
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
        description: "Number of items per page. A search requires at least one searchCriteria parameter; this one will do",
    },
    Part { name: "currentPage", path: "[currentPage]", description: "Page number, starting at 1" },
    Part {
        name: "field",
        path: "[filterGroups][0][filters][0][field]",
        description: "Field to filter by. Increase the two indexes to add filters: filters in a group are combined \
                      with OR, groups with AND",
    },
    Part {
        name: "value",
        path: "[filterGroups][0][filters][0][value]",
        description: "Value to compare with; a comma-separated list for in and nin",
    },
    Part {
        name: "conditionType",
        path: "[filterGroups][0][filters][0][conditionType]",
        description: "Comparison operator",
    },
    Part { name: "sortField", path: "[sortOrders][0][field]", description: "Field to sort by" },
    Part { name: "sortDirection", path: "[sortOrders][0][direction]", description: "Sort direction" },
];

/// References to the parameters of a search.
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
