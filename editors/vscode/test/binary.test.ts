import assert from "node:assert";
import * as path from "node:path";
import { test } from "node:test";
import { findBinary } from "../src/binary";

const composer = path.join("/shop", "vendor", "bin", "magespec");

test("the setting comes first", () => {
  assert.equal(findBinary("/opt/magespec", ["/shop"], () => true, "linux"), "/opt/magespec");
  assert.equal(findBinary("tools/magespec", ["/shop"], () => true, "linux"), path.join("/shop", "tools/magespec"));
  assert.equal(findBinary("magespec-next", ["/shop"], () => true, "linux"), "magespec-next");
});

test("Composer's binary comes before the PATH", () => {
  assert.equal(findBinary(" ", ["/other", "/shop"], (file) => file === composer, "linux"), composer);
  assert.equal(findBinary("", ["/shop"], () => false, "linux"), "magespec");
  assert.equal(findBinary("", ["/shop"], () => true, "win32"), `${composer}.bat`);
  assert.equal(findBinary("", [], () => true, "linux"), "magespec");
});
