import { commands, Disposable, ExtensionContext, languages, Uri, ViewColumn, window, workspace } from "vscode";
import { DefinitionRequest, LanguageClient, Middleware } from "vscode-languageclient/node";
import { findBinary } from "./binary";
import { ModuleFiles } from "./module-files";

/** Document that a command of the server answers with. */
interface CommandDocument {
  title: string;
  languageId: string;
  text: string;
  /** True if a build would write files, and nothing stops it. */
  canBuild: boolean;
}

let client: LanguageClient | undefined;
const moduleFiles = new ModuleFiles(() => client);

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
        await offerBuild(uri, shown);
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
async function offerBuild(uri: string, shown: CommandDocument): Promise<void> {
  if (!shown.canBuild) {
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
    moduleFiles.openAll(workspace.textDocuments);
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

/** Tells the server of XML files as they are opened, changed and closed. */
function listen(): Disposable[] {
  return [
    workspace.onDidOpenTextDocument((document) => moduleFiles.opened(document)),
    workspace.onDidChangeTextDocument(({ document }) => moduleFiles.changed(document)),
    workspace.onDidCloseTextDocument((document) => moduleFiles.closed(document)),
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
  context.subscriptions.push(definitions(), ...listen());
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}
