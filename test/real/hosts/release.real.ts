import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RecordedGate } from "../../../lib/evidence/record.ts";
import { openTarget } from "../../../lib/targets/open.ts";
import type { Target } from "../../../lib/targets/target.ts";
import { openShop } from "../../../lib/tools/shop.ts";
import { QUICK_LOAD, QUICK_LOAD_RATE } from "../../../rehearsal/scenario/environment.ts";
import { type OrderFlow, startOrderFlow } from "../../../rehearsal/scenario/order-flow.ts";
import { type PushedTag, pushTag } from "../../../rehearsal/scenario/pushed-tag.ts";
import { checkOut, makeRepository } from "../../../rehearsal/scenario/repository.ts";
import { openSecurity, type Security } from "../../../rehearsal/scenario/security.ts";
import { BAD, FIRST, GOOD } from "../../../rehearsal/scenario/story.ts";
import { type Lab, startLab } from "./lab.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const ENVIRONMENT = "environments/lab.yaml";
const ORDERS_PER_SECOND = 500;
const BAD_ONE = BAD["failing-orders"];
/** A limit for a machine that hangs: on one that has other work, a release takes minutes. */
const RUN_MS = 900_000;
const lacks = process.env.SLUICE_LAB_NO_RELEASE ?? "";

/** release.yml as it is, the engine's own archive with its own Node.js, and nothing on the hosts but systemd. */
describe("release.yml over two hosts behind two edges, under 500 orders a second", () => {
  beforeEach((context) => context.skip(lacks !== "", lacks));
  let lab: Lab;
  let target: Target;
  let security: Security;
  let repository: string;
  const flows: OrderFlow[] = [];

  beforeAll(async () => {
    if (lacks !== "") return;
    lab = await startLab({ text: await readFile(join(root, ENVIRONMENT), "utf8") });
    target = await openTarget(lab.environment);
    security = await openSecurity({ folder: lab.folder, without: [], shop: shop() });
    repository = join(lab.folder, "repository");
    await makeRepository(root, repository, [FIRST, GOOD, BAD_ONE], {
      ".sluice/lab/ssh_config": await readFile(join(lab.folder, "ssh_config"), "utf8"),
      ".sluice/lab/cosign.pub": security.publicKey ?? "",
      ...(process.env.SLUICE_TEST_ACTIONS === "sources" ? { "dist/index.js": SOURCES } : {}),
    });
    const first = await push(FIRST.tag, { DURATION: "4s" });
    expect(first.conclusion, describeRun(first)).toBe("success");
    for (const url of lab.urls)
      flows.push(startOrderFlow(url, ORDERS_PER_SECOND / lab.urls.length, () => {}));
  }, RUN_MS);
  afterAll(async () => {
    await Promise.all(flows.map((flow) => flow.stop()));
    await lab?.close();
  });

  const push = async (tag: string, env: Record<string, string> = {}): Promise<PushedTag> => {
    await checkOut(repository, tag);
    const never = new AbortController().signal;
    return pushTag({
      repository,
      tag,
      secrets: security.secrets,
      vars: {
        ...security.vars,
        SLUICE_ENVIRONMENT_FILE: ENVIRONMENT,
        SLUICE_LOAD: JSON.stringify(QUICK_LOAD),
        SLUICE_RUNTIME: "true",
      },
      env: {
        SLUICE_TOOL_CACHE: shop().cacheFolder,
        RATE: QUICK_LOAD_RATE,
        npm_config_cache: process.env.SLUICE_LAB_NPM ?? "",
        npm_config_offline: "true",
        ...env,
      },
      approve: "always",
      ask: async () => true,
      onEvent: (event) => {
        if (process.env.SLUICE_LAB_SHOW) console.log(JSON.stringify(event));
      },
      signal: never,
      forceSignal: never,
    });
  };

  const lost = () => flows.flatMap((flow) => flow.latest().losses);

  it(
    "promotes the good tag by its evidence, and loses no order",
    async () => {
      const good = await push(GOOD.tag);
      expect(good.release.outcome, describeRun(good)).toBe("promoted");
      expect(good.release.gates.map(({ name, outcome }) => [name, outcome])).toEqual(
        [
          "build",
          "trivy-scan",
          "cosign-sign",
          "deploy",
          "k6-gate",
          "approval",
          "canary-promote",
        ].map((name) => [name, "passed"]),
      );
      expect(gate(good, "deploy")?.reason).toContain(", signed by sha256:");
      expect(good.release.rollout?.steps.map(({ weight }) => weight)).toEqual([10, 25, 50, 100]);
      expect(answeredBy(good)).toBeGreaterThan(1_000);
      expect(lost()).toEqual([]);
      expect((await target.read()).value.stable?.release.version).toBe("1.1.0");
    },
    RUN_MS,
  );

  it(
    "pulls the bad tag back to none on any edge, and loses no order",
    async () => {
      const bad = await push(BAD_ONE.tag);
      expect(bad.release.outcome, describeRun(bad)).toBe("rolled-back");
      expect(gate(bad, "canary-promote")?.outcome).toBe("failed");
      expect(answeredBy(bad)).toBeGreaterThan(10);
      expect(lost()).toEqual([]);
      const { value } = await target.read();
      expect(value.stable?.release.version).toBe("1.1.0");
      const decidedMs = value.rollout?.steps.at(-1)?.endedAtMs ?? Number.NaN;
      const tookMs = (value.rollout?.toZeroAtMs ?? Number.NaN) - decidedMs;
      console.log(`from the verdict to none on any edge: ${tookMs} ms`);
      // How fast is held to in rollout.real.ts, where no build and no scan has just used the machine up.
      expect(tookMs).toBeGreaterThan(0);
    },
    RUN_MS,
  );

  it("loses no order while the engines are started again one after the other, and HAProxy reloads", async () => {
    const { slot } = (await target.read()).value.stable ?? { slot: "blue" };
    const onEdges = async (name: string, state: "drain" | "ready") => {
      const { backend, socket, edges } = lab.environment.target;
      const command = `echo 'set server ${backend}/${name}-${slot} state ${state}' | socat -t 60 - UNIX-CONNECT:${socket}`;
      await Promise.all(edges.map((edge) => lab.on(edge.name, command)));
    };
    for (const { name } of lab.environment.target.hosts) {
      await onEdges(name, "drain");
      await sleep(1_000);
      await lab.on(name, `systemctl restart engine@${slot}`);
      await expect
        .poll(
          async () => (await target.status()).slots[slot].instances.every((one) => one.healthy),
          {
            timeout: 60_000,
          },
        )
        .toBe(true);
      await onEdges(name, "ready");
    }
    for (const { name } of lab.environment.target.edges)
      await lab.on(name, "systemctl reload haproxy");
    await sleep(2_000);
    expect(lost()).toEqual([]);
    await expect
      .poll(() => Math.max(...flows.map((flow) => flow.latest().inHand)))
      .toBeLessThan(50);
  });

  it("runs the engine on the Node.js that its archive brought: the hosts have none", async () => {
    for (const { name } of lab.environment.target.hosts) {
      expect(await lab.on(name, "command -v node || echo none")).toBe("none\n");
      const { slot } = (await target.read()).value.stable ?? { slot: "blue" };
      const program = await lab.on(
        name,
        `readlink /proc/$(systemctl show -p MainPID --value engine@${slot})/exe`,
      );
      expect(program).toMatch(
        new RegExp(`^/srv/engine/slots/${slot}/[0-9a-f]+-\\d+-\\d+/runtime/bin/node\n$`),
      );
    }
  });
});

/** The sources instead of the bundle that a `uses:` enters, which may be older while somebody works on them. */
const SOURCES = `export { enter } from ${JSON.stringify(pathToFileURL(join(root, "actions/entry.ts")).href)};\n`;

function shop() {
  return openShop({ say: () => {}, signal: new AbortController().signal });
}

function gate({ release }: PushedTag, name: string): RecordedGate | undefined {
  return release.gates.find((one) => one.name === name);
}

/** Requests that the candidate counted while it was judged. */
function answeredBy({ trace }: PushedTag): number {
  return trace.reduce((most, { candidate }) => Math.max(most, candidate?.requests ?? 0), 0);
}

function describeRun({ release }: PushedTag): string {
  return release.gates
    .map(({ name, outcome, reason }) => `${name} ${outcome}: ${reason}`)
    .join("\n");
}
