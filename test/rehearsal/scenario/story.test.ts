import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { GATE_ORDER } from "../../../lib/evidence/gates.ts";
import { toolGateOf } from "../../../rehearsal/scenario/gate-tool.ts";
import {
  BAD,
  BAD_NAMES,
  FIRST,
  GOOD,
  type ScenarioVersion,
  VULNERABLE,
} from "../../../rehearsal/scenario/story.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const source = (file: string) => readFileSync(join(root, file), "utf8");

/** The text of `file` in that version. */
function edited({ changes }: ScenarioVersion, file: string): string {
  const change = changes.find((one) => one.file === file);
  if (change === undefined) throw new Error(`${file} is not changed`);
  return change.edit(file === "engine/fault.json" ? undefined : source(file));
}

describe("the versions of the rehearsal", () => {
  it("have tags of their own, in ascending order", () => {
    const tags = [FIRST, GOOD, ...BAD_NAMES.map((name) => BAD[name])].map(({ tag }) => tag);
    expect(tags).toEqual([...new Set(tags)].sort());
  });

  it("are stopped by gates that there are, each by another one", () => {
    const gates = BAD_NAMES.map((name) => BAD[name].expected.stoppedBy);
    expect(new Set(gates).size).toBe(gates.length);
    for (const gate of gates) expect(GATE_ORDER).toContain(gate);
  });

  it("lock the vulnerable dependency that they declare", () => {
    const bad = BAD["critical-dependency"];
    const { name, version, integrity } = VULNERABLE;
    expect(JSON.parse(edited(bad, "engine/package.json")).dependencies[name]).toBe(version);
    const { packages } = JSON.parse(edited(bad, "engine/package-lock.json"));
    expect(packages[""].dependencies[name]).toBe(version);
    expect(packages[`node_modules/${name}`]).toEqual({ version, integrity });
  });

  it("alter the archive between its signature and its hand-over", () => {
    const workflow = parse(edited(BAD["altered-archive"], ".github/workflows/release.yml"));
    const { steps, outputs } = workflow.jobs.candidate;
    const names = steps.map((step: { name: string }) => step.name);
    const at = names.indexOf("Alter the archive");
    expect(names.indexOf("Build, scan and sign the archive")).toBeLessThan(at);
    expect(names[at + 1]).toBe("Hand the archive over");
    expect(outputs.candidate).toContain("steps.altered.");
  });

  it("say so when the workflow has changed too much to be altered", () => {
    const [change] = BAD["altered-archive"].changes.filter(({ file }) => file.endsWith(".yml"));
    expect(() => change?.edit("jobs: {}")).toThrow("does not know where to alter it");
  });
});

describe("a gate that is left out", () => {
  it.each([
    ["trivy", "trivy-scan"],
    ["trivy-scan", "trivy-scan"],
    ["cosign", "cosign-sign"],
    ["k6", "k6-gate"],
  ])("may be called %s", (name, gate) => {
    expect(toolGateOf(name)).toBe(gate);
  });

  it("has to be one that needs a tool", () => {
    expect(toolGateOf("deploy")).toBeUndefined();
  });
});
