//! Requests about documents, each with the function that answers it.

use std::collections::BTreeMap;

use camino::Utf8Path;
use lsp_server::{ErrorCode, Request, Response};
use lsp_types::{
    CodeActionParams, CodeLensParams, CompletionItem, CompletionParams, DocumentFormattingParams,
    DocumentHighlightParams, DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse,
    Documentation, ExecuteCommandParams, FoldingRangeParams, GotoDefinitionParams, HoverParams,
    InlayHintParams, Location, MarkupContent, MarkupKind, ReferenceParams, RenameParams,
    TextDocumentPositionParams, Uri,
    request::{self, GotoImplementationParams, Request as _},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    actions::actions,
    commands::{SpecCommand, lenses, run},
    completion::complete,
    connection::Inbox,
    cursor,
    documents::{Draft, EditorText, OpenModules, OpenSpec, Workspace, path, uri_of},
    hover::{about_proposal, hover, plain},
    layout::{foldings, format_edits, format_range_edits, hints, symbols},
    navigation::{
        PendingRename, definitions, highlights, implementations, origin, place_of, prepare_rename, references,
    },
};
use crate::{bounded, project::SPEC_FILE, spec::Pointer};

/// Answer to a request that was cancelled.
pub(super) const CANCELLED: &str = "the editor cancelled the request";
/// Number of folders above a generated file that may hold its spec.
const DEEPEST: usize = 8;
/// Largest generated file, in bytes.
const MAX_BYTES: u64 = 4 << 20;

/// Documents that requests are about.
pub(super) struct Requests<'a> {
    /// Open specs, by URI.
    pub(super) documents: &'a mut BTreeMap<String, OpenSpec>,
    /// Other open files.
    pub(super) modules: &'a OpenModules,
    pub(super) workspace: &'a Workspace,
    /// Messages that came meanwhile.
    pub(super) inbox: &'a mut Inbox,
}

/// Reason why a request has no result.
struct Refusal(ErrorCode, String);

