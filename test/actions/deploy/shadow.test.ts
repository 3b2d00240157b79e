import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import action from "../../../actions/deploy/action.ts";
import { failedGate } from "../../../lib/action/gate.ts";
import { readEnvironment } from "../../../lib/environment/read.ts";
import { SluiceError } from "../../../lib/error.ts";
import { EMPTY_STATE } from "../../../lib/rollout/state.ts";
import { LocalTarget } from "../../../lib/targets/local/local-target.ts";
import { type Site, startSite } from "../../../lib/targets/local/site.ts";
import type { PlaceableRelease } from "../../../lib/targets/target.ts";
import { deployInProcess } from "../../support/deploy-in-process.ts";
import { lendPackages, packChangedEngine } from "../../support/engine-release.ts";
import { RUNNER } from "../../support/local-site.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** As an environment of engines with journals would be; `shadow` is its `service.shadow`. */
const environmentOf = (workspace: string, shadow: string) => `
name: test
verify: off
service:
  name: engine
  start: [node, engine/main.ts]
  env:
    HOST: "{host}"
    PORT: "{port}"
    METRICS_PORT: "{metrics-port}"
    SLOT: "{slot}"
    VERSION: "{version}"
    JOURNAL_DIR: ${JSON.stringify(join(workspace, "journal-{slot}"))}
    # A disk that others use may take seconds for a sync.
    JOURNAL_SLOW_MS: "60000"
  health: { deadline: 3m }
  smoke: [{ path: /health, timeout: 60s }]
  shadow: ${shadow}
target: { kind: local, site: ${JSON.stringify(join(workspace, "site"))}, listen: "127.0.0.1:0" }
rollout: { lease: 2m, deadline: 10m }
`;

/** How a book queues an order behind the others at its price, and what would put it before them. */
const FIFO = `    pool.setPrev(order, last);
    pool.setNext(order, NONE);
    if (last === NONE) levels.head[slot] = order;
    else pool.setNext(last, order);
    levels.tail[slot] = order;
`;
const LIFO = `    const first = last === NONE ? NONE : (levels.head[slot] as number);
    pool.setPrev(order, NONE);
    pool.setNext(order, first);
    if (first === NONE) levels.tail[slot] = order;
    else pool.setPrev(first, order);
    levels.head[slot] = order;
`;

const ASKS = ["--seconds", "1", "--patience", "60", "--ask"];

