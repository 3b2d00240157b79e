import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const actions = join(import.meta.dirname, "..", "..", "..", "actions");

interface Action {
  inputs: Record<string, { description: string; default?: string }>;
  outputs: Record<string, { value?: string }>;
  runs: { steps: Step[] };
}

interface Step {
  id: string;
  uses?: string;
  with?: Record<string, string>;
}

function read(name: string): Action {
  return parse(readFileSync(join(actions, name, "action.yml"), "utf8"));
}

const candidate = read("candidate");
const used = candidate.runs.steps.flatMap(({ id, uses, with: inputs = {} }) => {
  if (uses === undefined) return [];
  const name = uses.replace("$/actions/", "");
  return [{ id, name, inputs, action: read(name) }];
});

/** Those that mean something else here on purpose: the archive has a fixed place, so that its signature has one. */
const OWN_DEFAULTS = ["build.output"];

describe("the composite action candidate", () => {
  it("builds, scans and signs, in this order, when every word of its lists is known", () => {
    const names = used.map(({ name }) => name);
    expect(names).toEqual(["known-words", "build", "trivy-scan", "cosign-sign"]);
  });

  it("gives each action only inputs that it has", () => {
    for (const { name, inputs, action } of used) {
      const unknown = Object.keys(inputs).filter((input) => !(input in action.inputs));
      expect(unknown, name).toEqual([]);
    }
  });

  it("passes an input on with the default that it has there", () => {
    for (const { name, inputs, action } of used) {
      for (const [inner, value] of Object.entries(inputs)) {
        const outer = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(value)?.[1];
        if (outer === undefined || OWN_DEFAULTS.includes(`${name}.${inner}`)) continue;
        const here = candidate.inputs[outer];
        expect(here, `${outer} is an input`).toBeDefined();
        expect(here?.default, `${name}.${inner}`).toBe(action.inputs[inner]?.default);
      }
    }
  });

  it("puts out only what its steps put out", () => {
    for (const [name, { value = "" }] of Object.entries(candidate.outputs)) {
      for (const [, id, output] of value.matchAll(/steps\.([a-z-]+)\.outputs\.([a-z-]+)/g)) {
        const step = used.find((one) => one.id === id);
        if (step === undefined) expect(["no-scan", "no-sign"], name).toContain(id);
        else expect(Object.keys(step.action.outputs), name).toContain(output);
      }
    }
  });

  it("hands the scan and the signature the archive that was just built", () => {
    const built = "${{ steps.build.outputs.archive }}";
    expect(used.find(({ id }) => id === "scan")?.inputs["scan-ref"]).toBe(built);
    expect(used.find(({ id }) => id === "sign")?.inputs["subject-path"]).toBe(built);
  });

  it("is documented", () => {
    expect(existsSync(join(actions, "candidate", "README.md"))).toBe(true);
  });
});
