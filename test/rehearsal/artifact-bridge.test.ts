import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unzip } from "../../rehearsal/service/zip-reader.ts";
import { zipFolder } from "../../rehearsal/service/zip-writer.ts";
import { type Files, folder, runWorkflow, write } from "./rehearsed.ts";

const PYTHON = hasPython();

function hasPython(): boolean {
  try {
    execFileSync("python3", ["-c", "import zipfile"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** An action that speaks the artifact protocol itself, as GitHub's toolkit does. */
const PROTOCOL: Files = {
  "put/action.yml": "name: put\nruns: { using: node24, main: main.mjs }\n",
  "put/main.mjs": `
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
const call = async (method, body) => {
  const answer = await fetch(process.env.ACTIONS_RESULTS_URL + "twirp/github.actions.results.api.v1.ArtifactService/" + method, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return [answer.status, await answer.json()];
};
execFileSync("python3", ["-c", "import zipfile; z = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED); z.writestr('deep/one.txt', 'one' * 1000); z.writestr('empty.txt', '')"]);
const [, made] = await call("CreateArtifact", { name: "real" });
await fetch(made.signed_upload_url, { method: "PUT", body: readFileSync("a.zip") });
await call("FinalizeArtifact", { name: "real", hash: "sha256:00" });
console.log("again", (await call("CreateArtifact", { name: "stand-in" }))[0]);
`,
  "get/action.yml": "name: get\nruns: { using: node24, main: main.mjs }\n",
  "get/main.mjs": `
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
const call = async (method, body) => (await fetch(process.env.ACTIONS_RESULTS_URL + "twirp/github.actions.results.api.v1.ArtifactService/" + method, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json();
console.log("there", (await call("ListArtifacts", {})).artifacts.map(({ name }) => name).sort().join());
const { signed_url } = await call("GetSignedArtifactURL", { name: "stand-in" });
writeFileSync("b.zip", Buffer.from(await (await fetch(signed_url)).arrayBuffer()));
console.log(execFileSync("python3", ["-c", "import zipfile; z = zipfile.ZipFile('b.zip'); print(z.testzip(), sorted(z.namelist()), z.read('deep/two.txt').decode())"]).toString().trim());
`,
};

describe("artifacts", () => {
  it.runIf(PYTHON)("are the same for stand-ins and for who speaks GitHub's protocol", async () => {
    const { result, printed } = await runWorkflow(
      `
on: push
jobs:
  put:
    runs-on: x
    steps:
      - run: mkdir -p out/deep && echo two > out/deep/two.txt && echo > out/three.txt
      - { uses: actions/upload-artifact@v4, with: { name: stand-in, path: out } }
      - uses: $/put
  get:
    needs: put
    runs-on: x
    steps:
      - { uses: actions/download-artifact@v4, with: { name: real, path: real } }
      - run: wc -c < real/deep/one.txt | tr -d ' ' && [ -f real/empty.txt ] && echo has empty
      - uses: $/get
`,
      { files: PROTOCOL },
    );
    expect(result.conclusion, printed("get").join("\n")).toBe("success");
    expect(printed("put").at(-1)).toBe("again 409");
    expect(printed("get")).toEqual([
      "3000",
      "has empty",
      "there real,stand-in",
      "None ['deep/two.txt', 'three.txt'] two",
    ]);
  });

  it("come out of an archive as they went in, whatever their names and bytes", async () => {
    const name = fc
      .stringMatching(/^[a-zA-Zäß0-9 ._-]{1,12}$/)
      .filter((text) => !/^[. ]+$|[. ]$/.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, fc.uint8Array({ maxLength: 3000 }), { maxKeys: 6 }),
        async (files) => {
          const root = folder({});
          const [from, to] = [join(root, "from"), join(root, "to")];
          mkdirSync(join(from, "d"), { recursive: true });
          mkdirSync(to);
          for (const [path, bytes] of Object.entries(files))
            write(join(from, "d"), { [path]: Buffer.from(bytes).toString("latin1") });
          await zipFolder(from, join(root, "a.zip"));
          await unzip(join(root, "a.zip"), to);
          for (const path of Object.keys(files)) {
            expect(readFileSync(join(to, "d", path))).toEqual(readFileSync(join(from, "d", path)));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it.runIf(PYTHON)("never leave their folder", async () => {
    const root = folder({});
    const script =
      "import zipfile; z = zipfile.ZipFile('a.zip', 'w'); z.writestr('../outside.txt', 'x')";
    execFileSync("python3", ["-c", script], { cwd: root });
    await expect(unzip(join(root, "a.zip"), join(root, "to"))).rejects.toThrow(
      "would land outside",
    );
  });
});
