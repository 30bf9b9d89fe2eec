import { EventEmitter, languages, TextDocumentContentProvider, Uri, ViewColumn, window, workspace } from "vscode";

/** Document that a command of the server answers with. */
export interface Answer {
  title: string;
  languageId: string;
  text: string;
  /** True if a build would write files, and nothing stops it. */
  canBuild: boolean;
}

/** Shows answers beside their spec: read-only, each in the place of the last one. */
export class Answers implements TextDocumentContentProvider {
  static readonly scheme = "magespec";

  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, string>();

  /** Tells the spec that a document belongs to: its own, or that of the answer that it shows. */
  static spec(document: Uri): string {
    return document.scheme === Answers.scheme ? document.query : document.toString();
  }

  provideTextDocumentContent(uri: Uri): string | undefined {
    return this.texts.get(uri.toString());
  }

  async show(spec: string, { title, languageId, text }: Answer): Promise<void> {
    const uri = Uri.from({ scheme: Answers.scheme, path: `/${title}`, query: spec });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    const document = await languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), languageId);
    const last = window.visibleTextEditors.find((editor) => editor.document.uri.scheme === Answers.scheme);
    await window.showTextDocument(document, { preview: true, viewColumn: last?.viewColumn ?? ViewColumn.Beside });
  }
}
