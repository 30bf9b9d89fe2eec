import assert from "node:assert";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { listFiles } from "@vscode/vsce";

const manifest = JSON.parse(readFileSync(path.join(__dirname, "../../package.json"), "utf8"));

test("what makes a directory a module starts the extension", () => {
  const find = readFileSync(path.join(__dirname, "../../../../src/module/find.rs"), "utf8");
  const declaring = /const DECLARING[^=]*=\s*\[([^\]]*)\]/.exec(find)?.[1].match(/[^"\s,]+\.xml/g) ?? [];
  assert.ok(declaring.length > 0);
  const files = ["integration.toml", "etc/module.xml", ...declaring];
  const events = files.map((file) => `workspaceContains:**/${file}`);
  assert.deepEqual([...manifest.activationEvents].sort(), events.sort());
});

test("what the manifest names is in the package", async () => {
  const files = (await listFiles({ cwd: path.join(__dirname, "../..") })).map((file) => path.normalize(file));
  const named = [manifest.main, ...manifest.contributes.languages.map((it: { configuration: string }) => it.configuration)];
  assert.equal(named.length, 2);
  assert.deepEqual(named.filter((file) => !files.includes(path.normalize(file))), []);
});

test("each command of the server is in the palette", () => {
  const commands = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  assert.deepEqual(commands, ["magespec.build", "magespec.diff", "magespec.plan", "magespec.restart"]);
});
