import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ArtifactService } from "../../rehearsal/service/artifact-service.ts";
import { BlobStore } from "../../rehearsal/service/blob-store.ts";
import { ArtifactStore } from "../../rehearsal/stand-in/artifact-store.ts";
import { CacheStore } from "../../rehearsal/stand-in/cache-store.ts";
import { folder, write } from "./rehearsed.ts";

describe("an artifact", () => {
  it("is seen when it is whole, and not before; its name is taken meanwhile", async () => {
    const root = folder({ "from/a": "a", "from/b": "b" });
    const store = new ArtifactStore(join(root, "artifacts"));
    const put = () => store.put("one", join(root, "from"), ["a", "b"], false);
    const coming = put();
    expect(store.list()).toEqual([]);
    expect(store.find("one")).toBeUndefined();
    await expect(put()).rejects.toThrow("already exists");
    const stored = await coming;
    expect(store.list()).toEqual([stored]);
  });

  it("stays as it is until what replaces it is whole", async () => {
    const root = folder({ "from/a": "a" });
    const store = new ArtifactStore(join(root, "artifacts"));
    const first = await store.put("one", join(root, "from"), ["a"], false);
    const coming = store.put("one", join(root, "from"), ["a"], true);
    expect(store.find("one")).toEqual(first);
    expect((await coming).id).toBeGreaterThan(first.id);
  });

  it("that could not be written is not there, and its name is free", async () => {
    const root = folder({ "from/a": "a" });
    const store = new ArtifactStore(join(root, "artifacts"));
    await expect(store.put("one", join(root, "from"), ["missing"], false)).rejects.toThrow();
    expect(store.list()).toEqual([]);
    await store.put("one", join(root, "from"), ["a"], false);
  });

  it("that is being taken over the protocol keeps its name from others", async () => {
    const root = folder({ "blobs/artifact-1": "not an archive" });
    const store = new ArtifactStore(join(root, "artifacts"));
    const blobs = new BlobStore(join(root, "blobs"));
    const service = new ArtifactService(store, blobs, (id) => id);
    service.create({ name: "one" });
    const taken = service.finalize({ name: "one", hash: "sha256:00" });
    expect(() => service.create({ name: "one" })).toThrow("already exists");
    await taken;
    expect(store.list().map(({ name }) => name)).toEqual(["one"]);
    expect(() => service.create({ name: "one" })).toThrow("already exists");
  });
});

it("a cache is found when it is whole, and not before; its key is taken meanwhile", async () => {
  const root = folder({});
  write(root, { "work/deps/file": "kept" });
  const store = new CacheStore(join(root, "caches"));
  const save = () => store.save("v", "key", join(root, "work"), ["deps"]);
  const coming = save();
  expect(store.find("v", "key", [])).toBeUndefined();
  expect(await save()).toBe(false);
  expect(await coming).toBe(true);
  expect(store.find("v", "key", [])).toMatchObject({ key: "key", paths: ["deps"] });
});