impl Requests<'_> {
    /// Answers a request.
    pub(super) fn answer(&mut self, request: Request) -> Response {
        let id = request.id.clone();
        let result = match request.method.as_str() {
            request::Completion::METHOD => self.complete(request),
            request::ResolveCompletionItem::METHOD => self.resolve(request),
            request::HoverRequest::METHOD => {
                let kind = self.workspace.features.hover.clone();
                self.at_cursor(
                    request,
                    |params: &HoverParams| &params.text_document_position_params,
                    |document, _, cursor| hover(document.sound(), document.text(), &cursor, kind),
                )
            }
            request::CodeActionRequest::METHOD => self.actions(request),
            request::DocumentSymbolRequest::METHOD => self.of_document(
                request,
                |params: &DocumentSymbolParams| &params.text_document.uri,
                |document, _| DocumentSymbolResponse::Nested(symbols(document.text())),
            ),
            request::FoldingRangeRequest::METHOD => self.of_document(
                request,
                |params: &FoldingRangeParams| &params.text_document.uri,
                |document, _| foldings(document.text()),
            ),
            request::Formatting::METHOD => self.of_document(
                request,
                |params: &DocumentFormattingParams| &params.text_document.uri,
                |document, _| format_edits(document.text()),
            ),
            request::RangeFormatting::METHOD => self.of_document(
                request,
                |params: &DocumentRangeFormattingParams| &params.text_document.uri,
                |document, params| format_range_edits(document.text(), params.range),
            ),
            request::InlayHintRequest::METHOD => self.of_document(
                request,
                |params: &InlayHintParams| &params.text_document.uri,
                |document, params| hints(document, params.range),
            ),
            request::CodeLensRequest::METHOD => self.of_document(
                request,
                |params: &CodeLensParams| &params.text_document.uri,
                |document, _| lenses(document),
            ),
            request::ExecuteCommand::METHOD => self.execute(request),
            request::GotoDefinition::METHOD => self.definition(request),
            request::GotoImplementation::METHOD => {
                let modules = self.modules;
                self.at_place(
                    request,
                    |params: &GotoImplementationParams| &params.text_document_position_params,
                    |document, offset, _| Ok(implementations(document, offset, modules)),
                )
            }
            request::References::METHOD => self.at_place(
                request,
                |params: &ReferenceParams| &params.text_document_position,
                |document, offset, params| {
                    Ok(references(document, offset, params.context.include_declaration))
                },
            ),
            request::DocumentHighlightRequest::METHOD => self.at_place(
                request,
                |params: &DocumentHighlightParams| &params.text_document_position_params,
                |document, offset, _| Ok(highlights(document, offset)),
            ),
            request::PrepareRenameRequest::METHOD => self.at_place(
                request,
                |params: &TextDocumentPositionParams| params,
                |document, offset, _| prepare_rename(document, offset),
            ),
            request::Rename::METHOD => {
                let workspace = self.workspace;
                self.at_place(
                    request,
                    |params: &RenameParams| &params.text_document_position,
                    |document, offset, params| {
                        let rename = PendingRename::new(document, offset, &params.new_name)?;
                        let after = document.with_text(rename.text(document), workspace);
                        rename.checked(document, &after)
                    },
                )
            }
            method => Err(Refusal(ErrorCode::MethodNotFound, format!("magespec does not answer {method}"))),
        };
        match result {
            Ok(value) => Response::new_ok(id, value),
            Err(Refusal(code, message)) => Response::new_err(id, code as i32, message),
        }
    }

    /// Answers a request about a document; null for one that is not open.
    fn of_document<P: DeserializeOwned, R: Serialize>(
        &mut self,
        request: Request,
        uri: impl Fn(&P) -> &Uri,
        answer: impl FnOnce(&OpenSpec, &P) -> R,
    ) -> Result<serde_json::Value, Refusal> {
        let params: P = read(request.params)?;
        let key = uri(&params).as_str().to_owned();
        let Some(document) = self.documents.get_mut(&key) else { return Ok(serde_json::Value::Null) };
        document.check(self.workspace);
        written(answer(document, &params))
    }

    /// Answers with actions, unless the request is cancelled or the text changes while they are tried.
    fn actions(&mut self, request: Request) -> Result<serde_json::Value, Refusal> {
        let params: CodeActionParams = read(request.params)?;
        let uri = params.text_document.uri.as_str();
        let Some(document) = self.documents.get_mut(uri) else { return Ok(serde_json::Value::Null) };
        document.check(self.workspace);
        let mut is_stale = || self.inbox.cancels(&request.id) || self.inbox.changes(uri);
        if let Some(found) = actions(document, &params, self.workspace, &mut is_stale) {
            return written(found);
        }
        Err(match self.inbox.cancels(&request.id) {
            true => Refusal(ErrorCode::RequestCanceled, CANCELLED.to_owned()),
            false => Refusal(ErrorCode::ContentModified, "the document was changed meanwhile".to_owned()),
        })
    }

    /// Answers with completions, from the text as it is: it is not compiled for them.
    fn complete(&self, request: Request) -> Result<serde_json::Value, Refusal> {
        let place = read::<CompletionParams>(request.params)?.text_document_position;
        let list = self.documents.get(place.text_document.uri.as_str()).and_then(|document| {
            let text = document.text();
            let offset = text.offset(place.position);
            let cursor = cursor::at(text.as_str(), offset)?;
            let uri = place.text_document.uri.as_str();
            let is_of_earlier = cursor.route.steps().any(|step| matches!(step, "renamed_from" | "retired"));
            let earlier = is_of_earlier.then(|| document.earlier_names(self.workspace));
            let draft = Draft { earlier, ..document.draft() };
            Some(complete(uri, &draft, text, offset, &cursor, &self.workspace.features))
        });
        written(list)
    }

    /// Answers with the documentation of a completion.
    fn resolve(&self, request: Request) -> Result<serde_json::Value, Refusal> {
        let mut item: CompletionItem = read(request.params)?;
        let data = item.data.clone().unwrap_or_default();
        let part = |key: &str| data.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
        let about = self.documents.get(part("uri")).and_then(|document| {
            about_proposal(document.sound(), &Pointer::from(part("route")), part("text"))
        });
        item.documentation = about.map(|value| match &self.workspace.features.documentation {
            MarkupKind::Markdown => {
                Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
            }
            // Editors that declare no format take text only.
            MarkupKind::PlainText => Documentation::String(plain(&value)),
        });
        written(item)
    }

    /// Answers a request about a place in a document, or says why there is no answer.
    fn at_place<P: DeserializeOwned, R: Serialize>(
        &mut self,
        request: Request,
        position: impl Fn(&P) -> &TextDocumentPositionParams,
        answer: impl FnOnce(&OpenSpec, usize, &P) -> Result<R, String>,
    ) -> Result<serde_json::Value, Refusal> {
        let mut refused = None;
        let value = self.of_document(
            request,
            |params| &position(params).text_document.uri,
            |document, params| {
                let offset = document.text().offset(position(params).position);
                answer(document, offset, params).map_err(|why| refused = Some(why)).ok()
            },
        )?;
        refused.map_or(Ok(value), |why| Err(Refusal(ErrorCode::RequestFailed, why)))
    }

    /// Answers a command with a document.
    fn execute(&mut self, request: Request) -> Result<serde_json::Value, Refusal> {
        let params: ExecuteCommandParams = read(request.params)?;
        let refused = |why: String| Refusal(ErrorCode::RequestFailed, why);
        let command = SpecCommand::named(&params.command)
            .ok_or_else(|| refused(format!("magespec has no command {}", params.command)))?;
        let named = params.arguments.first().and_then(serde_json::Value::as_str);
        let uri = named.map_or_else(|| self.only_spec().map_err(refused), |uri| Ok(uri.to_owned()))?;
        let document = self.documents.get_mut(&uri);
        let document =
            document.ok_or_else(|| refused(format!("open the spec first: `{uri}` is not open")))?;
        document.check(self.workspace);
        let shown = run(command, document).map_err(refused)?;
        written(shown)
    }

    /// Finds the URI of the only spec that is open.
    fn only_spec(&self) -> Result<String, String> {
        let mut open = self.documents.keys();
        match (open.next(), open.len()) {
            (Some(uri), 0) => Ok(uri.clone()),
            (None, _) => Err("open the spec first".to_owned()),
            (Some(_), others) => {
                Err(format!("{} specs are open: pass the URI of one as the argument", others + 1))
            }
        }
    }

    /// Goes to a declaration, from a spec to a generated file, or from that to the spec.
    fn definition(&mut self, request: Request) -> Result<serde_json::Value, Refusal> {
        let params: GotoDefinitionParams = read(request.params.clone())?;
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let file = path(&text_document.uri).filter(|file| file.extension() != Some("toml"));
        let Some(file) = file else {
            let modules = self.modules;
            return self.at_place(
                request,
                |params: &GotoDefinitionParams| &params.text_document_position_params,
                |document, offset, _| Ok(definitions(document, offset, modules)),
            );
        };
        let on_disk =
            || Some(EditorText::new(read_text(Some(&file).filter(|file| self.workspace.allows(file))?)?));
        let Some(text) = self.modules.text(&file).cloned().or_else(on_disk) else {
            return Ok(serde_json::Value::Null);
        };
        let offset = text.offset(position);
        let closed = self.specs_above(&file);
        let origin = self.documents.values().chain(&closed).find_map(|document| {
            let (project, spec) = (document.sound(), document.text());
            let table = origin(project, &file, &text, offset)?;
            let range = spec.range(&place_of(project, spec.as_str(), &table));
            Some(Location::new(document.uri().clone(), range))
        });
        written(origin)
    }

    /// Opens the specs above a file that are not open, as they are on disk, for this request.
    fn specs_above(&self, file: &Utf8Path) -> Vec<OpenSpec> {
        let closed = file.ancestors().skip(1).take(DEEPEST).map(|dir| dir.join(SPEC_FILE));
        let closed = closed.filter(|path| self.workspace.allows(path)).filter_map(|path| {
            let uri = uri_of(&path).filter(|uri| !self.documents.contains_key(uri.as_str()))?;
            Some(OpenSpec::new(uri, 0, read_text(&path)?, self.workspace))
        });
        closed.collect()
    }

    /// Answers a request about a position in a document; null in a comment.
    fn at_cursor<P: DeserializeOwned, R: Serialize>(
        &mut self,
        request: Request,
        position: impl Fn(&P) -> &TextDocumentPositionParams,
        answer: impl FnOnce(&OpenSpec, usize, cursor::Cursor) -> R,
    ) -> Result<serde_json::Value, Refusal> {
        self.of_document(
            request,
            |params| &position(params).text_document.uri,
            |document, params| {
                let offset = document.text().offset(position(params).position);
                let cursor = cursor::at(document.text().as_str(), offset)?;
                Some(answer(document, offset, cursor))
            },
        )
    }
}

/// Text of a file on disk.
fn read_text(file: &Utf8Path) -> Option<String> {
    String::from_utf8(bounded::file(file, MAX_BYTES).ok()?).ok()
}

fn read<P: DeserializeOwned>(params: serde_json::Value) -> Result<P, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal(ErrorCode::InvalidParams, error.to_string()))
}

fn written(result: impl Serialize) -> Result<serde_json::Value, Refusal> {
    serde_json::to_value(result).map_err(|error| Refusal(ErrorCode::InternalError, error.to_string()))
}
