import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assembleRelease } from "../../../lib/evidence/assemble.ts";
import { canonicalJson, digestOf } from "../../../lib/evidence/canonical.ts";
import { type ChainPolicy, chainOf, REQUIRED_GATES } from "../../../lib/evidence/chain.ts";
import type { Gate, GateOutcome, ReleaseRecord } from "../../../lib/evidence/record.ts";
import { PREDICATE, statementOf } from "../../../lib/evidence/statement.ts";
import type { Digest } from "../../../lib/units/digest.ts";

const DIGEST = `sha256:${"ab".repeat(32)}` as Digest;
const OTHER = `sha256:${"cd".repeat(32)}` as Digest;
const POLICY: ChainPolicy = { required: REQUIRED_GATES, maySkip: [] };
const ROLLOUT: NonNullable<ReleaseRecord["rollout"]> = {
  plan: { strategy: "canary", steps: [{ weight: 100, holdMs: 1_000 }] },
  steps: [],
  secondsToZero: null,
};

const SIGNED = { mode: "key", by: "sluice.pub" };

const KINDS: Readonly<Record<string, string>> = {
  build: PREDICATE.provenance,
  "trivy-scan": PREDICATE.scan,
  "cosign-sign": PREDICATE.signature,
  deploy: PREDICATE.deploy,
  "k6-gate": PREDICATE.load,
  "canary-promote": PREDICATE.rollout,
};

function predicateOf(name: string, outcome: GateOutcome): Record<string, unknown> {
  if (name === "build") return {};
  if (name === "trivy-scan") return { scanner: { result: { outcome } } };
  if (name === "deploy") return { outcome, environment: "production", verification: SIGNED };
  if (name !== "canary-promote") return { outcome };
  return {
    outcome,
    environment: "production",
    rolloutDigest: digestOf(canonicalJson(ROLLOUT)),
  };
}

function gate(name: string, outcome: GateOutcome = "passed", about: Digest = DIGEST): Gate {
  const found = { name, outcome, reason: `${name} says so` };
  if (name === "approval" || name === "rollback") return found;
  const subject = { name: "engine.tar.gz", digest: about };
  const predicateType = KINDS[name] ?? `urn:test:${name}`;
  const predicate = predicateOf(name, outcome);
  return { ...found, statement: statementOf({ predicateType, subject, predicate }) };
}

/** A release as report assembles it: one job per gate. */
function releaseWith(gates: readonly Gate[]): ReleaseRecord {
  const jobs = gates.map((one, at) => [
    `job${at}`,
    { result: "success" as const, outputs: { gate: JSON.stringify(one) } },
  ]);
  const told = { digest: DIGEST, rollout: JSON.stringify(ROLLOUT) };
  const needs = {
    ...Object.fromEntries(jobs),
    told: { result: "success" as const, outputs: told },
  };
  const traffic = { requests: null, failed: null, lost: null };
  return assembleRelease({ needs, version: "1.2.3", commit: "0".repeat(40), traffic });
}

const good = () => releaseWith(REQUIRED_GATES.map((name) => gate(name)));
const broken = (release: ReleaseRecord, policy = POLICY) =>
  chainOf(release, policy).filter(({ holds }) => !holds);

