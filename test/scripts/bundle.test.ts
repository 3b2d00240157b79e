import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildBundle, readBundle } from "../../scripts/bundle/build.ts";
import { copyPackages, copyTree } from "../support/copied-tree.ts";

const root = join(import.meta.dirname, "..", "..");

describe("the committed bundle", () => {
  it("is what the sources give in another folder, whose path has a space", async () => {
    const copy = copyTree();
    copyPackages(copy);
    const [committed, built] = [readBundle(join(root, "dist")), await buildBundle(copy)];
    expect([...committed.keys()], "run `npm run bundle`").toEqual([...built.keys()]);
    const different = [...built].filter(([name, bytes]) => !committed.get(name)?.equals(bytes));
    expect(different.map(([name]) => name)).toEqual([]);
  });

  it("names no path of the machine that it was built on", () => {
    const naming = [...readBundle(join(root, "dist"))].filter(
      ([, bytes]) => bytes.includes(root) || bytes.includes(".build/"),
    );
    expect(naming.map(([name]) => name)).toEqual([]);
  });
});
