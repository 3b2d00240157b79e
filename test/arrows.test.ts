import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importsBelow, importsOf } from "./support/arrows/import.ts";
import { undeclared } from "./support/arrows/packages.ts";
import { RULES } from "./support/arrows/rule.ts";

const root = join(import.meta.dirname, "..");
const imports = importsBelow(root);

describe("the arrows between the rooms", () => {
  it("are read from the real sources", () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it.each(Object.entries(RULES))("hold: %s", (_name, rule) => {
    expect(rule(imports)).toEqual([]);
  });
});

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

describe("packages", () => {
  const manifest = (path: string): Manifest => JSON.parse(readFileSync(join(root, path), "utf8"));
  const { dependencies = {}, devDependencies = {} } = manifest("package.json");
  const shipped = Object.keys(dependencies);
  const all = [...shipped, ...Object.keys(devDependencies)];
  const engine = Object.keys(manifest("engine/package.json").dependencies ?? {});
  const declared = [
    ...["actions", "cli", "lib", "rehearsal"].map((folder) => ({ folder, packages: shipped })),
    ...["perf", "scripts", "test"].map((folder) => ({ folder, packages: all })),
    // Run by k6, whose modules are part of its program.
    { folder: "perf/k6", packages: ["k6"] },
    { folder: "engine", packages: engine },
  ];

  it("are declared where they are imported, and not for development only where they ship", () => {
    expect(undeclared(imports, declared)).toEqual([]);
  });

  it("that are not are found", () => {
    const planted = importsOf(
      "lib/a.ts",
      'import "vite"; import "zod"; import "@actions/nothing/x";',
    );
    expect(undeclared(planted, declared)).toEqual([
      "lib/a.ts imports vite, which is not declared for lib/",
      "lib/a.ts imports @actions/nothing/x, which is not declared for lib/",
    ]);
  });
});

/** What all rules say of files that are not there. */
function judge(files: Record<string, string>): string[] {
  const planted = Object.entries(files).flatMap(([path, text]) => importsOf(path, text));
  return Object.values(RULES).flatMap((rule) => rule(planted));
}

describe("a planted wrong arrow is found", () => {
  it.each([
    ["lib/units/a.ts", 'import { b } from "../../actions/deploy/b.ts";', "must not know actions/"],
    ["lib/units/a.ts", 'export * from "../../cli/b.ts";', "must not know cli/"],
    [
      "lib/units/a.ts",
      'import type { B } from "../../rehearsal/b.ts";',
      "must not know rehearsal/",
    ],
    ["lib/units/a.ts", 'const b = () => import("../../engine/b.ts");', "must not know engine/"],
    ["engine/a.ts", 'import "../lib/error.ts";', "must not know lib/"],
    ["actions/deploy/a.ts", 'import "../../test/b.ts";', "must not know test/"],
    ["actions/deploy/a.ts", 'import "../build/b.ts";', "belongs in lib/"],
    ["lib/verdict/a.ts", 'import { readFileSync } from "node:fs";', "does no I/O"],
    ["lib/rollout/a.ts", 'import net from "net";', "does no I/O"],
    ["lib/rollout/a.ts", 'const { request } = await import("undici");', "does no I/O"],
  ])("%s: %s", (path, text, expected) => {
    expect(judge({ [path]: text })).toEqual([expect.stringContaining(expected)]);
  });

  it("behind another file", () => {
    const faults = judge({
      "lib/rollout/a.ts": 'import { b } from "../units/b.ts";',
      "lib/units/b.ts": 'import "node:child_process";',
    });
    expect(faults).toEqual([
      "lib/rollout/a.ts loads lib/units/b.ts, which imports node:child_process: lib/rollout does no I/O",
    ]);
  });

  it("as a cycle over three rooms, told once", () => {
    const faults = judge({
      "lib/one/a.ts": 'import "../two/a.ts";',
      "lib/two/a.ts": 'import "../three/a.ts";',
      "lib/three/a.ts": 'import "../one/a.ts";',
    });
    expect(faults).toEqual(["cycle: lib/one -> lib/two -> lib/three -> lib/one"]);
  });
});

describe("what is allowed stays allowed", () => {
  it("types of a room with I/O in a pure one, and lib in the others", () => {
    const faults = judge({
      "lib/rollout/a.ts": 'import type { Target } from "../targets/target.ts";',
      "lib/targets/target.ts": 'import "node:net"; import { plan } from "../rollout/b.ts";',
      "lib/rollout/b.ts": "export const plan = 1;",
      "cli/a.ts": 'import "../lib/error.ts"; import "../rehearsal/b.ts";',
      "actions/deploy/a.ts": 'import "../../lib/error.ts";',
    });
    expect(faults).toEqual([]);
  });
});
