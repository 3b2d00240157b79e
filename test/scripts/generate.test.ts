import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { defineAction, expression, input, percentageKind } from "../../lib/action/action.ts";
import { actionTypes, actionYml } from "../../scripts/generate/action-yml.ts";
import { entry, starters } from "../../scripts/generate/entry.ts";
import { fillMarkers } from "../../scripts/generate/generated-file.ts";
import { runNode } from "../run/node-run.ts";
import { copyTree, linkPackages } from "../support/copied-tree.ts";

const sample = defineAction({
  name: "sample-gate",
  description: "Says: yes | no.",
  inputs: z.object({
    token: input.secret({ description: "A token.", default: expression("github.token") }),
    strategy: input.enum(["canary", "rolling"], { description: "How.", default: "canary" }),
    steps: input.listOf(percentageKind, { description: "Weights.", default: "10, 100" }),
    "dry-run": input.boolean({ description: "Only\nsay it.", default: "false" }),
    replicas: input.number({ description: "How many.", integer: true }),
  }),
  outputs: z.object({
    ratio: z.number().describe("How much."),
    gate: z.object({}).describe("As JSON."),
  }),
  run: async () => ({ ratio: 1, gate: {} }),
  post: async () => {},
});

describe("action.yml", () => {
  it("says what the definition says, as GitHub reads it", () => {
    const { path, text } = actionYml(sample);
    expect(path).toBe("actions/sample-gate/action.yml");
    expect(text.split("\n")[0]).toBe(
      "# Generated from actions/sample-gate/action.ts by `npm run generate`; do not edit.",
    );
    expect(parse(text)).toEqual({
      name: "Sluice: sample-gate",
      description: "Says: yes | no.",
      author: "Sluice",
      inputs: {
        token: { description: "A token.", required: false, default: "${{ github.token }}" },
        strategy: { description: "How.", required: false, default: "canary" },
        steps: { description: "Weights.", required: false, default: "10, 100" },
        "dry-run": { description: "Only\nsay it.", required: false, default: "false" },
        replicas: { description: "How many.", required: true },
      },
      outputs: { ratio: { description: "How much." }, gate: { description: "As JSON." } },
      runs: { using: "node24", main: "index.js", post: "post.js", "post-if": "always()" },
      branding: { icon: "shield", color: "blue" },
    });
  });
});

describe("action-types.yml", () => {
  it("types inputs and outputs", () => {
    expect(parse(actionTypes(sample).text)).toEqual({
      inputs: {
        token: { type: "string" },
        strategy: { type: "enum", "allowed-values": ["canary", "rolling"] },
        steps: { type: "list", separator: ",", "list-item": { type: "float" } },
        "dry-run": { type: "boolean" },
        replicas: { type: "integer" },
      },
      outputs: { ratio: { type: "float" }, gate: { type: "string" } },
    });
  });
});

describe("the starters", () => {
  it("are one per phase, and the entry knows the action", () => {
    expect(starters(sample).map(({ path }) => path)).toEqual([
      "actions/sample-gate/index.js",
      "actions/sample-gate/post.js",
    ]);
    expect(entry([sample]).text).toContain(
      '"sample-gate": () => import("./sample-gate/action.ts")',
    );
  });
});

describe("markers", () => {
  it("keep what is around them", () => {
    const text = "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb";
    const filled = "a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nb";
    expect(fillMarkers(text, "x", "new\n")).toBe(filled);
    expect(fillMarkers(filled, "x", "new")).toBe(filled);
    expect(fillMarkers(text, "y", "new")).toBeUndefined();
  });
});

async function generate(root: string, ...args: string[]): Promise<{ code: number; said: string }> {
  let said = "";
  const onOutput = (text: string) => {
    said += text;
  };
  const code = await runNode(["scripts/generate.ts", ...args], { cwd: root, onOutput });
  return { code, said };
}

describe("npm run generate", () => {
  it("-- --check names each file that is not current, and what to do; without it, it mends them", async () => {
    const copy = copyTree();
    linkPackages(copy);
    await generate(copy);
    appendFileSync(join(copy, "actions/build/action.yml"), "# edited\n");
    rmSync(join(copy, "actions/build/index.js"));
    const readme = join(copy, "actions/build/README.md");
    writeFileSync(readme, readFileSync(readme, "utf8").replace("| `name` |", "| `title` |"));

    const checked = await generate(copy, "--check");
    expect(checked.code).toBe(1);
    expect(checked.said).toContain("not current: actions/build/action.yml\n");
    expect(checked.said).toContain("not current: actions/build/index.js\n");
    expect(checked.said).toContain("not current: actions/build/README.md\n");
    expect(checked.said).toContain("Run `npm run generate` and commit what it writes.");

    expect((await generate(copy)).code).toBe(0);
    const again = await generate(copy, "--check");
    expect(again.code).toBe(0);
    expect(again.said).toContain("generated files are current\n");
  });

  it("keeps the definition of an action that is named unlike its folder out", async () => {
    const copy = copyTree();
    linkPackages(copy);
    const source = join(copy, "actions/build/action.ts");
    writeFileSync(source, readFileSync(source, "utf8").replace('name: "build"', 'name: "bild"'));
    const { code, said } = await generate(copy, "--check");
    expect(code).not.toBe(0);
    expect(said).toContain('actions/build/action.ts: its name is "bild"; call it "build"');
  });
});
