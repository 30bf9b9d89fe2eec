//! `[[data]]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{ClassName, DocLine, FieldName, TypeName};

/// A data object that services take or return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// Class name. `ExportResult` generates Api/Data/ExportResultInterface.php and Model/Data/ExportResult.php.
    #[schemars(example = &"ExportResult")]
    pub name: ClassName,
    /// Description, for doc blocks and OpenAPI. Default: derived from the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"One order as the ERP sees it")]
    pub description: Option<DocLine>,
    /// Fields by JSON key, each with its type: string, int, float, bool, another `[[data]]`, or a data interface of
    /// Magento. `[]` after it makes it a list; `?` after it makes it nullable.
    #[schemars(example = serde_json::json!({ "increment_id": "string", "grand_total": "float", "erp_number": "string?" }))]
    pub fields: IndexMap<FieldName, TypeName>,
}
