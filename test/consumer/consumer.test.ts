import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Consumer, LIBRARY, makeConsumer } from "../support/consumer.ts";
import { type Flow, startFlow } from "../support/order-flow.ts";
import { processesBelow } from "../support/processes-below.ts";

const PER_SECOND = 200;

let consumer: Consumer;
let url: string;

beforeAll(async () => {
  consumer = makeConsumer();
  url = await consumer.siteUp();
});

afterAll(async () => {
  await consumer?.close();
});

/** All traffic on the slot of `version`, no candidate, nobody at work. */
async function expectServing(version: string): Promise<void> {
  const { status, state } = await consumer.siteStatus();
  expect(state.stable?.release.version).toBe(version);
  expect(status.weights[state.stable?.slot ?? ""]).toBe(100);
  expect(state.candidate).toBeNull();
  expect(status.lease).toBeNull();
}

/** Told from outside: not answered at all, or by nobody but the proxy. */
function lost(flow: Flow): Record<string, number> {
  const { 500: _fromTheService, ...rest } = flow.result.faults;
  return rest;
}

describe("a repository that uses the actions and cd.yml, rehearsed from its own root", () => {
  it("is refused before anything starts when it is not said where the library is", async () => {
    const args = ["--event", "push", "--ref", "refs/tags/v1.0.0", "--approve", "always"];
    const { code, output } = await consumer.sluice("rehearse", ...args);
    expect(code).toBe(2);
    expect(output).toMatch(/release\.yml:\d+:\d+: 'owner\/sluice\/actions\/build@v1'/);
    expect(output).toMatch(
      /release\.yml:\d+:\d+: 'owner\/sluice\/\.github\/workflows\/cd\.yml@v1'/,
    );
    expect(output).toContain("add --repo owner/sluice@v1=");
    expect(output).toContain("Nothing was started");
  });

  it("shows its jobs, and those of cd.yml, without running them", async () => {
    const { code, output } = await consumer.sluice(
      "rehearse",
      "--plan",
      ...LIBRARY,
      "--ref",
      "v1.0.0",
    );
    expect(code, output).toBe(0);
    for (const job of ["build", "deploy", "approve", "promote", "record"])
      expect(output).toContain(job);
  });

  it("releases its first version to all traffic", async () => {
    const { code, output, result, record } = await consumer.rehearse("v1.0.0");
    expect(code, output).toBe(0);
    expect(result.jobs).toEqual({ build: "success", cd: "success", record: "success" });
    expect(record.releases[0]).toMatchObject({ version: "1.0.0", outcome: "promoted" });
    await expectServing("1.0.0");
    expect(await (await fetch(`${url}/?name=you`)).text()).toBe("Hello, you!\n");
  });
});

describe("under a flow of requests", () => {
  let flow: Flow;

  beforeEach(() => {
    flow = startFlow(url, PER_SECOND);
  });

  afterEach(async () => {
    await flow.stop();
  });

  it("promotes a good version step by step, and loses no request", async () => {
    const { code, output, result, record } = await consumer.rehearse("v1.1.0");
    expect(code, output).toBe(0);
    expect(result.conclusion).toBe("success");
    const [release] = record.releases;
    expect(release?.rollout?.steps.map(({ weight }) => weight)).toEqual([20, 50, 100]);
    await expectServing("1.1.0");
    const { byVersion, faults } = await flow.stop();
    expect(faults).toEqual({});
    expect(byVersion["1.1.0"]).toBeGreaterThan(0);
  });

  it("takes a bad version back, ends red, and says why", async () => {
    const { code, output, result, record } = await consumer.rehearse("v1.2.0");
    expect(code, output).toBe(1);
    expect(result).toMatchObject({
      conclusion: "failure",
      complete: true,
      jobs: { build: "success", cd: "failure", record: "success" },
    });
    const [release] = record.releases;
    expect(release).toMatchObject({ version: "1.2.0", outcome: "rolled-back" });
    expect(release?.rollout?.secondsToZero).toBeGreaterThan(0);
    expect(release?.gates).toContainEqual(
      expect.objectContaining({ name: "canary-promote", outcome: "failed" }),
    );
    await expectServing("1.1.0");
    await flow.stop();
    expect(lost(flow)).toEqual({});
    expect(flow.result.faults["500"]).toBeGreaterThan(0);
  });

  it("takes the candidate off its slot when its approval is refused", async () => {
    const file = join(consumer.folder, "environments.json");
    const production = { reviewers: ["somebody"], decision: "rejected" };
    writeFileSync(file, JSON.stringify({ production }));
    const { code, output, result, record } = await consumer.rehearse(
      "v1.3.0",
      "--environments",
      file,
    );
    expect(code, output).toBe(1);
    expect(output).toContain("production was rejected by somebody");
    expect(result.jobs).toEqual({ build: "success", cd: "failure", record: "success" });
    const [release] = record.releases;
    expect(release).toMatchObject({ version: "1.3.0", outcome: "failed", rollout: null });
    expect(release?.gates).toContainEqual(
      expect.objectContaining({ name: "approval", outcome: "failed" }),
    );
    await expectServing("1.1.0");
    const { byVersion, faults } = await flow.stop();
    expect(faults).toEqual({});
    expect(Object.keys(byVersion)).toEqual(["1.1.0"]);
  });

  it("refuses a second rollout while one is running, says whose it is, and leaves that one alone", async () => {
    const first = consumer.startRehearsal("v1.3.0");
    await first.prints("→ 20 % to the candidate");
    // Without requests it stays at this weight, until its deadline.
    const before = await flow.stop();
    const second = await consumer.rehearse("v1.4.0");
    expect(second.code, second.output).toBe(1);
    expect(second.output).toMatch(
      /a rollout is held by local\/greeter release run \d+ job promote/,
    );
    expect(second.record.releases[0]?.gates).toContainEqual(
      expect.objectContaining({ name: "deploy", outcome: "failed" }),
    );
    flow = startFlow(url, PER_SECOND);
    const { code, output } = await first.ended;
    expect(code, output).toBe(0);
    await expectServing("1.3.0");
    const after = await flow.stop();
    expect([before.faults, after.faults]).toEqual([{}, {}]);
  });

  it("gives all traffic back to stable on Ctrl-C, and leaves no process behind", async () => {
    const running = consumer.startRehearsal("v1.4.0");
    await running.prints("→ 20 % to the candidate");
    running.interrupt();
    const { code, output, result } = await running.rehearsed;
    expect(code, output).toBe(1);
    expect(result).toMatchObject({ conclusion: "cancelled", complete: true });
    await expectServing("1.3.0");
    expect(processesBelow(consumer.temp)).toEqual([]);
    await flow.stop();
    expect(flow.result.faults).toEqual({});
  });
});

describe("when all is over", () => {
  it("nothing of it is running, and its files are where they were said to be", async () => {
    const { code, output } = await consumer.siteDown();
    expect(code, output).toBe(0);
    expect(processesBelow(consumer.folder)).toEqual([]);
    expect(readdirSync(consumer.root).sort()).toEqual(
      [".git", ".github", ".gitignore", ".sluice", "environments", "service"].sort(),
    );
  });
});