describe("deploy of an engine beside a live one", () => {
  let workspace: string;
  let remove: () => Promise<void>;
  let site: Site;
  let target: LocalTarget;
  const flow = { failed: 0, answered: 0, isOver: false, ended: Promise.resolve() };

  /** Writes an environment file whose shadow follows `journal`. */
  function fileWith(name: string, journal: string, words: readonly string[], more = ""): string {
    const run = ["node", "engine/main.ts", "shadow", journal, ...words];
    const file = join(workspace, `${name}.yaml`);
    const shadow = `{ run: ${JSON.stringify(run)}, timeout: 3m${more} }`;
    writeFileSync(file, environmentOf(workspace, shadow));
    return file;
  }
  const comparing = () =>
    fileWith("comparing", join(workspace, "journal-{stable-slot}"), [
      ...ASKS,
      "http://{host}:{stable-metrics-port}/snapshot",
    ]);

  /** Two sides that meet at the same prices, so that who came first matters. */
  async function orderOn(): Promise<void> {
    for (let at = 0; !flow.isOver; at += 10) {
      const orders = Array.from({ length: 10 }, (_, of) => ({
        user: 1 + ((at + of) % 7),
        symbol: "BTC-USD",
        side: of % 2 === 0 ? "buy" : "sell",
        price: 100 + ((at + 3 * of) % 5),
        qty: 1 + ((at + of) % 9),
      }));
      const body = JSON.stringify(orders);
      const isAnswered = await fetch(`${site.url}/orders/batch`, { method: "POST", body }).then(
        async (response) => (await response.text()) !== "" && response.ok,
        () => false,
      );
      if (isAnswered) flow.answered += 1;
      else flow.failed += 1;
      await sleep(20);
    }
  }

  const pack = (version: string, change: (root: string) => void): Promise<PlaceableRelease> =>
    packChangedEngine(workspace, version, change);
  /** The same engine, in other bytes. */
  const packSame = (version: string) =>
    pack(version, (root) => appendFileSync(join(root, "engine/main.ts"), `// ${version}\n`));

  beforeAll(async () => {
    ({ path: workspace, remove } = await temporaryFolder());
    lendPackages(workspace);
    const environment = await readEnvironment(comparing());
    site = await startSite(environment);
    target = new LocalTarget(environment);
  });
  afterAll(async () => {
    flow.isOver = true;
    await flow.ended.catch(() => {});
    await site?.close();
    await remove();
  });

  it("skips it for the first release, and says why", async () => {
    const release = await packSame("1.0.0");
    const { outputs, summary } = await deployInProcess(comparing(), release);
    expect(outputs?.gate.outcome).toBe("passed");
    expect(outputs?.gate.reason).toContain("not run beside stable: there is no stable release yet");
    expect(outputs?.gate.statement?.predicate.shadow).toMatchObject({ outcome: "skipped" });
    expect(summary).toContain("there is no stable release yet");
    const { token } = await target.acquire(RUNNER, 60_000);
    const { version } = await target.read();
    await target.write({ ...EMPTY_STATE, stable: { slot: "blue", release } }, version, token);
    await target.route({ blue: 100, green: 0 }, token);
    await target.release(token);
  });

  it("does not take that nothing was compared for the same", async () => {
    const nothing = join(workspace, "journal-{stable-slot}");
    const release = await packSame("1.1.0");
    // There was no order yet.
    const refused = await deployInProcess(comparing(), release);
    expect(refused.error).toMatchObject({ code: "inconclusive" });
    expect((refused.error as Error).message).toMatch(
      /on green-1 .*code 3[\s\S]*"reason":"no-orders"/,
    );
    expect(failedGate("deploy", action.outputs, refused.error)?.outcome).toBe("inconclusive");
    await expectUntouched();
    const goesOn = fileWith("going-on", nothing, [], ", on-inconclusive: go-on");
    const { outputs, log, summary } = await deployInProcess(goesOn, release);
    expect(outputs?.gate.reason).toContain("beside stable NOTHING WAS COMPARED on green-1");
    expect(outputs?.gate.statement?.predicate.shadow).toMatchObject({
      outcome: "inconclusive",
      instances: [{ name: "green-1", outcome: "inconclusive" }],
    });
    expect(log).toContain("::warning title=deploy%3A nothing was compared beside stable");
    expect(summary).toContain("inconclusive");
  });

  it("places one that does what stable does, under live orders", async () => {
    flow.ended = orderOn();
    const { outputs, error, summary, log } = await deployInProcess(
      comparing(),
      await packSame("1.2.0"),
    );
    expect(error).toBeUndefined();
    expect(outputs?.gate.reason).toContain("beside stable it did the same on green-1");
    expect(outputs?.gate.statement?.predicate.shadow).toMatchObject({
      outcome: "passed",
      instances: [{ name: "green-1", outcome: "passed" }],
    });
    expect(summary).toContain("| green-1 | passed |");
    const [, text = "{}"] = /shadow ✓ on green-1: .*?(\{.*\})/.exec(log) ?? [];
    const found = JSON.parse(text);
    expect(found).toMatchObject({ outcome: "same", different: [] });
    expect(found.orders).toBeGreaterThan(0);
    expect((await target.read()).value.candidate?.release.version).toBe("1.2.0");
  });

  it("refuses one that lets the last of a price trade first, and names the command by which it is seen", async () => {
    const impatient = await pack("1.3.0", (root) => {
      const file = join(root, "engine/core/book.ts");
      const text = readFileSync(file, "utf8");
      const changed = text.replace(FIFO, LIFO);
      expect(changed).not.toBe(text);
      writeFileSync(file, changed);
    });
    const { error } = await deployInProcess(comparing(), impatient);
    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({ code: "shadow-failed" });
    expect((error as Error).message).toMatch(
      /on green-1 it exited with code 1[\s\S]*"outcome":"different"[\s\S]*"different":\[\{"sequence":\d+/,
    );
    await expectUntouched();
    // The one before it was taken off its slot by this one, as any deploy does.
    expect((await target.read()).value.candidate).toBeNull();
  });

  it("does without where it is told to for a release", async () => {
    const release = await packSame("1.4.0");
    const { outputs } = await deployInProcess(comparing(), release, { shadow: false });
    expect(outputs?.gate.reason).toContain("not run beside stable: it was off by request");
  });

  it("masks what the job keeps secret, and fails with the last lines", async () => {
    const program =
      "console.log('asked with s3cret-of-the-job at http://me:pass@x/'); process.exit(9)";
    const file = join(workspace, "telling.yaml");
    const shadow = `{ run: ${JSON.stringify(["node", "-e", program])} }`;
    writeFileSync(file, environmentOf(workspace, shadow));
    const { error, log, summary } = await deployInProcess(file, await packSame("1.5.0"), {
      env: { DEPLOY_TOKEN: "s3cret-of-the-job" },
    });
    expect((error as Error).message).toContain("asked with *** at http://me:***@x/");
    expect(log + summary).not.toContain("s3cret");
    await expectUntouched();
    expect(flow.answered).toBeGreaterThan(0);
    expect(flow.failed).toBe(0);
  });

  async function expectUntouched(): Promise<void> {
    const { weights, slots } = await target.status();
    expect(weights).toEqual({ blue: 100, green: 0 });
    expect(slots.green.instances).toEqual([]);
    expect(slots.blue).toMatchObject({
      release: { version: "1.0.0" },
      instances: [{ healthy: true }],
    });
  }
});
