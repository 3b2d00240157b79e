import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SluiceError } from "../../../lib/error.ts";
import { EMPTY_STATE } from "../../../lib/rollout/state.ts";
import type {
  AnySlot,
  Holder,
  PlaceableRelease,
  SlotStatus,
  Target,
  Weights,
} from "../../../lib/targets/target.ts";
import type { Digest } from "../../../lib/units/digest.ts";
import { digestOf, type ServiceBehaviour } from "../../support/service-archive.ts";

/** A target that the contract is held against: fresh, with nothing placed. */
export interface ContractSubject {
  target: Target;
  /** Where traffic enters. */
  url: string;
  /** A version of the test service that this target can place. */
  pack(version: string, behaviour?: ServiceBehaviour): Promise<PlaceableRelease>;
  /** Whether it has room for a fresh baseline beside its two slots. */
  placesBaseline: boolean;
  close(): Promise<void>;
}

/** The whole story is told under one. */
const LEASE_MS = 600_000;
const RUNNER: Holder = { key: "run/1/promote", description: "run 1 job promote" };
const OTHER: Holder = { key: "run/2/promote", description: "run 2 job promote" };

/** Rejects with a SluiceError of this code. */
export async function expectCode(promise: Promise<unknown>, code: string): Promise<SluiceError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SluiceError);
  expect((error as SluiceError).code).toBe(code);
  return error as SluiceError;
}

/**
 * What every target keeps, whatever it is made of. One story: the tests build on one another. `limitMs` is what setting
 * up, and each test, may take.
 */
