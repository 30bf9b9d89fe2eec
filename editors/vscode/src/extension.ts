import { commands, Disposable, ExtensionContext, languages, TextDocument, Uri, ViewColumn, window, workspace } from "vscode";
import {
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  LanguageClient,
  Middleware,
} from "vscode-languageclient/node";
import { findBinary } from "./binary";

/** Document that a command of the server answers with. */
interface CommandDocument {
  title: string;
  languageId: string;
  text: string;
}

let client: LanguageClient | undefined;

const middleware: Middleware = {
  // The lens names the spec; the command palette means the one in the editor.
  executeCommand: async (command, given, next) => {
    const active = window.activeTextEditor?.document.uri;
    const uri: unknown = given[0] ?? active?.toString();
    if (typeof uri !== "string") {
      void window.showErrorMessage("magespec: open an integration.toml first");
      return;
    }
    try {
      const shown = (await next(command, [uri])) as CommandDocument | undefined;
      if (shown) {
        await show(shown);
        await offerBuild(command, uri, shown);
      }
    } catch (error) {
      void window.showErrorMessage(`magespec: ${error instanceof Error ? error.message : String(error)}`);
    }
  },
};

async function show(shown: CommandDocument): Promise<void> {
  const document = await workspace.openTextDocument({ language: shown.languageId, content: shown.text });
  await window.showTextDocument(document, { preview: true, viewColumn: ViewColumn.Beside });
}

/** The server writes nothing: the build runs in a terminal, where its output can be read. */
async function offerBuild(command: string, uri: string, shown: CommandDocument): Promise<void> {
  if (command !== "magespec.build" || !shown.text.includes("magespec build")) {
    return;
  }
  const build = "Build in a terminal";
  if ((await window.showInformationMessage("magespec: the build is not run yet", build)) !== build) {
    return;
  }
  const file = Uri.parse(uri);
  await workspace.openTextDocument(file).then((document) => document.save());
  window.createTerminal({ name: "magespec", shellPath: binary(), shellArgs: ["build", file.fsPath] }).show();
}

function binary(): string {
  const setting = workspace.getConfiguration("magespec").get("path", "");
  return findBinary(setting, (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath));
}

async function start(): Promise<void> {
  const command = binary();
  client = new LanguageClient(
    "magespec",
    "magespec",
    { command, args: ["lsp"] },
    {
      documentSelector: [{ scheme: "file", pattern: "**/integration.toml" }],
      synchronize: { fileEvents: workspace.createFileSystemWatcher("**/{integration.toml,integration.lock,*.catalog}") },
      middleware,
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(
      `magespec: cannot start \`${command}\`: ${why}. Install magespec, or set "magespec.path".`,
    );
  }
}

/** From a place in a generated file to the table of the spec that makes it. */
function definitions(): Disposable {
  const files = [
    { scheme: "file", pattern: "**/*.{xml,php}" },
    { scheme: "file", pattern: "**/composer.json" },
  ];
  return languages.registerDefinitionProvider(files, {
    provideDefinition: async (document, position, token) => {
      if (!client?.isRunning()) {
        return undefined;
      }
      const place = client.code2ProtocolConverter.asTextDocumentPositionParams(document, position);
      const found = await client.sendRequest(DefinitionRequest.type, place, token);
      return client.protocol2CodeConverter.asDefinitionResult(found, token);
    },
  });
}

/**
 * XML files of modules without a spec, which the server checks. They are not in the selector of the client: that would make
 * it a formatter of XML.
 */
function moduleFiles(): Disposable[] {
  const isOne = ({ uri }: TextDocument) => uri.scheme === "file" && /\/etc\/.*\.xml$/.test(uri.path);
  const send = (document: TextDocument, act: (client: LanguageClient) => Promise<void>) => {
    if (client?.isRunning() && isOne(document)) {
      void act(client);
    }
  };
  const identifier = (document: TextDocument) => ({ uri: document.uri.toString(), version: document.version });
  const opened = (document: TextDocument) =>
    send(document, (client) =>
      client.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { ...identifier(document), languageId: document.languageId, text: document.getText() },
      }),
    );
  workspace.textDocuments.forEach(opened);
  return [
    workspace.onDidOpenTextDocument(opened),
    workspace.onDidChangeTextDocument(({ document }) =>
      send(document, (client) =>
        client.sendNotification(DidChangeTextDocumentNotification.type, {
          textDocument: identifier(document),
          contentChanges: [{ text: document.getText() }],
        }),
      ),
    ),
    workspace.onDidCloseTextDocument((document) =>
      send(document, (client) =>
        client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: identifier(document) }),
      ),
    ),
  ];
}

export async function activate(context: ExtensionContext): Promise<void> {
  const restart = async () => {
    await client?.stop();
    await start();
  };
  context.subscriptions.push(
    commands.registerCommand("magespec.restart", restart),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("magespec.path")) {
        void restart();
      }
    }),
  );
  await start();
  context.subscriptions.push(definitions(), ...moduleFiles());
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}
