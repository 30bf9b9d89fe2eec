import {
  commands,
  Disposable,
  ExtensionContext,
  languages,
  ShellExecution,
  ShellQuoting,
  Task,
  tasks,
  TaskScope,
  Uri,
  window,
  workspace,
} from "vscode";
import { DefinitionRequest, LanguageClient, Middleware, State } from "vscode-languageclient/node";
import { Answer, Answers } from "./answers";
import { findBinary } from "./binary";
import { launch, obstacle } from "./launch";
import { ModuleFiles } from "./module-files";

let client: LanguageClient | undefined;
const answers = new Answers();
const moduleFiles = new ModuleFiles(() => client);

const middleware: Middleware = {
  // The lens names the spec; the command palette means the one in the editor.
  executeCommand: async (command, given, next) => {
    const active = window.activeTextEditor?.document.uri;
    const uri: unknown = given[0] ?? (active && Answers.spec(active));
    if (typeof uri !== "string") {
      void window.showErrorMessage("magespec: open an integration.toml first");
      return;
    }
    try {
      const shown = (await next(command, [uri])) as Answer | undefined;
      if (shown) {
        await answers.show(uri, shown);
        await offerBuild(uri, shown);
      }
    } catch (error) {
      void window.showErrorMessage(`magespec: ${error instanceof Error ? error.message : String(error)}`);
    }
  },
};

/** The server writes nothing: the build runs as a task, whose terminal stays open for its output to be read. */
async function offerBuild(uri: string, shown: Answer): Promise<void> {
  if (!shown.canBuild) {
    return;
  }
  const build = "Build in a terminal";
  if ((await window.showInformationMessage("magespec: no files are written yet", build)) !== build) {
    return;
  }
  const file = Uri.parse(uri);
  await workspace.openTextDocument(file).then((document) => document.save());
  const quoted = (value: string) => ({ value, quoting: ShellQuoting.Strong });
  const run = new ShellExecution(quoted(binary()), ["build", quoted(file.fsPath)]);
  await tasks.executeTask(new Task({ type: "shell" }, TaskScope.Workspace, "build", "magespec", run));
}

function binary(): string {
  const setting = workspace.getConfiguration("magespec").get("path", "");
  return findBinary(setting, (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath));
}

async function start(): Promise<void> {
  const found = binary();
  const why = await obstacle(found);
  if (why !== undefined) {
    void explain(found, why);
    return;
  }
  client = new LanguageClient(
    "magespec",
    "magespec",
    { ...launch(found), args: ["lsp"] },
    {
      documentSelector: [{ scheme: "file", pattern: "**/integration.toml" }],
      synchronize: { fileEvents: workspace.createFileSystemWatcher("**/{integration.toml,integration.lock,*.catalog}") },
      middleware,
    },
  );
  const started = client;
  started.onDidChangeState(({ newState }) => {
    const running = newState === State.Running;
    void commands.executeCommand("setContext", "magespec.running", running);
    if (running) {
      // Also after a crash; the client's own documents it opens itself.
      void started.start().then(
        () => moduleFiles.openAll(workspace.textDocuments),
        () => undefined, // Told where the server is started.
      );
    }
  });
  try {
    await started.start();
  } catch (error) {
    void explain(found, error instanceof Error ? error.message : String(error));
  }
}

async function explain(found: string, why: string): Promise<void> {
  const settings = "Open the setting";
  const message = `magespec: cannot start ${found}: ${why}. Install magespec, or set "magespec.path".`;
  if ((await window.showErrorMessage(message, settings)) === settings) {
    await commands.executeCommand("workbench.action.openSettings", "magespec.path");
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
  // A setting that changes while the server starts has its turn afterwards.
  let turn = start();
  const restart = () => (turn = turn.then(stop).then(start));
  context.subscriptions.push(
    commands.registerCommand("magespec.restart", restart),
    workspace.registerTextDocumentContentProvider(Answers.scheme, answers),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("magespec.path")) {
        void restart();
      }
    }),
  );
  await turn;
  context.subscriptions.push(definitions(), ...listen());
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  await stopping?.dispose().catch(() => undefined);
}

export const deactivate = stop;
