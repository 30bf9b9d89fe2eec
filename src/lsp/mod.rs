//! Language server: what `check` finds, completion, hover and fixes in an editor that speaks LSP.
//!
//! It has no rules of its own. Each document is compiled as `check` compiles it, whether it is saved or not. Nothing is
//! written.

mod actions;
mod commands;
mod completion;
mod cursor;
mod diagnostics;
mod documents;
mod hover;
mod layout;
mod navigation;
mod requests;
mod server;

use lsp_server::Connection;
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions, ExecuteCommandOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, ImplementationProviderCapability,
    InitializeResult, OneOf, PositionEncodingKind, RenameOptions, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, WorkDoneProgressOptions,
};

use crate::diag::Failure;
use commands::SpecCommand;
use server::Server;

/// Serves an editor on standard input and output until it ends. Returns true if it ended as the protocol asks.
///
/// # Errors
/// Editor that does not speak LSP, or does not read.
pub(crate) fn serve() -> Result<bool, Failure> {
    let (connection, threads) = Connection::stdio();
    let failure =
        |error: &dyn std::fmt::Display| Failure::new(format!("cannot speak with the editor: {error}"));
    let (id, _) = connection.initialize_start().map_err(|error| failure(&error))?;
    let result = InitializeResult {
        capabilities: capabilities(),
        server_info: Some(ServerInfo {
            name: "magespec".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    let result = serde_json::to_value(result).map_err(|error| failure(&error))?;
    connection.initialize_finish(id, result).map_err(|error| failure(&error))?;
    let ended = Server::new(&connection).run();
    drop(connection);
    threads.join().map_err(|error| failure(&error))?;
    ended
}

fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(PositionEncodingKind::UTF16),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["\"", "'", "[", " ", ":", "/"].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        document_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: None }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: SpecCommand::names(),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        definition_provider: Some(OneOf::Left(true)),
        implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        ..ServerCapabilities::default()
    }
}
