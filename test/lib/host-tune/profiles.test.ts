import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { dividing, HOUSEKEEPING } from "../../../lib/host-tune/dividing.ts";
import { PROFILES } from "../../../lib/host-tune/profiles.ts";

const page = await readFile(new URL("../../../docs/host-tune.md", import.meta.url), "utf8");

describe.each(Object.values(PROFILES))("the profile $name", (profile) => {
  const { boot, divides } = profile;
  const settings = [...profile.settings, ...(divides ? dividing(HOUSEKEEPING) : [])];

  it("has a row in the documentation for each key, with its value and reason", () => {
    const rows = [
      ...settings.map(({ key, value, reason }) => `| \`${key}\` | \`${value}\` | ${reason} |`),
      ...boot.map(({ name, reason }) => `| \`${name}\` | ${reason} |`),
    ];
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  });

  it("sets no key twice, and none outside of the kernel's own folders", () => {
    const paths = settings.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(path).toMatch(/^(proc\/sys|proc\/irq|sys)\/[a-z0-9_/*]+$/);
  });
});
