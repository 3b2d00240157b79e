import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TOOLS } from "../../../lib/tools/catalogue.ts";
import { findPins } from "../../../lib/tools/pins-folder.ts";
import { ReleaseTable } from "../../../lib/tools/release/table.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const table = ReleaseTable.parse(
  JSON.parse(readFileSync(join(root, "tools", "releases.json"), "utf8")),
);
const released = Object.values(TOOLS).filter(({ name }) => name in table);

describe("the table of releases", () => {
  it("has the gates' tools, and none that the catalogue has not", () => {
    expect(Object.keys(table)).toEqual(expect.arrayContaining(["cosign", "k6", "trivy"]));
    expect(Object.keys(TOOLS)).toEqual(expect.arrayContaining(Object.keys(table)));
  });

  it.each(released.map((tool) => [tool.name, tool] as const))("pins %s", (name, { version }) => {
    const pinned = table[name];
    expect(pinned?.version).toBe(version);
    const assets = Object.entries(pinned?.assets ?? {});
    const platforms = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64"];
    expect(assets.map(([platform]) => platform).sort()).toEqual(platforms);
    expect(new Set(assets.map(([, { sha256 }]) => sha256)).size).toBe(assets.length);
    for (const [, { url, program }] of assets) {
      expect(url).toMatch(/^https:\/\/github\.com\//);
      expect(url).toContain(`/v${version}/`);
      expect(program !== undefined).toBe(/\.(tar\.gz|zip)$/.test(url));
    }
  });
});

it("the pins are found from the sources and from the bundle", () => {
  const tools = join(root, "tools");
  expect(findPins()).toBe(tools);
  expect(findPins(join(root, "dist"))).toBe(tools);
});
