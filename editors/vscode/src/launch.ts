import { execFile } from "node:child_process";

/** Process to start, in a shell or not. */
export interface Launch {
  command: string;
  options: { shell: boolean };
}

/** Describes how to start a binary. Node starts a batch file, such as Composer's on Windows, in a shell only. */
export function launch(binary: string, platform: NodeJS.Platform = process.platform): Launch {
  const shell = platform === "win32" && /\.(bat|cmd)$/i.test(binary);
  return { command: shell ? `"${binary}"` : binary, options: { shell } };
}

/** Tells why a binary does not run; undefined if it does. It has some milliseconds to answer. */
export function obstacle(binary: string, patience = 10_000): Promise<string | undefined> {
  const { command, options } = launch(binary);
  return new Promise((resolve) => {
    execFile(command, ["--version"], { ...options, timeout: patience }, (error, _, stderr) => {
      const missing = error?.code === "ENOENT" ? "there is no such program" : undefined;
      const late = error?.killed ? `it did not answer --version within ${patience} ms` : undefined;
      resolve(missing ?? late ?? (error ? stderr.trim() || error.message : undefined));
    });
  });
}
