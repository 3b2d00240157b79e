import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnvironment } from "../../../lib/environment/read.ts";
import { SluiceError } from "../../../lib/error.ts";
import { DEFAULT_SETTINGS } from "../../../lib/verdict/settings.ts";

const LEAST = `
service: { name: shop, start: [node, main.ts] }
target: { site: var/site }
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-environment-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(text: string | Uint8Array, path = "environments/production.yaml") {
  const file = join(folder, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function read(text: string) {
  return readEnvironment(await write(text));
}

/** The lines of the error that `text` is refused with, without the file's name. */
async function faults(text: string | Uint8Array): Promise<string[]> {
  const file = await write(text);
  const error = await readEnvironment(file).catch((thrown: unknown) => thrown);
  if (!(error instanceof SluiceError)) throw new Error(`not refused: ${text}`);
  expect(error.code).toBe("invalid-environment");
  return error.message.split("\n").map((line) => line.replace(`${file}:`, ""));
}

describe("an environment file with only what is required", () => {
  it("gets the documented defaults", async () => {
    const environment = await read(LEAST);
    expect(environment).toEqual({
      name: "production",
      service: {
        name: "shop",
        start: ["node", "main.ts"],
        env: {},
        health: { path: "/health", deadlineMs: 30_000, intervalMs: 100 },
        smoke: [],
        metrics: {
          path: "/metrics",
          requests: { metric: "http_requests_total", labels: {} },
          errors: { metric: "http_requests_total", labels: { outcome: "error" } },
        },
        drainDeadlineMs: 10_000,
      },
      target: {
        kind: "local",
        site: join(folder, "var/site"),
        listen: { host: "127.0.0.1", port: 8080 },
      },
      rollout: {
        strategy: "canary",
        steps: [
          { weightPercent: 10, holdMs: 300_000 },
          { weightPercent: 25, holdMs: 300_000 },
          { weightPercent: 50, holdMs: 300_000 },
          { weightPercent: 100, holdMs: 0 },
        ],
        bakeMs: 0,
        holdbackPercent: 0,
        sampleIntervalMs: 1_000,
        leaseMs: 15_000,
        stepDeadlineMs: 1_800_000,
        minStepRequests: 50,
        onInconclusive: "rollback",
        early: false,
      },
      verdict: DEFAULT_SETTINGS,
    });
  });

  it("shifts all traffic at once when the strategy is blue-green", async () => {
    const { rollout } = await read(`${LEAST}rollout: { strategy: blue-green }\n`);
    expect(rollout.steps).toEqual([{ weightPercent: 100, holdMs: 0 }]);
  });
});

describe("what is written", () => {
  it("keeps a step's own hold, and gives the others the interval", async () => {
    const { rollout } = await read(
      `${LEAST}rollout: { steps: [{ weight: 5%, hold: 8s }, "25", 100], interval: 90s }\n`,
    );
    expect(rollout.steps).toEqual([
      { weightPercent: 5, holdMs: 8_000 },
      { weightPercent: 25, holdMs: 90_000 },
      { weightPercent: 100, holdMs: 0 },
    ]);
  });

  it("takes kinds of errors with their shares, and 10% where none is given", async () => {
    const { service, verdict } = await read(
      `${LEAST.replace("shop, ", "shop, metrics: { kinds: { corrupted: { metric: a_total, labels: { kind: c } }, late: { metric: b_total } } }, ")}verdict: { weights: { kinds: { corrupted: 25% } } }\n`,
    );
    expect(service.metrics.kinds).toEqual({
      corrupted: { metric: "a_total", labels: { kind: "c" } },
      late: { metric: "b_total", labels: {} },
    });
    expect(verdict.weights).toEqual({ latency: 0.2, kinds: { corrupted: 0.25, late: 0.1 } });
  });

  it("takes 1% and 0.01 as the same chance", async () => {
    const { verdict } = await read(`${LEAST}verdict: { alpha: 1%, beta: 0.01 }\n`);
    expect([verdict.alpha, verdict.beta]).toEqual([0.01, 0.01]);
  });

  it("takes whole numbers where text is meant", async () => {
    const { service } = await read(
      LEAST.replace("name: shop,", "name: shop, env: { WORKERS: 4, MODE: fast },"),
    );
    expect(service.env).toEqual({ WORKERS: "4", MODE: "fast" });
  });

  it("names a smoke check by its method and path", async () => {
    const { service } = await read(
      LEAST.replace(
        "name: shop,",
        "name: shop, smoke: [{ method: POST, path: /orders, json: { quantity: 1 }, status: [201] }],",
      ),
    );
    expect(service.smoke).toEqual([
      {
        name: "POST /orders",
        port: "service",
        method: "POST",
        path: "/orders",
        json: { quantity: 1 },
        status: [201],
        timeoutMs: 5_000,
      },
    ]);
  });

  it.each([
    ["127.0.0.1:0", { host: "127.0.0.1", port: 0 }],
    ["[::1]:8080", { host: "::1", port: 8080 }],
    ["localhost:65535", { host: "localhost", port: 65_535 }],
  ])("listens at %s", async (listen, expected) => {
    const { target } = await read(LEAST.replace("var/site }", `var/site, listen: "${listen}" }`));
    expect(target).toMatchObject({ listen: expected });
  });
});

describe("the site", () => {
  it("is relative to the repository that holds the file", async () => {
    await mkdir(join(folder, ".git"));
    const file = await write(LEAST, "deep/down/environments/staging.yaml");
    const { target, name } = await readEnvironment(file);
    expect(target).toMatchObject({ site: join(folder, "var/site") });
    expect(name).toBe("staging");
  });

  it("is relative to the file's folder outside a repository, when that is not called environments", async () => {
    const file = await write(LEAST, "config/staging.yaml");
    const { target } = await readEnvironment(file);
    expect(target).toMatchObject({ site: join(folder, "config/var/site") });
  });

  it("may be absolute", async () => {
    const { target } = await read(LEAST.replace("var/site", '"/srv/site"'));
    expect(target).toMatchObject({ site: "/srv/site" });
  });
});

describe("the files of verify", () => {
  const verify = "verify: { key: keys/sluice.pub }\n";

  it("are those of the repository, also where SLUICE_SITES puts the site elsewhere", async () => {
    await mkdir(join(folder, ".git"));
    const file = await write(LEAST + verify, "environments/production.yaml");
    const environment = await readEnvironment(file, { SLUICE_SITES: "/srv/sluice" });
    expect(environment.target).toMatchObject({ site: "/srv/sluice/var/site" });
    expect(environment.verify).toEqual({
      by: "key",
      key: join(folder, "keys/sluice.pub"),
      transparencyLog: false,
    });
  });

  it("are no files where a variable is named", async () => {
    const environment = await read(`${LEAST}verify: { key: env://SLUICE_KEY }`);
    expect(environment.verify).toMatchObject({ key: "env://SLUICE_KEY" });
  });

  it("are not needed to say off", async () => {
    expect((await read(`${LEAST}verify: off`)).verify).toEqual({ by: "nobody" });
  });
});

