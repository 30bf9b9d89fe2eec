// Makes the npm packages of a release from its archives: `node packaging/npm/pack.mjs ARCHIVES OUT [TARGET…]`, by default
// of all targets.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The package of each target, and the systems that npm installs it on. */
const PLATFORMS = {
  "aarch64-apple-darwin": { name: "darwin-arm64", os: ["darwin"], cpu: ["arm64"] },
  "aarch64-unknown-linux-gnu": { name: "linux-arm64", os: ["linux"], cpu: ["arm64"], libc: ["glibc"] },
  "aarch64-unknown-linux-musl": { name: "linux-arm64-musl", os: ["linux"], cpu: ["arm64"], libc: ["musl"] },
  "x86_64-apple-darwin": { name: "darwin-x64", os: ["darwin"], cpu: ["x64"] },
  "x86_64-pc-windows-msvc": { name: "win32-x64", os: ["win32"], cpu: ["x64", "arm64"] },
  "x86_64-unknown-linux-gnu": { name: "linux-x64", os: ["linux"], cpu: ["x64"], libc: ["glibc"] },
  "x86_64-unknown-linux-musl": { name: "linux-x64-musl", os: ["linux"], cpu: ["x64"], libc: ["musl"] },
};

function run(command, ...args) {
  return execFileSync(command, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

function crate() {
  const [found] = JSON.parse(run("cargo", "metadata", "--no-deps", "--format-version", "1")).packages;
  const { version, description, license, repository, keywords } = found;
  return { version, description, license, keywords, repository: { type: "git", url: `git+${repository}.git` } };
}

function unpack(archives, target, into) {
  const archive = join(archives, `magespec-${target}`);
  if (existsSync(`${archive}.tar.gz`)) {
    run("tar", "-xzf", `${archive}.tar.gz`, "-C", into, "--strip-components", "1");
  } else if (existsSync(`${archive}.zip`)) {
    run("unzip", "-q", `${archive}.zip`, "-d", into);
  } else {
    throw new Error(`${archives} has no archive of ${target}`);
  }
}

function pack(folder, out) {
  run("npm", "pack", "--silent", "--pack-destination", out, folder);
}

function write(folder, manifest) {
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) cpSync(join(root, name), join(folder, name));
}

const [archives, out, ...only] = process.argv.slice(2);
if (out === undefined) throw new Error("usage: node packaging/npm/pack.mjs ARCHIVES OUT [TARGET…]");
const targets = only.length > 0 ? only : Object.keys(PLATFORMS);
const common = crate();
const work = mkdtempSync(join(tmpdir(), "magespec-npm-"));
mkdirSync(resolve(out), { recursive: true });
try {
  const optionalDependencies = {};
  for (const target of targets) {
    const { name, ...systems } = PLATFORMS[target];
    const [folder, unpacked] = [join(work, name), join(work, `${name}-unpacked`)];
    for (const path of [join(folder, "bin"), unpacked]) mkdirSync(path, { recursive: true });
    unpack(resolve(archives), target, unpacked);
    const file = target.includes("windows") ? "magespec.exe" : "magespec";
    cpSync(join(unpacked, file), join(folder, "bin", file));
    chmodSync(join(folder, "bin", file), 0o755);
    const description = `The binary of magespec for ${target}`;
    write(folder, { name: `@magespec/${name}`, ...common, description, ...systems, preferUnplugged: true });
    pack(folder, resolve(out));
    optionalDependencies[`@magespec/${name}`] = common.version;
  }
  const folder = join(work, "magespec");
  mkdirSync(join(folder, "bin"), { recursive: true });
  cpSync(join(root, "packaging/npm/bin/magespec"), join(folder, "bin/magespec"));
  cpSync(join(root, "README.md"), join(folder, "README.md"));
  const bin = { magespec: "bin/magespec" };
  write(folder, { name: "magespec", ...common, bin, engines: { node: ">=18" }, optionalDependencies });
  pack(folder, resolve(out));
} finally {
  rmSync(work, { recursive: true });
}
