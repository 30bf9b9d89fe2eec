//! Requests about documents, each with the function that answers it.

use std::collections::BTreeMap;

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::{
    CodeActionParams, CompletionParams, DocumentFormattingParams, DocumentRangeFormattingParams,
    DocumentSymbolParams, DocumentSymbolResponse, FoldingRangeParams, HoverParams, InlayHintParams,
    TextDocumentPositionParams, Uri,
    request::{self, Request as _},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    actions::actions,
    completion::complete,
    cursor,
    documents::OpenSpec,
    hover::hover,
    layout::{foldings, format_edits, format_range_edits, hints, symbols},
};
use crate::project::CatalogStore;

/// Documents that requests are about.
pub(super) struct Requests<'a> {
    /// Open specs, by URI.
    pub(super) documents: &'a mut BTreeMap<String, OpenSpec>,
    pub(super) catalogs: &'a CatalogStore,
}

/// Reason why a request has no result.
struct Refusal(ErrorCode, String);

impl Requests<'_> {
    /// Answers a request.
    pub(super) fn answer(&mut self, request: Request) -> Response {
        let id = request.id.clone();
        let result = match request.method.as_str() {
            request::Completion::METHOD => self.at_cursor(
                request,
                |params: &CompletionParams| &params.text_document_position,
                |document, offset, cursor| complete(document.sound(), document.text(), offset, &cursor),
            ),
            request::HoverRequest::METHOD => self.at_cursor(
                request,
                |params: &HoverParams| &params.text_document_position_params,
                |document, _, cursor| hover(document.sound(), document.text(), &cursor),
            ),
            request::CodeActionRequest::METHOD => self.of_document(
                request,
                |params: &CodeActionParams| &params.text_document.uri,
                |document, params| {
                    actions(document.uri(), document.text(), &document.latest().report, params.range)
                },
            ),
            request::DocumentSymbolRequest::METHOD => self.of_document(
                request,
                |params: &DocumentSymbolParams| &params.text_document.uri,
                |document, _| DocumentSymbolResponse::Nested(symbols(document.latest(), document.text())),
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
                |document, params| hints(document.latest(), document.text(), params.range),
            ),
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
        let params: P = serde_json::from_value(request.params)
            .map_err(|error| Refusal(ErrorCode::InvalidParams, error.to_string()))?;
        let key = uri(&params).as_str().to_owned();
        let Some(document) = self.documents.get_mut(&key) else { return Ok(serde_json::Value::Null) };
        document.check(self.catalogs);
        let result = serde_json::to_value(answer(document, &params));
        result.map_err(|error| Refusal(ErrorCode::InternalError, error.to_string()))
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
