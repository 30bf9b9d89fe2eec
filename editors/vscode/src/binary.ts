import { existsSync } from "node:fs";
import * as path from "node:path";

/** Finds the binary: the one of the setting, that of Composer in a workspace folder, or the one on the PATH. */
export function findBinary(
  setting: string,
  folders: readonly string[],
  isThere: (file: string) => boolean = existsSync,
  platform: NodeJS.Platform = process.platform,
): string {
  const configured = setting.trim();
  if (configured !== "") {
    // A name without a directory is looked for on the PATH.
    const isName = !configured.includes("/") && !configured.includes("\\");
    const [folder] = folders;
    return isName || path.isAbsolute(configured) || folder === undefined ? configured : path.join(folder, configured);
  }
  const name = platform === "win32" ? "magespec.bat" : "magespec";
  const ofComposer = folders.map((folder) => path.join(folder, "vendor", "bin", name));
  return ofComposer.find(isThere) ?? "magespec";
}
