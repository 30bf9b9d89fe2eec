//! Code lenses above a spec.

use lsp_types::{CodeLens, Command};
use serde_json::json;

use super::SpecCommand;
use crate::{
    lsp::{cursor, documents::OpenSpec},
    spec::pointer,
};

/// Lenses at the header of the module; none in a text without one.
pub(in crate::lsp) fn lenses(document: &OpenSpec) -> Vec<CodeLens> {
    let module = pointer!["module"];
    let header = cursor::headers(document.text().as_str()).into_iter().find(|header| header.route == module);
    let Some(header) = header else { return Vec::new() };
    let range = document.text().range(&header.span);
    let lens = |command: SpecCommand| CodeLens {
        range,
        command: Some(Command {
            title: command.title().to_owned(),
            command: command.name(),
            arguments: Some(vec![json!(document.uri())]),
        }),
        data: None,
    };
    SpecCommand::ALL.into_iter().map(lens).collect()
}
