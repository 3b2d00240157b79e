import { describe, expect, it } from "vitest";
import { localSite, RUNNER } from "../../../support/local-site.ts";
import { startFlow } from "../../../support/order-flow.ts";
import type { ServiceBehaviour } from "../../../support/service-archive.ts";
import { until } from "../../../support/until.ts";

const REQUESTS = 200;

/** Half of an even flow to 1.0.0, half to a candidate that behaves so; what is read of both afterwards. */
async function readAfterTraffic(behaviour: ServiceBehaviour) {
  await using local = await localSite();
  const { target, site } = local;
  const { token } = await target.acquire(RUNNER, 600_000);
  await target.place(await local.pack("1.0.0"), "blue", token);
  const placement = await target.place(await local.pack("1.1.0", behaviour), "green", token);
  expect(placement.instances[0]).not.toHaveProperty("seen");
  await target.route({ blue: 50, green: 50 }, token);
  await using flow = startFlow(site.url, 200);
  await until("traffic went through", () => flow.result.sent >= REQUESTS);
  const { sent, faults } = await flow.stop();
  const { blue, green } = await target.observe();
  const failed = Object.values(faults).reduce((sum, count) => sum + count, 0);
  return { sent, failed, blue: blue.total, green: green.total };
}

describe("what is read of an arm", () => {
  it("is what its clients got, and not what it says, when it drops requests before it counts them", async () => {
    const { sent, failed, blue, green } = await readAfterTraffic({ dropShare: 0.2 });
    expect(failed).toBeGreaterThan(5);
    expect(blue?.errors).toBe(0);
    // A GET that was dropped went on to stable: its client got an answer, the candidate gave none.
    expect(green?.errors).toBeGreaterThanOrEqual(failed);
    expect((blue?.requests ?? 0) + (green?.requests ?? 0)).toBeGreaterThanOrEqual(sent);
    expect(green?.errors ?? 0).toBeGreaterThan(0.15 * (green?.requests ?? 0));
  });

  it("has the errors that it counts as good answers", async () => {
    const { failed, blue, green } = await readAfterTraffic({ errorShare: 0.2, hidesErrors: true });
    expect(failed).toBeGreaterThan(5);
    expect(blue?.errors).toBe(0);
    expect(green?.errors).toBe(failed);
  });

  it("is what it counted itself when that is the truth", async () => {
    const { sent, failed, blue, green } = await readAfterTraffic({ errorShare: 0.2 });
    expect(green?.errors).toBe(failed);
    expect((blue?.requests ?? 0) + (green?.requests ?? 0)).toBe(sent);
  });
});
