import assert from "node:assert";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { launch, obstacle } from "../src/launch";

test("a batch file starts in a shell, on Windows only", () => {
  const batch = "C:\\my shop\\vendor\\bin\\magespec.bat";
  assert.deepEqual(launch(batch, "win32"), { command: `"${batch}"`, options: { shell: true } });
  const program = "C:\\tools\\magespec.exe";
  assert.deepEqual(launch(program, "win32"), { command: program, options: { shell: false } });
  assert.deepEqual(launch("/shop/a.bat", "linux"), { command: "/shop/a.bat", options: { shell: false } });
});

test("what does not run is explained in its own words", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "magespec-"));
  const script = path.join(folder, "magespec");
  assert.equal(await obstacle(script), "there is no such program");
  writeFileSync(script, "#!/bin/sh\necho 'magespec: no release for this machine' >&2\nexit 1\n");
  assert.match((await obstacle(script)) ?? "", /EACCES/);
  chmodSync(script, 0o755);
  assert.equal(await obstacle(script), "magespec: no release for this machine");
  assert.equal(await obstacle(process.execPath), undefined);
  writeFileSync(script, "#!/bin/sh\nexec sleep 60\n");
  assert.equal(await obstacle(script, 200), "it did not answer --version within 200 ms");
  rmSync(folder, { recursive: true });
});
