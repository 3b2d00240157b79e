import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSums } from "../../scripts/pin-releases/pin.ts";
import { RECIPES } from "../../scripts/pin-releases/recipe.ts";
import { sha256 } from "../lib/tools/archives.ts";
import { Mirror } from "../lib/tools/mirror.ts";
import { Machine } from "../lib/tools/widget.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = join(import.meta.dirname, "..", "..");
const committed = JSON.parse(readFileSync(join(root, "tools", "releases.json"), "utf8"));

/** Stands in for cosign: notes what it is asked, and is content or not. */
const PLAYED_COSIGN = `#!/bin/sh
[ "$1" = version ] && { echo 'GitVersion:    v3.1.2'; exit 0; }
echo "$@" >> "$PLAYED_COSIGN_CALLS"
[ -z "$PLAYED_COSIGN_REFUSES" ] && exit 0
echo "none of the expected identities matched" >&2
exit 1
`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let machine: Machine;
let mirror: Mirror;
let table: string;
let calls: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  machine = new Machine(folder.path);
  machine.install("cosign", PLAYED_COSIGN);
  calls = join(folder.path, "cosign-calls");
  table = join(folder.path, "releases.json");
  writeFileSync(table, JSON.stringify(committed));
  mirror = new Mirror();
  await mirror.open();
});
afterEach(async () => {
  await mirror.close();
  await folder.remove();
});

/** Publishes these files, each under the last part of its path. */
function publish(files: Record<string, string>): void {
  mirror.answers((request, response) => {
    const body = files[(request.url ?? "").split("/").at(-1) ?? ""];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
}

async function pin(args: string[], env: NodeJS.ProcessEnv = {}) {
  const all = { ...machine.env, SLUICE_TOOL_MIRROR: mirror.url, PLAYED_COSIGN_CALLS: calls };
  const program = [join(root, "scripts", "pin-releases.ts"), ...args, table];
  return promisify(execFile)(process.execPath, program, { env: { ...all, ...env } }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: "" }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

const pinned = () => JSON.parse(readFileSync(table, "utf8"));
const sumsOf = (tool: string, version: string, content: (file: string) => string) =>
  Object.values(RECIPES[tool]?.assets ?? {})
    .map((named) => named(version).file)
    .map((file) => `${sha256(content(file))}  ${file}\n`)
    .join("");

describe("pinning another release", () => {
  it("takes the publisher's sums when its signature is right, and leaves the other tools", async () => {
    const sums = sumsOf("trivy", "9.9.9", (file) => file);
    publish({ "trivy_9.9.9_checksums.txt": sums, "trivy_9.9.9_checksums.txt.sigstore.json": "{}" });
    expect((await pin(["trivy", "9.9.9"])).stdout).toContain(
      "trivy 9.9.9: pinned for linux-x64, linux-arm64, darwin-x64, darwin-arm64",
    );
    const { trivy, ...others } = pinned();
    expect(trivy.assets["darwin-arm64"]).toEqual({
      url: "https://github.com/aquasecurity/trivy/releases/download/v9.9.9/trivy_9.9.9_macOS-ARM64.tar.gz",
      sha256: sha256("trivy_9.9.9_macOS-ARM64.tar.gz"),
      program: "trivy",
    });
    const { trivy: _trivy, ...before } = committed;
    expect(others).toEqual(before);
    expect(readFileSync(calls, "utf8")).toMatch(
      /^verify-blob .*reusable-release\.yaml@refs\/tags\/v9\.9\.9 --certificate-oidc-issuer https:\/\/token/,
    );
  });

  it("changes nothing when the signature is another's", async () => {
    const sums = sumsOf("cosign", "9.9.9", (file) => file);
    publish({ "cosign_checksums.txt": sums, "cosign_checksums.txt.sigstore.json": "{}" });
    const ended = await pin(["cosign", "9.9.9"], { PLAYED_COSIGN_REFUSES: "yes" });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("none of the expected identities matched");
    expect(pinned()).toEqual(committed);
  });

  it("changes nothing when a signature that there should be is missing", async () => {
    publish({ "cosign_checksums.txt": sumsOf("cosign", "9.9.9", (file) => file) });
    const ended = await pin(["cosign", "9.9.9"]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("cosign_checksums.txt.sigstore.json: answered 404");
    expect(pinned()).toEqual(committed);
  });

  it("leaves out what is not published", async () => {
    const sums = sumsOf("k6", "9.9.9", (file) => file).replace(/^.*macos.*\n/gm, "");
    publish({ "k6-v9.9.9-checksums.txt": sums });
    const { stdout } = await pin(["k6", "9.9.9"]);
    expect(stdout).toContain(
      "k6-v9.9.9-macos-arm64.zip is not published; darwin-arm64 is left out",
    );
    expect(stdout).toContain("its publisher signs no sums");
    expect(Object.keys(pinned().k6.assets)).toEqual(["linux-x64", "linux-arm64"]);
  });

  it("finds out, when asked to, that a file is not what its sum says", async () => {
    const names = Object.values(RECIPES.actionlint?.assets ?? {}).map(
      (named) => named("9.9.9").file,
    );
    const files = Object.fromEntries(names.map((name) => [name, name]));
    const sums = sumsOf("actionlint", "9.9.9", (file) => file);
    publish({ ...files, "actionlint_9.9.9_checksums.txt": sums });
    expect((await pin(["actionlint", "9.9.9", "--check-bytes"])).code).toBe(0);
    writeFileSync(table, JSON.stringify(committed));
    const altered = { ...files, [names[1] ?? ""]: "altered" };
    publish({ ...altered, "actionlint_9.9.9_checksums.txt": sums });
    const ended = await pin(["actionlint", "9.9.9", "--check-bytes"]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(sha256("altered"));
    expect(pinned()).toEqual(committed);
  });

  it("refuses what it has no recipe for", async () => {
    expect((await pin(["k7", "1.0.0"])).stderr).toContain("actionlint, cosign, k6, trivy");
    expect((await pin(["k6", "latest"])).code).toBe(1);
  });
});

describe("the recipes", () => {
  it.each(Object.keys(RECIPES))("give what is pinned of %s", (tool) => {
    const { version, assets } = committed[tool];
    for (const [platform, named] of Object.entries(RECIPES[tool]?.assets ?? {})) {
      const { file, program } = named(version);
      expect(assets[platform].url.endsWith(`/${file}`)).toBe(true);
      expect(assets[platform].program).toBe(program);
    }
  });
});

it("sums are read in the forms that sha256sum writes", () => {
  const sum = "A".repeat(64);
  const text = `${sum}  one.tar.gz\r\n${sum} *two.zip\nnot a sum  three\n`;
  expect([...readSums(text)]).toEqual([
    ["one.tar.gz", sum.toLowerCase()],
    ["two.zip", sum.toLowerCase()],
  ]);
});
