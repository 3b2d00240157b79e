import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../../lib/evidence/canonical.ts";
import { Record } from "../../../lib/evidence/record.ts";
import { releaseOf } from "../../lib/evidence/releases.ts";
import { type ActionResult, runAction } from "../../support/action-process.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const RELEASE = releaseOf("1.2.0", "rolled-back");
const COMMIT = RELEASE.commit;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await folder.remove();
});

const NEEDS = {
  build: {
    result: "success",
    outputs: {
      gate: JSON.stringify(RELEASE.gates[0]),
      candidate: JSON.stringify({
        name: "engine",
        version: "1.2.0",
        commit: COMMIT,
        artifacts: [{ kind: "archive", uri: "engine.tar.gz", digest: RELEASE.digest, size: 1 }],
      }),
    },
  },
  cd: {
    result: "failure",
    outputs: {
      "gate-promote": JSON.stringify(RELEASE.gates[1]),
      outcome: "rolled-back",
      rollout: JSON.stringify(RELEASE.rollout),
    },
  },
};

async function report(
  inputs: { [name: string]: string } = {},
  env: { [name: string]: string } = {},
): Promise<ActionResult> {
  return runAction("report", {
    workspace: folder.path,
    inputs: { needs: JSON.stringify(NEEDS), version: "v1.2.0", commit: COMMIT, ...inputs },
    env,
  });
}

function recordAt(path: string) {
  return Record.parse(JSON.parse(readFileSync(join(folder.path, path), "utf8")));
}

/** A webhook that keeps what it is told. */
async function webhook(status = 200) {
  const told: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      told.push(`${request.url} ${body}`);
      response.writeHead(status, { location: "/elsewhere" }).end("ok");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    told,
    url: `http://127.0.0.1:${port}/services/T0/secret-path`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

describe("a report on a release that was rolled back", () => {
  it("exits with 0, for it is its job to tell, and tells it everywhere", async () => {
    const result = await report({ traffic: '{"requests": 12000, "failed": 19, "lost": 0}' });
    expect(result.code, result.log).toBe(0);
    expect(result.outputs).toMatchObject({
      outcome: "rolled-back",
      record: "record.json",
      page: "report.html",
    });
    expect(recordAt("record.json").releases).toEqual([
      { ...RELEASE, traffic: { requests: 12_000, failed: 19, lost: 0 } },
    ]);
    expect(result.summary).toContain("## ↩ 1.2.0 rolled back");
    expect(result.log).toContain("canary-promote failed: the candidate failed more often");
    expect(readFileSync(join(folder.path, "report.html"), "utf8")).toContain("rolled back");
  });

  it("puts out the digest of the record's bytes", async () => {
    const { outputs } = await report({ record: "out/deep/record.json" });
    const text = readFileSync(join(folder.path, "out/deep/record.json"), "utf8");
    expect(outputs["record-digest"]).toBe(digestOf(text));
  });

  it("takes traffic and timeline from the trace", async () => {
    await mkdir(join(folder.path, "trace"));
    const t = Date.parse("2026-11-21T02:00:00.000Z") / 1_000;
    const lines = [0, 1, 2, 3].map((second) => ({
      t: t + second,
      weight: 0.1,
      candidate: { requests: 20 * second, errors: second },
      baseline: { requests: 500 + 180 * second, errors: 0 },
    }));
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    await writeFile(join(folder.path, "trace/t.jsonl"), text);
    const result = await report({ trace: "trace/t.jsonl", title: "Release <1.2.0>" });
    expect(result.code, result.log).toBe(0);
    expect(recordAt("record.json").releases[0]?.traffic).toEqual({
      requests: 600,
      failed: 3,
      lost: null,
    });
    const page = readFileSync(join(folder.path, "report.html"), "utf8");
    expect(page).toContain("Release &lt;1.2.0&gt;");
    expect(page).toContain('id="chart-data"');
    expect(result.summary).toContain("evidence of worse");
  });

  it("goes on without a trace, and without one that cannot be read", async () => {
    const missing = await report({ trace: "nowhere.jsonl" });
    expect(missing.code, missing.log).toBe(0);
    expect(missing.log).toContain("there is no trace at");
    await writeFile(join(folder.path, "t.jsonl"), "nonsense\n");
    const wrong = await report({ trace: "t.jsonl" });
    expect(wrong.code, wrong.log).toBe(0);
    expect(wrong.log).toMatch(/::warning.*t\.jsonl:1: not JSON/);
    expect(recordAt("record.json").releases[0]?.outcome).toBe("rolled-back");
  });
});

describe("a report on a release that was never built", () => {
  it("is named by the tag, and says which job failed", async () => {
    const needs = JSON.stringify({
      build: { result: "failure", outputs: {} },
      cd: { result: "skipped" },
    });
    const result = await report({ needs });
    expect(result.code, result.log).toBe(0);
    expect(recordAt("record.json").releases[0]).toMatchObject({
      version: "1.2.0",
      digest: null,
      outcome: "failed",
      gates: [
        { name: "build", outcome: "failed", reason: expect.stringContaining("(not reached: cd)") },
      ],
    });
  });
});

describe("bad input", () => {
  it("stops it before anything is written, and all of it is told", async () => {
    const result = await report({
      needs: "{",
      traffic: '{"requests": -1}',
      page: "../report.html",
    });
    expect(result.code).toBe(1);
    for (const name of ["needs", "traffic", "page"])
      expect(result.log).toMatch(new RegExp(`::error.*${name}`));
    expect(existsSync(join(folder.path, "record.json"))).toBe(false);
  });

  it("includes jobs that are none", async () => {
    const result = await report({ needs: '{"build": {"result": "fine"}}' });
    expect(result.code).toBe(1);
    expect(result.log).toContain("success, failure, cancelled or skipped");
  });
});

describe("a webhook", () => {
  const RUN = {
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "owner/shop",
    GITHUB_RUN_ID: "42",
  };

  it("is told the outcome, the reason and where the run is", async () => {
    await using hook = await webhook();
    const result = await report({ "slack-webhook": hook.url }, RUN);
    expect(result.code, result.log).toBe(0);
    expect(hook.told).toHaveLength(1);
    const [told = ""] = hook.told;
    expect(told).toContain("/services/T0/secret-path");
    expect(told).toContain("↩ *1.2.0* rolled back\\nthe candidate failed more often");
    expect(told).toContain("<https://github.com/owner/shop/actions/runs/42|the run>");
  });

  it.each([
    ["that answers with an error", async () => webhook(500), /::warning.*answered 500/],
    ["that sends us elsewhere", async () => webhook(307), /::warning.*could not be reached/],
  ])("%s is a warning", async (_, make, warning) => {
    await using hook = await make();
    const result = await report({ "slack-webhook": hook.url });
    expect(result.code, result.log).toBe(0);
    expect(hook.told).toHaveLength(1);
    expect(result.log).toMatch(warning);
    onlyMasked(result.log, "secret-path");
  });

  it.each([
    "http://127.0.0.1:9/services/secret-path",
    "http://example.com/services/secret-path",
    "secret-path",
  ])("that cannot be told is a warning without its address: %s", async (url) => {
    const result = await report({ "slack-webhook": url });
    expect(result.code, result.log).toBe(0);
    expect(result.log).toMatch(/::warning/);
    onlyMasked(result.log, "secret-path");
  });
});

/** The secret stands only in the command that tells the runner to mask it. */
function onlyMasked(log: string, secret: string): void {
  const lines = log.split("\n").filter((line) => line.includes(secret));
  expect(lines.every((line) => line.startsWith("::add-mask::"))).toBe(true);
}
