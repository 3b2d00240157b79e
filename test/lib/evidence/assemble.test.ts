import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleRelease } from "../../../lib/evidence/assemble.ts";
import { stops } from "../../../lib/evidence/gates.ts";
import { JobResult, type Needs } from "../../../lib/evidence/needs.ts";
import type { Gate, GateOutcome } from "../../../lib/evidence/record.ts";
import { ReleaseRecord } from "../../../lib/evidence/record.ts";

const TRAFFIC = { requests: 100, failed: 1, lost: 0 };
const DIGEST = `sha256:${"ab".repeat(32)}`;
const COMMIT = "c".repeat(40);

function gate(name: string, outcome: GateOutcome = "passed", reason = `${name} ${outcome}`): Gate {
  return { name, outcome, reason };
}

function job(result: Needs[string]["result"], outputs: { [name: string]: unknown } = {}) {
  const texts = Object.entries(outputs).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { result, outputs: Object.fromEntries(texts) };
}

function assemble(needs: Needs) {
  return assembleRelease({ needs, version: "9.9.9", commit: "unknown", traffic: TRAFFIC });
}

const CANDIDATE = {
  name: "engine",
  version: "1.1.0",
  commit: COMMIT,
  artifacts: [{ kind: "archive", uri: "out/engine.tar.gz", digest: DIGEST, size: 1 }],
};

const ROLLOUT = {
  plan: { strategy: "canary", steps: [{ weight: 10, holdMs: 1_000 }] },
  steps: [
    {
      weight: 10,
      startedAt: "2026-11-21T02:00:00.000Z",
      endedAt: "2026-11-21T02:00:03.000Z",
      outcome: "rollback",
      evidence: null,
    },
  ],
  secondsToZero: 3.1,
};

const BUILD = job("success", { gate: gate("build"), candidate: CANDIDATE });

describe("a release that passed every gate", () => {
  const record = assemble({
    build: BUILD,
    cd: job("success", {
      "gate-approval": gate("approval"),
      "gate-deploy": gate("deploy"),
      "gate-promote": gate("canary-promote"),
      "gate-rollback": "",
      outcome: "promoted",
    }),
    announce: job("skipped"),
  });

  it("is promoted", () => {
    expect(record.outcome).toBe("promoted");
  });

  it("is named by its candidate", () => {
    expect(record).toMatchObject({ version: "1.1.0", commit: COMMIT, digest: DIGEST });
  });

  it("lists its gates in the order in which they are met", () => {
    expect(record.gates.map(({ name }) => name)).toEqual([
      "build",
      "deploy",
      "approval",
      "canary-promote",
    ]);
  });

  it("has exactly the shape that the schema promises", () => {
    expect(ReleaseRecord.parse(record)).toEqual(record);
    expect(Object.keys(record)).toEqual([
      "version",
      "commit",
      "digest",
      "outcome",
      "gates",
      "statements",
      "rollout",
      "traffic",
    ]);
  });
});

describe("a release that was stopped", () => {
  it("is rolled back when its rollout says so", () => {
    const worse = gate("canary-promote", "failed", "worse");
    const record = assemble({
      build: BUILD,
      promote: job("failure", { gate: worse, rollout: ROLLOUT, outcome: "rolled-back" }),
    });
    expect(record).toMatchObject({ outcome: "rolled-back", rollout: ROLLOUT });
  });

  it("is rolled back by its steps when nobody says how it ended", () => {
    const record = assemble({
      promote: job("failure", { gate: gate("canary-promote", "failed"), rollout: ROLLOUT }),
    });
    expect(record.outcome).toBe("rolled-back");
  });

  it("is rolled back when it was promoted and then taken back", () => {
    const record = assemble({
      promote: job("success", { gate: gate("canary-promote"), outcome: "promoted" }),
      check: job("failure"),
      rollback: job("success", { gate: gate("rollback") }),
    });
    expect(record.outcome).toBe("rolled-back");
  });

  it("is rolled back when it was promoted and then taken back, though no job failed", () => {
    const record = assemble({
      promote: job("success", { gate: gate("canary-promote"), outcome: "promoted" }),
      rollback: job("success", { gate: gate("rollback") }),
    });
    expect(record.outcome).toBe("rolled-back");
  });

  it("is not rolled back when a job failed after it was promoted, and it serves still", () => {
    const record = assemble({
      cd: job("failure", {
        "gate-promote": gate("canary-promote"),
        "gate-rollback": gate("rollback", "skipped"),
        outcome: "promoted",
      }),
    });
    expect(record.outcome).toBe("failed");
    expect(record.gates).toContainEqual(
      gate(
        "cd",
        "failed",
        "job cd failed after its gate canary-promote had passed and no gate says why; its log does",
      ),
    );
  });

  it("is inconclusive when no gate says more than that", () => {
    const record = assemble({
      promote: job("failure", { gate: gate("canary-promote", "inconclusive") }),
    });
    expect(record.outcome).toBe("inconclusive");
  });

  it("is failed when a gate failed before it had traffic, and names what was not reached", () => {
    const record = assemble({
      build: BUILD,
      deploy: job("failure", { gate: gate("deploy", "failed", "never became healthy") }),
      approve: job("skipped"),
      promote: job("skipped"),
    });
    expect(record.outcome).toBe("failed");
    expect(record.gates).toEqual([
      gate("build"),
      gate("deploy", "failed", "never became healthy (not reached: approve, promote)"),
    ]);
  });

  it("is named by what is known when nothing was built", () => {
    const record = assemble({ build: job("failure", { gate: gate("build", "failed") }) });
    expect(record).toMatchObject({ version: "9.9.9", commit: "unknown", digest: null });
  });
});

