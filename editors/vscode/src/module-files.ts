/** Part of a document that the server needs. */
export interface OpenDocument {
  uri: { scheme: string; path: string; toString(): string };
  version: number;
  languageId: string;
  getText(): string;
}

/** Part of a client that sends to its server. */
export interface Sender {
  isRunning(): boolean;
  sendNotification(method: string, params: object): Promise<void>;
}

/**
 * XML files of modules without a spec, which the server checks. They are not in the selector of the client: that would make
 * it a formatter of XML.
 */
export class ModuleFiles {
  constructor(private readonly client: () => Sender | undefined) {}

  /** Opens all files in a server that has just started. */
  openAll(documents: readonly OpenDocument[]): void {
    documents.forEach((document) => this.opened(document));
  }

  opened(document: OpenDocument): void {
    const { languageId } = document;
    this.send(document, "didOpen", { textDocument: { ...identifier(document), languageId, text: document.getText() } });
  }

  changed(document: OpenDocument): void {
    const contentChanges = [{ text: document.getText() }];
    this.send(document, "didChange", { textDocument: identifier(document), contentChanges });
  }

  closed(document: OpenDocument): void {
    this.send(document, "didClose", { textDocument: identifier(document) });
  }

  private send({ uri }: OpenDocument, name: string, params: object): void {
    const client = this.client();
    if (client?.isRunning() && uri.scheme === "file" && /\/etc\/.*\.xml$/.test(uri.path)) {
      void client.sendNotification(`textDocument/${name}`, params);
    }
  }
}

function identifier({ uri, version }: OpenDocument) {
  return { uri: uri.toString(), version };
}
