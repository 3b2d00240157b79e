import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EMPTY_STATE } from "../../../../../lib/rollout/state.ts";
import { RolloutStore } from "../../../../../lib/targets/local/supervisor/rollout-store.ts";
import type { Release } from "../../../../../lib/targets/target.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice state "));
  path = join(folder, "rollout.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const previous = { name: "s", version: "1", commit: "c", digest: "sha256:0" } as unknown as Release;

describe("the rollout's state on disk", () => {
  it("is there again, at the same version, for the next supervisor", async () => {
    const store = await RolloutStore.open(path);
    const version = await store.write({ ...EMPTY_STATE, previous }, store.read().version);
    const again = await RolloutStore.open(path);
    expect(again.read()).toEqual({ value: { ...EMPTY_STATE, previous }, version });
    expect(await readdir(folder)).toEqual(["rollout.json"]);
  });

  it("is not touched by a change that changes nothing", async () => {
    const store = await RolloutStore.open(path);
    await store.change((state) => state);
    expect(await readdir(folder)).toEqual([]);
  });

  it("makes a write that was decided before the supervisor's own change a lost race", async () => {
    const store = await RolloutStore.open(path);
    const { version } = store.read();
    const change = store.change((state) => ({ ...state, previous }));
    await expect(store.write(EMPTY_STATE, version)).rejects.toMatchObject({ code: "lost-race" });
    await change;
    expect(store.state.previous).toEqual(previous);
  });

  it.each(["", "{", '{"version":1}', '{"version":1,"state":{"schema":9}}'])(
    "is refused, naming the file, when it reads %j",
    async (text) => {
      await writeFile(path, text);
      await expect(RolloutStore.open(path)).rejects.toThrow(path);
    },
  );
});