export function targetContract(
  kind: string,
  open: () => Promise<ContractSubject>,
  limitMs = 240_000,
): void {
  describe(`a ${kind} target`, { timeout: limitMs }, () => {
    let subject: ContractSubject;
    let target: Target;
    let token: number;

    beforeAll(async () => {
      subject = await open();
      target = subject.target;
      token = (await target.acquire(RUNNER, LEASE_MS)).token;
    }, limitMs);
    afterAll(() => subject?.close(), limitMs);

    const share = async (requests: number): Promise<Weights> => {
      const seen: Weights = { blue: 0, green: 0 };
      for (let i = 0; i < requests; i += 1) {
        const response = await fetch(`${subject.url}/`);
        const { slot } = (await response.json()) as { slot: AnySlot };
        seen[slot] = (seen[slot] ?? 0) + 1;
      }
      return seen;
    };

    it("begins with an empty state", async () => {
      expect((await target.read()).value).toEqual(EMPTY_STATE);
    });

    it("keeps what is written, under a new version", async () => {
      const { version } = await target.read();
      const next = { ...EMPTY_STATE, previous: await subject.pack("0.0.1") };
      const written = await target.write(next, version, token);
      expect(written).not.toBe(version);
      expect(await target.read()).toEqual({ value: next, version: written });
    });

    it("refuses a write on top of a version that is not the last one", async () => {
      const { version } = await target.read();
      await target.write(EMPTY_STATE, version, token);
      await expectCode(target.write(EMPTY_STATE, version, token), "lost-race");
    });

    it("lets exactly one of many writers of the same version win", async () => {
      const { version } = await target.read();
      const writes = Array.from({ length: 8 }, () => target.write(EMPTY_STATE, version, token));
      const results = await Promise.allSettled(writes);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    });

    it("tells a second runner who holds it and since when", async () => {
      const error = await expectCode(target.acquire(OTHER, LEASE_MS), "lease-held");
      expect(error.message).toContain(RUNNER.description);
      expect(error.message).toMatch(/since \d{4}-\d\d-\d\dT/);
    });

    it("lets a re-run of the same job take over, and refuses its predecessor everything", async () => {
      const before = token;
      token = (await target.acquire(RUNNER, LEASE_MS)).token;
      expect(token).toBeGreaterThan(before);
      const { version } = await target.read();
      await expectCode(target.renew(before, LEASE_MS), "lease-lost");
      await expectCode(target.write(EMPTY_STATE, version, before), "lease-lost");
      await expectCode(target.route({ blue: 0, green: 0 }, before), "lease-lost");
      await expectCode(target.retire("green", before), "lease-lost");
      if (subject.placesBaseline)
        await expectCode(target.placeBaseline("blue", before), "lease-lost");
      await expectCode(target.release(before), "lease-lost");
    });

    it("prolongs a lease that is renewed", async () => {
      const { lease } = await target.status();
      const renewed = await target.renew(token, 2 * LEASE_MS);
      expect(renewed.expiresAtMs).toBeGreaterThan(lease?.expiresAtMs ?? 0);
    });

    it("refuses weight on a slot that is empty", async () => {
      await expectCode(target.route({ blue: 100, green: 0 }, token), "refused");
      if (subject.placesBaseline) await expectCode(target.placeBaseline("blue", token), "refused");
    });

    it("refuses an archive whose bytes are not the promised ones, and leaves the slot empty", async () => {
      const release = await subject.pack("6.6.6");
      const other = await subject.pack("6.6.7");
      const error = await expectCode(
        target.place({ ...release, digest: other.digest }, "blue", token),
        "digest-mismatch",
      );
      expect(error.message).toContain(release.digest);
      expect(error.message).toContain(other.digest);
      expect((await target.status()).slots.blue.release).toBeNull();
    });

    it("refuses a release that dies at its start, and says what it said", async () => {
      const release = await subject.pack("0.0.2", { exitAtStart: 3 });
      const error = await expectCode(target.place(release, "blue", token), "unhealthy");
      expect(error.message).toContain("told to exit at the start");
      expect((await target.status()).slots.blue.instances).toEqual([]);
    });

    it("places a release: healthy, reachable by itself, without traffic", async () => {
      const release = await subject.pack("1.0.0");
      const placement = await target.place(release, "blue", token);
      expect(placement.slot).toBe("blue");
      for (const { url } of placement.instances)
        expect((await fetch(`${url}/health`)).ok).toBe(true);
      const { weights, slots } = await target.status();
      expect(weights).toEqual({ blue: 0, green: 0 });
      expect(slots.blue.release?.version).toBe("1.0.0");
      expect(slots.blue.instances.every(({ healthy }) => healthy)).toBe(true);
    });

    it("sends traffic by weight and reads back what it set", async () => {
      expect(await target.route({ blue: 100, green: 0 }, token)).toEqual({ blue: 100, green: 0 });
      expect(await share(20)).toEqual({ blue: 20, green: 0 });
      await target.place(await subject.pack("1.1.0"), "green", token);
      expect(await share(20)).toEqual({ blue: 20, green: 0 });
      expect(await target.route({ blue: 75, green: 25 }, token)).toEqual({ blue: 75, green: 25 });
      expect(await share(200)).toEqual({ blue: 150, green: 50 });
      expect((await target.status()).weights).toEqual({ blue: 75, green: 25 });
    });

    it("refuses weights that do not make 100", async () => {
      await expectCode(target.route({ blue: 50, green: 49 }, token), "invalid-input");
      expect((await target.status()).weights).toEqual({ blue: 75, green: 25 });
    });

    it("reads the raw counters of both slots", async () => {
      const { blue, green } = await target.observe();
      expect(green.total?.requests).toBe(50);
      expect(blue.total?.requests).toBe(190);
      expect(blue.total?.errors).toBe(0);
    });

    it("remembers what it read of the slot that has all traffic, and nothing of a shared one", async () => {
      expect(await target.past()).toEqual([]);
      await target.route({ blue: 100, green: 0 }, token);
      await expect
        .poll(async () => (await target.past()).length, { timeout: 20_000 })
        .toBeGreaterThan(1);
      const past = await target.past();
      const moments = past.map((reading) => reading.atMs);
      expect(moments).toEqual([...moments].sort((a, b) => a - b));
      const now = (await target.observe()).blue.total?.requests ?? 0;
      for (const { counters } of past) expect(counters.total?.requests).toBeLessThanOrEqual(now);
      await target.route({ blue: 75, green: 25 }, token);
      expect(await target.past()).toEqual([]);
    });

    it("starts fresh processes of stable beside it, without traffic, and again is the same as once", async () => {
      if (!subject.placesBaseline) {
        const error = await expectCode(target.placeBaseline("blue", token), "unsupported");
        expect(error.message).toContain(kind);
        return;
      }
      await target.placeBaseline("blue", token);
      const { weights, slots } = await target.status();
      expect(weights).toEqual({ blue: 75, green: 25 });
      expect(slots.baseline?.release?.version).toBe("1.0.0");
      expect(slots.baseline?.instances).toHaveLength(slots.blue.instances.length);
      expect(urlsOf(slots.baseline)).not.toEqual(expect.arrayContaining(urlsOf(slots.blue)));
      await target.placeBaseline("blue", token);
      expect(urlsOf((await target.status()).slots.baseline)).toEqual(urlsOf(slots.baseline));
    });

    it("gives the baseline traffic by weight, counts it apart, and takes it away again", async () => {
      if (!subject.placesBaseline) return;
      const weights = { blue: 50, green: 25, baseline: 25 };
      expect(await target.route(weights, token)).toEqual(weights);
      expect(await share(200)).toEqual({ blue: 100, green: 50, baseline: 50 });
      expect((await target.status()).weights).toEqual(weights);
      expect((await target.observe()).baseline?.total?.requests).toBe(50);
      await expectCode(target.retire("baseline", token), "refused");
      await expectCode(target.route({ ...weights, blue: 75 }, token), "invalid-input");
      await target.route({ blue: 75, green: 25 }, token);
    });

    it("retires the baseline, and what stands beside it stays as it is", async () => {
      if (!subject.placesBaseline) return;
      const before = (await target.status()).slots;
      await target.retire("baseline", token);
      const after = (await target.status()).slots;
      expect(after.baseline).toBeUndefined();
      expect((await target.observe()).baseline).toBeUndefined();
      for (const url of urlsOf(before.baseline)) await expect(fetch(url)).rejects.toThrow();
      expect(urlsOf(after.blue)).toEqual(urlsOf(before.blue));
      expect(after.blue.instances.every(({ healthy }) => healthy)).toBe(true);
      const none = { blue: 50, green: 25, baseline: 25 };
      await expectCode(target.route(none, token), "refused");
      await target.retire("baseline", token);
    });

    it("refuses to retire or to replace what has traffic", async () => {
      await expectCode(target.retire("green", token), "refused");
      await expectCode(target.place(await subject.pack("1.2.0"), "green", token), "refused");
    });

    it("retires a slot that has no traffic, and keeps its bytes for a rollback", async () => {
      await target.route({ blue: 0, green: 100 }, token);
      const { instances } = (await target.status()).slots.blue;
      await target.retire("blue", token);
      const { slots, present } = await target.status();
      expect(slots.blue.instances).toEqual([]);
      for (const { url } of instances) await expect(fetch(url)).rejects.toThrow();
      expect(present.map(({ version }) => version)).toContain("1.0.0");
      await target.retire("blue", token);
    });

    it("places again from the bytes that are present", async () => {
      const { present } = await target.status();
      const release = present.find(({ version }) => version === "1.0.0");
      if (!release) throw new Error("1.0.0 is not present");
      const placement = await target.place(release, "blue", token);
      expect(placement.release.version).toBe("1.0.0");
    });

    it("refuses to place bytes that are not present, and says what is", async () => {
      const { archivePath: _, ...release } = await subject.pack("9.9.9");
      await target.retire("blue", token);
      const error = await expectCode(target.place(release, "blue", token), "no-such-release");
      expect(error.message).toContain("1.1.0");
    });

    it("names the archive of a release if its bytes are on this machine, and none of one that it never had", async () => {
      const [kept] = (await target.status()).present;
      if (!kept) throw new Error("nothing is present");
      const path = await target.archived(kept.digest);
      // A target elsewhere has no bytes here; what is named has to be the right ones.
      if (path !== undefined) expect(await digestOf(path)).toBe(kept.digest);
      const never = `sha256:${"0".repeat(64)}` as Digest;
      expect(await target.archived(never)).toBeUndefined();
    });

    it("is free for the next runner once the lease is given back", async () => {
      await target.release(token);
      expect((await target.status()).lease).toBeNull();
      const next = await target.acquire(OTHER, LEASE_MS);
      expect(next.token).toBeGreaterThan(token);
      await target.release(next.token);
      expect((await target.status()).weights).toEqual({ blue: 0, green: 100 });
    });
  });
}

function urlsOf(slot: SlotStatus | undefined): string[] {
  return (slot?.instances ?? []).map(({ url }) => url);
}
