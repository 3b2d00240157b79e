import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localEdges } from "./local-edges.ts";

const WRONG = 2;

let folder: string;
let lab: Awaited<ReturnType<typeof localEdges>>;
beforeEach(async () => {
  // Without a blank, which would end the command.
  folder = await mkdtemp(join(tmpdir(), "sluice-mark-"));
  lab = await localEdges(1);
});
afterEach(async () => {
  await lab.remove();
  await rm(folder, { recursive: true });
});

/** The record is read by a shell, as root: a key that may only move traffic must not be able to run anything by it. */
describe.runIf(process.platform === "linux")("an edge", () => {
  it.each([
    [
      "the key of who asks for the lease",
      (evil: string) => ["acquire", "2", "60000", evil, "e30="],
    ],
    ["its holder", (evil: string) => ["acquire", "2", "60000", "eA==", evil]],
    ["a lease's length", (evil: string) => ["renew", "1", evil]],
    [
      "a length that is calculated",
      (evil: string) => ["acquire", "9", `a[${evil}]`, "eA==", "e30="],
    ],
    ["blue's weight", (evil: string) => ["route", "1", evil, "0"]],
    ["green's weight", (evil: string) => ["route", "1", "0", evil]],
    ["the count of a state", (evil: string) => ["write", "1", "any", evil, "keep", "0"]],
    ["a state's way to another folder", () => ["write", "1", "any", "/../../x", "keep", "0"]],
    ["where traffic goes back to", (evil: string) => ["write", "1", "any", "1", evil, "0"]],
    ["one half of that", (evil: string) => ["write", "1", "any", "1", `100:${evil}`, "0"]],
  ])("runs nothing that comes as %s", async (_name, args) => {
    const mark = join(folder, "mark");
    const [edge] = lab.all;
    // A lease of the same key: it is renewed, taken over and written under.
    const own = await edge?.call(["acquire", "1", "60000", "eA==", "e30="]);
    expect(own?.code).toBe(0);
    const answer = await edge?.call(args(`$(touch\${IFS}${mark})`));
    const after = await edge?.call(["read"]);
    expect(existsSync(mark), "it ran").toBe(false);
    expect(answer?.code).toBe(WRONG);
    expect(after?.code).toBe(0);
  });
});