describe("a job that says nothing", () => {
  it("is a failed gate of its name when it failed", () => {
    const record = assemble({ build: BUILD, migrate: job("failure") });
    expect(record.outcome).toBe("failed");
    expect(record.gates[1]).toEqual(
      gate("migrate", "failed", "job migrate failed and no gate says why; its log does"),
    );
  });

  it("keeps two gates that say the same of different bytes, and tells one that came twice once", () => {
    const about = (digest: string): Gate => ({
      ...gate("trivy-scan"),
      statement: {
        _type: "https://in-toto.io/Statement/v1",
        subject: [{ name: "archive", digest: { sha256: digest.repeat(32) } }],
        predicateType: "https://cosign.sigstore.dev/attestation/vuln/v1",
        predicate: {},
      },
    });
    const { gates } = assemble({
      here: job("success", { gate: about("ab") }),
      there: job("success", { gate: about("cd") }),
      again: job("success", { gate: about("ab") }),
    });
    expect(new Set(gates.map(({ statement }) => statement)).size).toBe(2);
    expect(gates).toHaveLength(2);
  });

  it("is a refused approval when it is the one that waits for reviewers", () => {
    const { gates } = assemble({ approve: job("failure"), promote: job("skipped") });
    expect(gates).toEqual([
      gate(
        "approval",
        "failed",
        "the approval was refused, or nobody gave it in time (not reached: promote)",
      ),
    ]);
  });

  it("stopped at the first gate that it has an output for and put nothing into", () => {
    const { gates } = assemble({
      cd: job("failure", {
        "gate-promote": "",
        "gate-approval": "",
        "gate-deploy": gate("deploy"),
        "gate-rollback": gate("rollback"),
      }),
    });
    expect(gates.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["deploy", "passed"],
      ["approval", "failed"],
      ["rollback", "passed"],
    ]);
  });

  it("is a failed gate when it was cancelled", () => {
    expect(assemble({ promote: job("cancelled") }).gates).toEqual([
      gate("promote", "failed", "job promote was cancelled"),
    ]);
  });

  it("is a skipped gate when the workflow did not want it and nothing failed", () => {
    const record = assemble({ build: BUILD, promote: job("skipped") });
    expect(record.outcome).toBe("failed");
    expect(record.gates[1]).toMatchObject({ name: "promote", outcome: "skipped" });
  });
});

describe("outputs that are not what they should be", () => {
  it.each(["{", '"passed"', '{"name":"deploy","outcome":"fine","reason":""}', "[]"])(
    "make a failed gate: %s",
    (text) => {
      const record = assemble({
        deploy: job("success", { gate: text }),
        promote: job("success", { gate: gate("canary-promote") }),
      });
      expect(record.outcome).toBe("failed");
      expect(record.gates[0]).toEqual(
        gate("deploy", "failed", "output gate of job deploy is no gate"),
      );
    },
  );

  it("are passed over where the record can do without them", () => {
    const record = assemble({
      build: job("success", { gate: gate("build"), candidate: "{}", rollout: "nonsense" }),
    });
    expect(record).toMatchObject({ version: "9.9.9", digest: null, rollout: null });
  });
});

describe("whatever the jobs did", () => {
  const outcomes = fc.constantFrom<GateOutcome>("passed", "failed", "inconclusive", "skipped");
  const names = fc.constantFrom("build", "deploy", "approval", "canary-promote", "other");
  const jobs = fc.record({
    result: fc.constantFrom(...JobResult.options),
    outputs: fc.oneof(
      fc.constant({}),
      fc.record({
        gate: fc.oneof(
          fc.string(),
          fc.tuple(names, outcomes).map(([name, outcome]) => JSON.stringify(gate(name, outcome))),
        ),
      }),
    ),
  });

  it("promoted means that canary-promote passed and nothing stopped the release", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), jobs), (needs) => {
        const record = assemble(needs);
        expect(ReleaseRecord.safeParse(record).success).toBe(true);
        if (record.outcome !== "promoted") return;
        expect(record.gates).toContainEqual(
          expect.objectContaining({ name: "canary-promote", outcome: "passed" }),
        );
        expect(record.gates.every(({ outcome }) => /passed|skipped/.test(outcome))).toBe(true);
        expect(Object.values(needs).every(({ result }) => /success|skipped/.test(result))).toBe(
          true,
        );
      }),
    );
  });

  it("a job that failed never leaves all gates passed", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), jobs), (needs) => {
        if (!Object.values(needs).some(({ result }) => result === "failure")) return;
        expect(assemble(needs).gates.some(stops)).toBe(true);
      }),
    );
  });
});
