import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sarifFiles } from "../../../actions/code-scan/sarif-files.ts";
import { findingsOf } from "../../../lib/code-scan/sarif-log.ts";

const tool = { driver: { name: "CodeQL" } };

function sarif(...runs: object[]): string {
  return JSON.stringify({ version: "2.1.0", runs });
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-sarif-"));
  await writeFile(join(folder, "good.sarif"), sarif({ tool, results: [] }));
  await mkdir(join(folder, "empty"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("SARIF without findings", () => {
  it.each([
    ["no run", sarif(), "has no run of a scanner in it"],
    [
      "a run that broke off",
      sarif({ tool, results: [], invocations: [{ executionSuccessful: false }] }),
      "CodeQL did not end well",
    ],
    ["a run that never looked", sarif({ tool, results: null }), "CodeQL scanned nothing"],
    [
      "one good run, and one that broke off",
      sarif(
        { tool, results: [] },
        { tool, results: [], invocations: [{ executionSuccessful: false }] },
      ),
      "CodeQL did not end well",
    ],
  ])("decides nothing with %s", (_name, text, why) => {
    expect(() => findingsOf(text, "f.sarif")).toThrow(
      expect.objectContaining({ code: "inconclusive", message: expect.stringContaining(why) }),
    );
  });

  it("is clean where the run says that it ended well, or nothing", () => {
    expect(findingsOf(sarif({ tool, results: [] }), "f")).toEqual([]);
    const invocations = [{ executionSuccessful: true }];
    expect(findingsOf(sarif({ tool, results: [], invocations }), "f")).toEqual([]);
  });
});

describe("the SARIF files that were named", () => {
  it("are all there, or nothing is decided", async () => {
    await expect(sarifFiles(["good.sarif"], folder)).resolves.toEqual([]);
    await expect(sarifFiles(["."], folder)).resolves.toEqual([]);
    for (const missing of ["gone.sarif", "empty"]) {
      await expect(sarifFiles(["good.sarif", missing], folder)).rejects.toMatchObject({
        code: "inconclusive",
        message: `there is no SARIF file to decide on at ${missing}`,
      });
    }
    await expect(sarifFiles([], folder)).rejects.toMatchObject({ code: "inconclusive" });
  });
});
