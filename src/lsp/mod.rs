//! Language server: what `check` finds, completion, hover and fixes in an editor that speaks LSP.
//!
//! It has no rules of its own. Each document is compiled as `check` compiles it, whether it is saved or not. Nothing is
//! written.

mod actions;
mod commands;
mod completion;
mod connection;
mod cursor;
mod cursor_place;
mod diagnostics;
mod documents;
mod edits;
mod hover;
mod layout;
mod navigation;
mod requests;
mod rule_page;
mod server;

use std::{io, time::Duration};

use lsp_types::{
    CodeActionOptions, CodeLensOptions, CompletionOptions, ExecuteCommandOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, ImplementationProviderCapability,
    InitializeResult, OneOf, PositionEncodingKind, RenameOptions, SaveOptions, ServerCapabilities,
    ServerInfo, TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use crate::diag::{Failure, io_reason};
use commands::SpecCommand;
use connection::{Inbox, Transport};
use server::Server;

/// Time for the editor to read what is left when the server ends.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Serves an editor on standard input until it ends. `write` writes to standard output. Returns true if it ended as the protocol asks.
///
/// # Errors
/// Editor that does not read.
pub(crate) fn serve(write: fn(&[u8]) -> io::Result<()>) -> Result<bool, Failure> {
    let transport = Transport::open(write)
        .map_err(|error| Failure::new(format!("cannot speak with the editor: {}", io_reason(&error))))?;
    let Transport { receiver, sender, has_ended, written } = transport;
    let mut server = Server::new(sender, has_ended);
    let ended = server.run(&mut Inbox::new(receiver));
    drop(server);
    // An editor that no longer reads gets nothing more.
    let _ = written.recv_timeout(LAST_WORDS);
    ended
}

/// Answer to `initialize`.
fn initialized() -> InitializeResult {
    InitializeResult {
        capabilities: capabilities(),
        server_info: Some(ServerInfo {
            name: "magespec".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(PositionEncodingKind::UTF16),
        text_document_sync: Some(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(SaveOptions::default().into()),
                ..TextDocumentSyncOptions::default()
            }
            .into(),
        ),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["\"", "'", "[", " ", ":", "/"].map(str::to_owned).to_vec()),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(actions::KINDS.to_vec()),
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
