import { readdir, readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { environmentJsonSchema } from "../../../lib/environment/json-schema.ts";
import { parseEnvironment, readEnvironment } from "../../../lib/environment/read.ts";
import { SluiceError } from "../../../lib/error.ts";
import { nearest } from "../../../lib/nearest.ts";

const ENVIRONMENTS = new URL("../../../environments/", import.meta.url);

describe("the environments that are shipped", async () => {
  const files = (await readdir(ENVIRONMENTS)).filter((name) => name.endsWith(".yaml"));

  it.each(files)("%s is accepted, and points editors at the schema", async (name) => {
    const { pathname } = new URL(name, ENVIRONMENTS);
    await expect(readEnvironment(decodeURIComponent(pathname))).resolves.toMatchObject({
      name: name.replace(".yaml", ""),
    });
    expect(await readFile(new URL(name, ENVIRONMENTS), "utf8")).toMatch(
      /^# yaml-language-server: \$schema=\.\/environment\.schema\.json\n/,
    );
  });
});

describe("the JSON Schema", () => {
  it("is the one that is committed", async () => {
    const committed = await readFile(new URL("environment.schema.json", ENVIRONMENTS), "utf8");
    expect(committed).toBe(environmentJsonSchema());
  });

  it("describes every key, and no rule without saying what is accepted", () => {
    const undescribed: string[] = [];
    walk(JSON.parse(environmentJsonSchema()), "", undescribed);
    expect(undescribed).toEqual([]);
  });
});

/** Sections of their own carry their keys' descriptions. */
function walk(schema: unknown, path: string, undescribed: string[]): void {
  if (typeof schema !== "object" || schema === null) return;
  if ("properties" in schema && typeof schema.properties === "object" && schema.properties) {
    for (const [key, value] of Object.entries(schema.properties)) {
      const isSection = "properties" in value;
      if (!isSection && !("description" in value)) undescribed.push(`${path}.${key}`);
      walk(value, `${path}.${key}`, undescribed);
    }
  }
}

describe("any text whatever", () => {
  it("is an environment or a SluiceError with a place, never another exception", () => {
    const yamlish = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.json(),
      fc
        .array(
          fc.constantFrom(
            "service:",
            " ",
            "\n",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "&a",
            "*a",
            "10",
            "x",
            ": ",
          ),
        )
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(yamlish, (text) => {
        try {
          parseEnvironment(text, { file: "e.yaml", name: "e", base: "/" });
        } catch (error) {
          expect(error).toBeInstanceOf(SluiceError);
          expect((error as SluiceError).message).toMatch(/^e\.yaml:\d+:\d+: /);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("the nearest key", () => {
  it.each([
    ["staus", "status"],
    ["prot", "port"],
    ["min_requests", "min-requests"],
    ["onInconclusive", "on-inconclusive"],
    ["banana", undefined],
  ])("of %s is %s", (given, expected) => {
    expect(nearest(given, ["status", "port", "min-requests", "on-inconclusive"])).toBe(expected);
  });
});
