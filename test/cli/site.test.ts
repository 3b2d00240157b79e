import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { eventLine } from "../../cli/site/event-line.ts";
import { statusLines } from "../../cli/site/status.ts";
import { EMPTY_STATE } from "../../lib/rollout/state.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { isAlive, until } from "../support/until.ts";

const ENVIRONMENT = `
service: { name: service, start: [node, main.ts] }
target: { kind: local, site: .sluice/test, listen: "127.0.0.1:0" }
rollout: { strategy: canary }
`;

const VERB = fileURLToPath(new URL("../support/site-verb-process.ts", import.meta.url));

interface Run {
  code: Promise<number | null>;
  output(): string;
  interrupt(): void;
}

function sluice(cwd: string, ...args: string[]): Run {
  const child = spawn(process.execPath, [VERB, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk;
    });
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output: () => output, interrupt: () => child.kill("SIGINT") };
}

async function project(): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await temporaryFolder();
  await mkdir(join(folder.path, "environments"));
  await mkdir(join(folder.path, ".git"));
  await writeFile(join(folder.path, "environments/test.yaml"), ENVIRONMENT);
  return folder;
}

describe("sluice site", () => {
  it("goes up detached, tells its status, and down again", async () => {
    const { path, remove } = await project();
    const up = sluice(path, "site", "up", "--detach");
    expect(await up.code, up.output()).toBe(0);
    expect(up.output()).toMatch(/test is up at http:\/\/127\.0\.0\.1:\d+/);

    const again = sluice(path, "site", "up", "--detach");
    expect(await again.code).toBe(2);
    expect(again.output()).toContain("is up already");

    const status = sluice(path, "site", "status");
    expect(await status.code).toBe(0);
    expect(status.output()).toMatch(/blue {7}0 % {2}empty/);

    const json = sluice(path, "site", "status", "--json");
    expect(await json.code).toBe(0);
    const { site, state } = JSON.parse(json.output()) as { site: { pid: number }; state: unknown };
    expect(state).toEqual(EMPTY_STATE);

    const down = sluice(path, "site", "down");
    expect(await down.code).toBe(0);
    expect(isAlive(site.pid)).toBe(false);
    await remove();
  });

  it("stays in the foreground until Ctrl-C, which stops it", async () => {
    const { path, remove } = await project();
    const up = sluice(path, "site", "up", "--environment", "environments/test.yaml");
    await until("it is up", () => up.output().includes("weights"));
    up.interrupt();
    expect(await up.code).toBe(0);
    expect(up.output()).toContain("test is down.");
    await remove();
  });

  it("is stopped as well by who does not wait until it is up", async () => {
    const { path, remove } = await project();
    const up = sluice(path, "site", "up");
    const socket = join(path, ".sluice/test");
    await until("it is starting", () => existsSync(socket));
    up.interrupt();
    expect(await up.code, up.output()).toBe(0);
    expect(up.output()).toContain("test is down.");
    const status = sluice(path, "site", "status");
    expect(await status.code, status.output()).toBe(2);
    await remove();
  });

  it("says how to start a site that is not up", async () => {
    const { path, remove } = await project();
    const status = sluice(path, "site", "status");
    expect(await status.code).toBe(2);
    expect(status.output()).toContain("sluice site up --environment FILE");
    const down = sluice(path, "site", "down");
    expect(await down.code).toBe(0);
    expect(down.output()).toContain("nothing of it is running");
    await remove();
  });

  it("asks for an environment when there is not exactly one", async () => {
    const { path, remove } = await project();
    await writeFile(join(path, "environments/other.yaml"), ENVIRONMENT);
    const status = sluice(path, "site", "status");
    expect(await status.code).toBe(2);
    expect(status.output()).toContain("there are environments/other.yaml, environments/test.yaml");
    await remove();
  });
});

describe("what a person is shown", () => {
  const release = { name: "service", version: "1.0.0", commit: "c", digest: "sha256:0" as never };

  it("names a fresh baseline while it stands there", () => {
    const slot = { release, inFlight: 0, instances: [] };
    const lines = statusLines(
      {
        weights: { blue: 80, green: 10, baseline: 10 },
        slots: {
          blue: { ...slot, slot: "blue" },
          green: { ...slot, slot: "green" },
          baseline: { ...slot, slot: "baseline" },
        },
        lease: null,
        present: [],
      },
      { ...EMPTY_STATE, stable: { slot: "blue", release } },
      0,
    );
    expect(lines[2]).toBe("baseline  10 %  1.0.0 fresh, to compare with, 0 in hand");
    const weights = { blue: 80, green: 10, baseline: 10 };
    expect(eventLine({ atMs: 0, kind: "weights", weights, by: "runner" })).toContain(
      "blue 80 %, green 10 %, baseline 10 %",
    );
  });

  it("names role, weight and health of each slot, and who holds the lease", () => {
    const lines = statusLines(
      {
        weights: { blue: 90, green: 10 },
        slots: {
          blue: {
            slot: "blue",
            release,
            inFlight: 2,
            instances: [{ name: "blue-1", url: "u", metricsUrl: "m", pid: 7, healthy: false }],
          },
          green: { slot: "green", release: null, inFlight: 0, instances: [] },
        },
        lease: {
          holder: { key: "k", description: "run 1 job promote" },
          token: 1,
          sinceMs: 0,
          expiresAtMs: 12_000,
        },
        present: [release],
      },
      { ...EMPTY_STATE, stable: { slot: "blue", release } },
      2_000,
    );
    expect(lines).toEqual([
      "blue      90 %  1.0.0 stable, 2 in hand",
      "  blue-1  NOT HEALTHY  u  pid 7",
      "green     10 %  empty, 0 in hand",
      "lease     run 1 job promote, since 1970-01-01T00:00:00.000Z, 10s left",
      "rollout   none in hand",
      "kept      1.0.0",
    ]);
  });

  it("says why weights changed, and leaves the traffic of each second out", () => {
    const weights = { blue: 100, green: 0 };
    expect(eventLine({ atMs: 0, kind: "weights", weights, by: "lost-lease" })).toBe(
      "00:00:00.000  weights     blue 100 %, green 0 % because the runner vanished",
    );
    expect(
      eventLine({ atMs: 0, kind: "traffic", slots: {} as never, unserved: 0 }),
    ).toBeUndefined();
  });
});
