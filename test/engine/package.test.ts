import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Manifest {
  dependencies: Record<string, string>;
}

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const manifest = (path: string): Manifest => JSON.parse(read(path));

test("the engine pins the same versions as the root, where both have them", () => {
  const root = manifest("package.json").dependencies;
  for (const [name, version] of Object.entries(manifest("engine/package.json").dependencies)) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    if (root[name] !== undefined) expect(`${name}@${version}`).toBe(`${name}@${root[name]}`);
  }
});

test("the engine's lock holds integrities and no addresses", () => {
  const lock = read("engine/package-lock.json");
  expect(lock).toContain('"integrity"');
  expect(lock).not.toContain('"resolved"');
});
