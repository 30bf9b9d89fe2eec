"""A session of another project's client with the language server: pytest-lsp, as the editor whose name is given."""

import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

SPEC = """[module]
name = "Acme_Erp"
description = "Lets the ERP read orders"
version = "1.0.0"
license = "proprietary"

[target]
magento = "2.4.7"

[[integration]]
name = "Acme ERP"
email = "erp@acme.com"
resources = ["Magento_Sales::actions_view", "Magento_Log::online"]
"""


@pytest_lsp.fixture(
    params=["visual-studio-code", "neovim", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["MAGESPEC"], "lsp"]),
)
async def client(lsp_client: LanguageClient, request, tmp_path: pathlib.Path):
    lsp_client.folder = tmp_path.as_uri()
    lsp_client.watched = []

    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams):
        lsp_client.watched += [registration.method for registration in params.registrations]

    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities(request.param),
            workspace_folders=[types.WorkspaceFolder(uri=lsp_client.folder, name="module")],
        )
    )
    yield
    await lsp_client.shutdown_session()


def at(text: str, written: str) -> types.Position:
    before = text[: text.index(written) + len(written)]
    return types.Position(line=before.count("\n"), character=len(before) - before.rfind("\n") - 1)


@pytest.mark.asyncio
async def test_a_session(client: LanguageClient):
    uri = f"{client.folder}/integration.toml"
    document = types.TextDocumentIdentifier(uri=uri)
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(
            text_document=types.TextDocumentItem(uri=uri, language_id="toml", version=1, text=SPEC)
        )
    )
    await client.wait_for_notification("textDocument/publishDiagnostics")
    assert "unknown-resource" in [found.code for found in client.diagnostics[uri]]

    online = at(SPEC, "Magento_Log::on")
    hover = await client.text_document_hover_async(
        types.HoverParams(text_document=document, position=at(SPEC, "Magento_Sales::act"))
    )
    assert "Sales > Operations > Orders > Actions > View" in hover.contents.value

    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=document,
            range=types.Range(start=online, end=online),
            context=types.CodeActionContext(diagnostics=[]),
        )
    )
    assert 'Replace with "Magento_Customer::online"' in [action.title for action in actions]

    change = types.TextDocumentContentChangePartial(
        range=types.Range(start=at(SPEC, 'view", "'), end=at(SPEC, "Magento_Log::online")), text="view order"
    )
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=2), content_changes=[change]
        )
    )
    changed = SPEC.replace("Magento_Log::online", "view order")
    completed = await client.text_document_completion_async(
        types.CompletionParams(text_document=document, position=at(changed, "view order"))
    )
    # What is in the list already is not proposed.
    assert completed.items[0].label == "Magento_Sales::review_payment"
    resolved = await client.completion_item_resolve_async(completed.items[0])
    documentation = resolved.documentation
    assert getattr(documentation, "value", documentation)

    symbols = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(text_document=document)
    )
    assert [symbol.name for symbol in symbols] == ["Acme_Erp", "target", "Acme ERP"]
    edits = await client.text_document_formatting_async(
        types.DocumentFormattingParams(
            text_document=document, options=types.FormattingOptions(tab_size=2, insert_spaces=True)
        )
    )
    assert not edits
