import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ReleaseStore } from "../../../../../lib/targets/local/supervisor/release-store.ts";
import type { PlaceableRelease } from "../../../../../lib/targets/target.ts";
import { packService } from "../../../../support/service-archive.ts";

let folder: string;
let store: ReleaseStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice store "));
  await mkdir(join(folder, "releases"));
  store = new ReleaseStore(join(folder, "releases"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function take(version: string): Promise<PlaceableRelease> {
  const release = await packService(folder, version);
  await store.unpack(release, release.archivePath, join(folder, "app"));
  // Their age is the time of a file.
  await sleep(15);
  return release;
}

const versions = async () => (await store.present()).map(({ version }) => version);

describe("the releases that are kept", () => {
  it("are the last three, newest first", async () => {
    for (const version of ["1", "2", "3", "4", "5"]) await take(version);
    await store.prune(new Set());
    expect(await versions()).toEqual(["5", "4", "3"]);
    expect(await readdir(join(folder, "releases"))).toHaveLength(6);
  });

  it("and those in use, however old", async () => {
    const first = await take("1");
    for (const version of ["2", "3", "4", "5"]) await take(version);
    await store.prune(new Set([first.digest]));
    expect(await versions()).toEqual(["5", "4", "3", "1"]);
  });

  it("can be unpacked again when the original archive is gone", async () => {
    const { archivePath, ...release } = await take("1");
    await rm(archivePath);
    await store.unpack(release, undefined, join(folder, "again"));
    expect(await readdir(join(folder, "again/service"))).toContain("main.ts");
  });

  it("count as new when they are placed again", async () => {
    const first = await take("1");
    await take("2");
    await store.unpack(first, undefined, join(folder, "again"));
    expect(await versions()).toEqual(["1", "2"]);
  });

  it("are checked again each time: what was changed on disk is refused", async () => {
    const release = await take("1");
    const [archive] = (await readdir(join(folder, "releases"))).filter((n) => n.endsWith(".gz"));
    await writeFile(join(folder, "releases", archive ?? ""), "changed");
    await expect(store.unpack(release, undefined, join(folder, "again"))).rejects.toMatchObject({
      code: "digest-mismatch",
    });
  });

  it("do not hold what was refused", async () => {
    const [release, other] = [await packService(folder, "1"), await packService(folder, "2")];
    const into = join(folder, "app");
    const given = store.unpack({ ...release, digest: other.digest }, release.archivePath, into);
    await expect(given).rejects.toThrow(release.archivePath);
    expect(await readdir(join(folder, "releases"))).toEqual([]);
  });

  it("are all that is left of what a supervisor was killed over", async () => {
    const releases = join(folder, "releases");
    await take("1");
    const whole = await readdir(releases);
    const [one, other] = ["a", "b"].map((letter) => letter.repeat(64));
    const begun = [`${one}.tar.gz.incoming`, `${one}.tar.gz`, `${one}.json.new`, `${other}.json`];
    for (const name of begun) await writeFile(join(releases, name), "{}");
    await store.tidy();
    expect(await readdir(releases)).toEqual(whole);
    expect(await versions()).toEqual(["1"]);
  });

  it("name the archive that cannot be read", async () => {
    const release = await packService(folder, "1");
    await expect(
      store.unpack(release, "/nonexistent/archive.tar.gz", join(folder, "app")),
    ).rejects.toMatchObject({
      code: "no-such-release",
      message: expect.stringContaining("/nonexistent/archive.tar.gz"),
    });
  });
});
