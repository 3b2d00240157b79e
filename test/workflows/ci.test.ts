import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SluiceError } from "../../lib/error.ts";
import { tinyDatabase } from "../../lib/scan/tiny-database/folder.ts";
import { TOOLS } from "../../lib/tools/catalogue.ts";
import { ensure } from "../../lib/tools/ensure.ts";
import { findOnPath } from "../../lib/tools/search-path.ts";
import { openShop } from "../../lib/tools/shop.ts";
import { postgresLack } from "../engine/support/postgres-server.ts";
import { type Files, folder, type Rehearsed, repository, run } from "../rehearsal/rehearsed.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Four jobs with real compilers, servers and a scan, on a machine that does other things too. */
const LIMIT_MS = 600_000;

/** A small service with all that ci.yml asks for: types, lint, unit tests with coverage, tests with both servers. */
const GREETER: Files = {
  ".github/workflows/ci.yml": `on: push
permissions: {}
jobs:
  ci:
    permissions: { contents: read }
    uses: owner/sluice/.github/workflows/ci.yml@v1
    with:
      checks: '"$TOOLS/.bin/tsc" -p . && "$TOOLS/.bin/biome" lint --error-on-warnings .'
      unit: mkdir coverage && node --test --experimental-test-coverage --test-reporter=lcov --test-reporter-destination=coverage/lcov.info service/greeting.test.ts
      integration: ln -s "$TOOLS" node_modules && node --test integration.test.ts
      name: greeter
      command: node --check service/greeting.ts
      path: service
      must-cover: secret
`,
  ".gitignore": "node_modules\ncoverage\n",
  "package.json": '{ "type": "module" }\n',
  "tsconfig.json":
    '{\n  "compilerOptions": { "noEmit": true, "strict": true, "types": [] },\n  "files": ["service/greeting.ts"]\n}\n',
  "biome.json": '{ "formatter": { "indentStyle": "space" } }\n',
  "service/greeting.ts":
    "export function greeting(name: string): string {\n  return `Hello, ${name}!`;\n}\n",
  "service/greeting.test.ts": `import assert from "node:assert/strict";
import { test } from "node:test";
import { greeting } from "./greeting.ts";

test("greets", () => assert.equal(greeting("you"), "Hello, you!"));
`,
  "integration.test.ts": `import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import postgres from "postgres";

test("PostgreSQL remembers", async () => {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1 });
  try {
    await sql\`create table greeted (name text)\`;
    await sql\`insert into greeted values ('you')\`;
    assert.deepEqual([...(await sql\`select name from greeted\`)], [{ name: "you" }]);
  } finally {
    await sql.end();
  }
});

test("Redis remembers", async () => {
  const { hostname, port } = new URL(process.env.REDIS_URL ?? "");
  const socket = connect(Number(port), hostname);
  socket.write("SET greeted you\\r\\nGET greeted\\r\\nQUIT\\r\\n");
  let said = "";
  socket.on("data", (bytes) => {
    said += bytes;
  });
  await once(socket, "close");
  assert.match(said, /\\+OK\\r\\n\\$3\\r\\nyou/);
});
`,
};

/** A key that nobody has: only its shape is one. */
const SECRET = ["-----BEGIN RSA PRIVATE ", "KEY-----\n", "MIIEpAIBAAKCAQEA".repeat(8)].join("");

/** Each job's own fault, of the kind that it is there to find. */
const FAULTY: Files = {
  ...GREETER,
  "service/greeting.ts":
    "export function greeting(name: string): number {\n  return `Hi, ${name}!`;\n}\n",
  "service/key.pem": `${SECRET}\n-----END RSA PRIVATE KEY-----\n`,
  "integration.test.ts": (GREETER["integration.test.ts"] ?? "").replace('"you" }]', '"me" }]'),
};

const NOTHING = "{ name: x, runs: { using: composite, steps: [] } }";

async function ci(files: Files): Promise<Rehearsed> {
  const { path, remove } = await temporaryFolder();
  try {
    return await run(repository(files), {
      workflow: "ci.yml",
      repos: [
        { repository: "owner/sluice", ref: "v1", path: ROOT },
        // Of a job that no caller has.
        { repository: "actions/cache", ref: undefined, path: folder({ "action.yml": NOTHING }) },
      ],
      vars: { SLUICE_TRIVY_CACHE: await tinyDatabase([], path) },
      env: { TOOLS: join(ROOT, "node_modules") },
    });
  } finally {
    await remove();
  }
}

/** Why this machine cannot run all of it; undefined when it can. */
async function lack(signal: AbortSignal): Promise<string | undefined> {
  const postgres = postgresLack();
  if (postgres !== null) return postgres;
  if (!(await findOnPath("redis-server", process.env))) return "Redis is not installed";
  try {
    await ensure("trivy", TOOLS.trivy.version, openShop({ say: () => {}, signal }));
    return undefined;
  } catch (error) {
    if (error instanceof SluiceError) return error.message;
    throw error;
  }
}

/** Where the servers of a run had their data, as its log says. */
function serversOf({ printed }: Rehearsed): string {
  return /is in (\/tmp\/ci-\w+)/.exec(printed("ci/integration").join("\n"))?.[1] ?? "";
}

describe("ci.yml with real compilers, servers and scanners", { timeout: LIMIT_MS }, () => {
  it("checks types and style, tests with coverage and both servers, and packs the candidate", async (ctx) => {
    const missing = await lack(ctx.signal);
    if (missing) return ctx.skip(`${missing}; to run this test, install it`);
    const rehearsed = await ci(GREETER);
    const { result, annotations, printed } = rehearsed;
    const told = JSON.stringify(result.tree) + annotations("ci/candidate").join("\n");
    expect(result.conclusion, told + printed("ci/integration").join("\n")).toBe("success");
    expect(printed("ci/unit").join("\n")).not.toContain("not ok");
    expect(printed("ci/integration").join("\n")).toMatch(/pass 2\b/);
    expect(serversOf(rehearsed)).not.toBe("");
    expect(existsSync(serversOf(rehearsed))).toBe(false);
  });

  it("ends red by the very job that is there for the fault: types, unit, integration, candidate", async (ctx) => {
    const missing = await lack(ctx.signal);
    if (missing) return ctx.skip(`${missing}; to run this test, install it`);
    const { result, printed, annotations } = await ci(FAULTY);
    expect(result.conclusion).toBe("failure");
    expect(printed("ci/checks").join("\n")).toContain("TS2322");
    expect(printed("ci/integration").join("\n")).toMatch(/fail 1\b/);
    expect(annotations("ci/candidate").join("\n")).toContain("Asymmetric Private Key");
    const jobs = Object.values(result.tree)[0]?.ci?.jobs ?? {};
    const ends = Object.fromEntries(
      Object.entries(jobs).map(([id, report]) => [id, report.result]),
    );
    expect(ends).toEqual({
      checks: "failure",
      unit: "failure",
      integration: "failure",
      test: "skipped",
      hosts: "skipped",
      candidate: "failure",
    });
  });
});