describe("the chain of a promoted release", () => {
  test("holds when every gate judged the released bytes", () => {
    expect(good().outcome).toBe("promoted");
    expect(broken(good())).toEqual([]);
  });

  test.each(REQUIRED_GATES)("breaks at %s when that gate is not there", (name) => {
    const release = releaseWith(
      REQUIRED_GATES.filter((one) => one !== name).map((one) => gate(one)),
    );
    const [first] = broken({ ...release, outcome: "promoted" });
    expect(first).toMatchObject({ name: `requires ${name}`, says: "the record has no such gate" });
  });

  test("breaks at a gate that judged other bytes, and names both", () => {
    const gates = REQUIRED_GATES.map((name) =>
      gate(name, "passed", name === "trivy-scan" ? OTHER : DIGEST),
    );
    const [first] = broken(releaseWith(gates));
    expect(first?.name).toBe("trivy-scan");
    expect(first?.says).toContain(OTHER);
    expect(first?.says).toContain(DIGEST);
  });

  test("breaks at a gate that passed without a statement", () => {
    const gates = REQUIRED_GATES.map((name) => {
      const { statement: _, ...bare } = gate(name);
      return name === "k6-gate" ? bare : gate(name);
    });
    expect(broken(releaseWith(gates))[0]?.name).toBe("k6-gate");
  });

  const judging = REQUIRED_GATES.filter((name) => name !== "approval" && name !== "build");

  test.each(judging)("breaks at %s when its statement decided otherwise", (name) => {
    const gates = REQUIRED_GATES.map((one) => gate(one));
    const failed = gate(name, "failed");
    const waved = gates.map((one) =>
      one.name === name ? { ...failed, outcome: "passed" as const } : one,
    );
    expect(broken(releaseWith(waved))[0]).toMatchObject({ name });
  });

  test.each(judging)("breaks at %s when its statement is another gate's", (name) => {
    const { statement } = gate("build");
    const borrowed = REQUIRED_GATES.map((one) =>
      one === name ? { ...gate(one), ...(statement && { statement }) } : gate(one),
    );
    expect(broken(releaseWith(borrowed))[0]).toMatchObject({
      name,
      says: expect.stringContaining("of the kind https://slsa.dev/provenance/v1, not"),
    });
  });

  test("breaks when it was promoted elsewhere than it was deployed", () => {
    const gates = REQUIRED_GATES.map((name) => gate(name));
    const elsewhere = gates.map((one) => {
      if (one.name !== "deploy" || one.statement === undefined) return one;
      const predicate = { ...one.statement.predicate, environment: "staging" };
      return { ...one, statement: { ...one.statement, predicate } };
    });
    expect(broken(releaseWith(elsewhere))).toMatchObject([
      { name: "environment", says: "deploy was in staging, canary-promote in production" },
    ]);
  });

  test("breaks when nobody says which rollout was judged", () => {
    const gates = REQUIRED_GATES.map((name) => gate(name));
    const silent = gates.map((one) => {
      if (one.name !== "canary-promote" || one.statement === undefined) return one;
      const { rolloutDigest: _, ...predicate } = one.statement.predicate;
      return { ...one, statement: { ...one.statement, predicate } };
    });
    expect(broken(releaseWith(silent))[0]?.name).toBe("rollout");
  });

  test("breaks when the steps are not those that were judged", () => {
    const release = good();
    const changed = { ...release, rollout: { ...ROLLOUT, secondsToZero: 1 } };
    expect(broken(changed)[0]?.name).toBe("rollout");
  });

  test("breaks when it is called promoted though it was taken back afterwards", () => {
    const release = releaseWith([...REQUIRED_GATES.map((name) => gate(name)), gate("rollback")]);
    expect(release.outcome).toBe("rolled-back");
    expect(broken({ ...release, outcome: "promoted" })).toMatchObject([
      { name: "outcome", says: "promoted, yet it was taken back afterwards" },
    ]);
  });

  test("breaks at a gate skipped by request, unless that was allowed", () => {
    const gates = REQUIRED_GATES.map((name) =>
      gate(name, name === "trivy-scan" ? "skipped" : "passed"),
    );
    const release = releaseWith(gates);
    expect(broken(release)[0]).toMatchObject({ name: "requires trivy-scan" });
    expect(broken(release, { ...POLICY, maySkip: ["trivy-scan"] })).toEqual([]);
  });

  test.each([
    ["under verify: off", { mode: "off" }, "nobody checked it (verify: off)"],
    ["by whoever does not say", undefined, "deploy does not tell of it"],
  ])(
    "breaks when it was placed %s, unless its own signature is checked beside it, or need not be there",
    (_how, verification, says) => {
      const placed = gate("deploy");
      const statement = placed.statement && {
        ...placed.statement,
        predicate: { ...placed.statement.predicate, verification },
      };
      // One that was checked does not speak for another that was not.
      const gates = [...REQUIRED_GATES.map((name) => gate(name)), { ...placed, statement }];
      const release = releaseWith(gates);
      const [first] = broken(release);
      expect(first?.name).toBe("signature when placed");
      expect(first?.says).toContain(says);
      expect(broken(release, { ...POLICY, archive: OTHER })).toEqual([first]);
      expect(broken(release, { ...POLICY, archive: DIGEST })).toEqual([]);
      expect(broken(release, { ...POLICY, maySkip: ["cosign-sign"] })).toEqual([]);
    },
  );

  test("breaks whatever word of whatever statement is changed", () => {
    const release = good();
    const keys = Object.keys(release.statements);
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.string(), fc.string(), (key, name, value) => {
        const statement = release.statements[key];
        if (statement === undefined) throw new Error("no such statement");
        const predicate = { ...statement.predicate, [`x${name}`]: value };
        const statements = { ...release.statements, [key]: { ...statement, predicate } };
        expect(broken({ ...release, statements })[0]?.name).toBe("statement");
      }),
    );
  });
});

describe("the chain of a release that was stopped", () => {
  test("needs only the gates before the one that stopped it", () => {
    const gates = [gate("build"), gate("trivy-scan", "failed")];
    expect(broken(releaseWith(gates))).toEqual([]);
  });

  test("breaks when a gate before that is missing", () => {
    const release = releaseWith([gate("build"), gate("k6-gate", "failed")]);
    expect(broken(release).map(({ name }) => name)).toEqual([
      "requires trivy-scan",
      "requires cosign-sign",
      "requires deploy",
    ]);
  });

  test("breaks when it is called promoted all the same", () => {
    const release = releaseWith([gate("build"), gate("trivy-scan", "failed")]);
    expect(broken({ ...release, outcome: "promoted" }).map(({ name }) => name)).toContain(
      "outcome",
    );
  });
});
