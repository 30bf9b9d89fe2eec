import assert from "node:assert";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";

const manifest = JSON.parse(readFileSync(path.join(__dirname, "../../package.json"), "utf8"));

test("each file of a module that is checked starts the extension", () => {
  const files = ["integration.xml", "integration/api.xml", "acl.xml", "webapi.xml", "adminhtml/system.xml", "adminhtml/menu.xml"];
  const events: string[] = manifest.activationEvents;
  for (const file of files) {
    assert.ok(events.includes(`workspaceContains:**/etc/${file}`), file);
  }
});

test("each command of the server is in the palette", () => {
  const commands = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  assert.deepEqual(commands, ["magespec.build", "magespec.diff", "magespec.plan", "magespec.restart"]);
});
