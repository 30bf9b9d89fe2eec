import { commands, ExtensionContext, Uri, ViewColumn, window, workspace } from "vscode";
import { LanguageClient, Middleware } from "vscode-languageclient/node";
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
      // TOML has no language of its own in VS Code without another extension: files are known by their names. In
      // generated files, "go to definition" leads to the spec.
      documentSelector: [
        { scheme: "file", pattern: "**/integration.toml" },
        { scheme: "untitled", language: "toml" },
      ],
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
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}
