import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

const hosts = fileURLToPath(new URL("../../hosts", import.meta.url));
const LIMIT_MS = 240_000;

const lacks =
  spawnSync("ansible-lint", ["--version"]).status === 0
    ? ""
    : "it needs ansible-lint (apt-get install ansible-lint)";
beforeEach((context) => context.skip(lacks !== "", lacks));

it("leaves ansible-lint nothing to find, at its strictest", { timeout: LIMIT_MS }, async () => {
  const folder = await temporaryFolder();
  try {
    const file = join(folder.path, "lab.yaml");
    await writeFile(
      file,
      "service: { name: engine, start: [node] }\ntarget: { kind: hosts, hosts: [{ name: a }], edges: [{ name: b }] }\n",
    );
    const arguments_ = ["--offline", "--nocolor", "--profile", "production", "site.yml", "roles"];
    const { status, stdout, stderr } = spawnSync("ansible-lint", arguments_, {
      cwd: hosts,
      encoding: "utf8",
      env: {
        ...process.env,
        SLUICE_ENVIRONMENT: file,
        XDG_CACHE_HOME: folder.path,
        HOME: folder.path,
      },
    });
    expect(status, `${stdout}${stderr}`).toBe(0);
  } finally {
    await folder.remove();
  }
});