describe("a file that is wrong", () => {
  it("tells all faults at once, each with its place, key, what was given and what is accepted", async () => {
    expect(
      await faults(
        [
          "nam: production",
          "service:",
          "  name: ''",
          "  start: node",
          "  smoke:",
          "    - { path: health, staus: 200 }",
          "target: { kind: moon, site: x, listen: 'a:99999' }",
          "rollout:",
          "  steps: [10, 0, { weight: 150, hold: 3 }, { wieght: 3 }]",
          "  interval: 5",
          "  onInconclusive: rollback",
          "verdict: { alpha: 60% }",
        ].join("\n"),
      ),
    ).toEqual([
      "1:1: nam: is not a key here; did you mean name? accepted: $schema, name, service, target, rollout, verdict, verify, tune",
      '3:9: service.name: given ""; accepted: a text that is not empty',
      '4:10: service.start: given "node"; accepted: a list of words: [node, main.ts]',
      '6:15: service.smoke[0].path: given "health"; accepted: a path that begins with a slash: /health',
      "6:23: service.smoke[0].staus: is not a key here; did you mean status? accepted: name, port, method, path, json, status, timeout",
      '7:17: target.kind: given "moon"; accepted: the kind of a target: local or hosts',
      "9:15: rollout.steps[1]: given 0; accepted: a whole number from 1 to 100, with or without %",
      "9:28: rollout.steps[2].weight: given 150; accepted: a whole number from 1 to 100, with or without %",
      "9:39: rollout.steps[2].hold: given 3; accepted: a number with a unit: 500ms, 90s, 10m, 2h",
      "9:44: rollout.steps[3].weight: is missing; accepted: a whole number from 1 to 100, with or without %",
      "9:46: rollout.steps[3].wieght: is not a key here; did you mean weight? accepted: weight, hold",
      "10:13: rollout.interval: given 5; accepted: a number with a unit: 500ms, 90s, 10m, 2h",
      "11:3: rollout.onInconclusive: is not a key here; did you mean on-inconclusive? accepted: strategy, steps, interval, bake, holdback, sample, lease, deadline, min-requests, must-find, on-inconclusive, early",
      '12:19: verdict.alpha: given "60%"; accepted: a chance above 0 and below 0.5, as 0.01 or 1%',
    ]);
  });

  it("still checks the rules between keys in the sections that are right by themselves", async () => {
    expect(
      await faults(`${LEAST.replace("var/site", "''")}rollout: { steps: [50, 25, 100] }\n`),
    ).toEqual([
      '3:17: target.site: given ""; accepted: a text that is not empty',
      "4:24: rollout.steps[1]: given 25; accepted: more than the step before it (50): steps ascend",
    ]);
  });

  it("says what is required when the file has nothing", async () => {
    expect(await faults("{}")).toEqual([
      "1:1: service: is missing; accepted: a mapping with the keys name, start, env, health, smoke, shadow, metrics, drain",
      "1:1: target: is missing; accepted: a mapping with a kind (local or hosts) and that kind's keys",
    ]);
  });

  it.each([
    ["an empty file", "", "1:1: the file is empty"],
    ["a bracket left open", "service: [a,\n", "2:1: not valid YAML: Flow sequence"],
    ["a tab as indentation", "service:\n\tname: x\n", "2:1: not valid YAML: Tabs are not allowed"],
    ["a key given twice", "name: a\nname: b\n", "2:1: the key name is given twice in one mapping"],
    ["two documents", "---\na: 1\n---\nb: 2\n", "3:1: not valid YAML: only one document"],
    ["an alias without its anchor", "name: *x\n", "1:7: no anchor &x stands before *x"],
    ["a tag of another language", "name: !!python/x y\n", "1:7: not valid YAML: Unresolved tag"],
    ["a list", "[1, 2]", "1:1: given [1,2]; accepted: a mapping with the keys $schema, name"],
    ["nesting without end", "[".repeat(20_000), "not valid YAML: nested too deeply"],
  ])("names the place of %s", async (_, text, expected) => {
    expect((await faults(text)).join("\n")).toContain(expected);
  });

  it("refuses a file whose aliases multiply", async () => {
    const levels = ["a", "b", "c", "d", "e", "f"];
    const bomb = levels.map((name, index) => {
      const inner = index === 0 ? "x" : `*${levels[index - 1]}`;
      return `${name}: &${name} [${Array(9).fill(inner).join(", ")}]`;
    });
    expect(await faults(bomb.join("\n"))).toEqual([
      "1:1: more than 50 values by way of anchors; write them out",
    ]);
  });

  it("takes a few aliases, and places a fault inside one where it is written", async () => {
    const text = `
service:
  name: shop
  start: [node]
  health: { deadline: &long 20s }
  drain: *long
  smoke:
    - &check { path: health }
    - *check
target: { site: x }
`;
    expect(await faults(text)).toEqual([
      '8:22: service.smoke[0].path: given "health"; accepted: a path that begins with a slash: /health',
      '8:22: service.smoke[1].path: given "health"; accepted: a path that begins with a slash: /health',
    ]);
  });

  it("refuses more bytes than a configuration can have", async () => {
    expect((await faults(`# ${"x".repeat(70_000)}\n`)).join()).toContain("more than 65536 bytes");
  });

  it("refuses bytes that are no text", async () => {
    expect((await faults(Uint8Array.of(0x61, 0xff, 0xfe))).join()).toContain("is not UTF-8 text");
  });

  it("names the path of a file that is not there", async () => {
    const missing = join(folder, "nowhere.yaml");
    await expect(readEnvironment(missing)).rejects.toMatchObject({
      code: "invalid-environment",
      message: `cannot read the environment file ${missing}`,
      hint: expect.stringContaining("environments/production.yaml"),
    });
  });

  it("does not drown the reader in a thousand faults", async () => {
    const text = Array.from({ length: 1_000 }, (_, index) => `key${index}: 1`).join("\n");
    const lines = await faults(text);
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe("… and 952 more");
  });
});
