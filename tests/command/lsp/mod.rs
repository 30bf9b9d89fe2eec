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

const SPEC: &str = "[module]
name = \"Acme_Erp\"
description = \"Lets the ERP read orders\"
version = \"1.0.0\"
license = \"proprietary\"

[target]
magento = \"2.4.7\"

[[integration]]
name = \"Acme ERP 😀\"
email = \"erp@acme.com\"
resources = [\"Magento_Sales::actions_view\", \"Magento_Log::online\"]
";
