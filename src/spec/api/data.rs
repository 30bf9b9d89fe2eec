//! `[[data]]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{ClassName, DocLine, FieldName, TypeName};

/// One data object that services take or answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// Its name. `ExportResult` makes Api/Data/ExportResultInterface.php and Model/Data/ExportResult.php.
    #[schemars(example = &"ExportResult")]
    pub name: ClassName,
    /// What it is. Default: from its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"One order as the ERP sees it")]
    pub description: Option<DocLine>,
    /// Its fields, as JSON has them, each with its type: string, int, float, bool, another `[[data]]`, or a data
    /// interface of Magento; with `[]` a list of it, with `?` behind it may be null.
    #[schemars(example = serde_json::json!({ "increment_id": "string", "grand_total": "float", "erp_number": "string?" }))]
    pub fields: IndexMap<FieldName, TypeName>,
}
