import assert from "node:assert";
import { test } from "node:test";
import { ModuleFiles, OpenDocument } from "../src/module-files";

/** Document of an editor. */
function document(path: string, text: string): OpenDocument {
  const uri = { scheme: "file", path, toString: () => `file://${path}` };
  return { uri, version: 1, languageId: "xml", getText: () => text };
}

/** Server that writes down what it is sent. */
function server() {
  const sent: string[] = [];
  return {
    sent,
    isRunning: () => true,
    sendNotification: async (method: string, params: { textDocument: { uri: string } }) => {
      sent.push(`${method} ${params.textDocument.uri}`);
    },
  };
}

test("each server that starts gets the files that are open", () => {
  const acl = document("/shop/etc/acl.xml", "<config/>");
  const others = [document("/shop/integration.toml", ""), document("/shop/view/etc.xml.bak", "")];
  const [first, second] = [server(), server()];
  let running = first;
  const files = new ModuleFiles(() => running);
  files.openAll([acl, ...others]);
  files.changed(acl);
  running = second;
  files.openAll([acl, ...others]);
  files.changed(acl);
  files.closed(acl);
  const uri = "file:///shop/etc/acl.xml";
  assert.deepEqual(first.sent, [`textDocument/didOpen ${uri}`, `textDocument/didChange ${uri}`]);
  assert.deepEqual(second.sent, [...first.sent, `textDocument/didClose ${uri}`]);
});

test("nothing is sent without a server", () => {
  const files = new ModuleFiles(() => undefined);
  files.openAll([document("/shop/etc/acl.xml", "")]);
  files.closed(document("/shop/etc/acl.xml", ""));
});
