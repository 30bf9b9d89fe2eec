//! The language server, driven over standard input and output as an editor does.

mod actions;
mod commands;
mod completion;
mod diagnostics;
mod editor;
mod hover;
mod layout;
mod navigation;
mod random_edits;
mod renames;
mod robust;
mod transcripts;
mod unsound;

use crate::support::base::acme_erp;

const SPEC: &str = acme_erp!(
    "[[integration]]
name = \"Acme ERP 😀\"
email = \"erp@acme.com\"
resources = [\"Magento_Sales::actions_view\", \"Magento_Log::online\"]
"
);
