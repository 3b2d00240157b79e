import { describe, expect, it } from "vitest";
import { git } from "../rehearsed.ts";
import { ask } from "./octokit.ts";

describe("releases on the rehearsal's GitHub", () => {
  it("are made with their tag, take assets, and are found again", async () => {
    const { result, said } = await ask(`
      const made = await octokit.rest.repos.createRelease({ ...repo, tag_name: "v1.0.0", name: "One", body: "text" });
      const data = Buffer.from("bytes of an asset");
      await octokit.rest.repos.uploadReleaseAsset({ ...repo, url: made.data.upload_url, release_id: made.data.id, name: "a b.txt", data, headers: { "content-type": "text/plain" } });
      const byTag = await octokit.rest.repos.getReleaseByTag({ ...repo, tag: "v1.0.0" });
      const latest = await octokit.rest.repos.getLatestRelease(repo);
      print([byTag.data.id === made.data.id, latest.data.tag_name, byTag.data.author.login]);
      const [asset] = byTag.data.assets;
      print([asset.name, asset.size, asset.content_type, asset.digest.length]);
      const bytes = await octokit.rest.repos.getReleaseAsset({ ...repo, asset_id: asset.id, headers: { accept: "application/octet-stream" } });
      print(Buffer.from(bytes.data).toString());
      const ref = await octokit.rest.git.getRef({ ...repo, ref: "tags/v1.0.0" });
      print(ref.data.object.sha === process.env.GITHUB_SHA);
      print(await refused(octokit.rest.repos.createRelease({ ...repo, tag_name: "v1.0.0" })));
      print(await refused(octokit.rest.repos.uploadReleaseAsset({ ...repo, url: made.data.upload_url, release_id: made.data.id, name: "a.b.txt", data })));
      await octokit.rest.repos.updateRelease({ ...repo, release_id: made.data.id, prerelease: true });
      print(await refused(octokit.rest.repos.getLatestRelease(repo)));
    `);
    expect(said).toEqual([
      [true, "v1.0.0", "github-actions[bot]"],
      ["a.b.txt", 17, "text/plain", 71],
      "bytes of an asset",
      true,
      expect.objectContaining({
        status: 422,
        errors: [{ resource: "Release", code: "already_exists", field: "tag_name" }],
      }),
      expect.objectContaining({
        status: 422,
        errors: [{ resource: "ReleaseAsset", code: "already_exists", field: "name" }],
      }),
      expect.objectContaining({ status: 404 }),
    ]);
    expect(result.github.releases).toEqual([
      expect.objectContaining({
        tag: "v1.0.0",
        name: "One",
        prerelease: true,
        assets: [expect.objectContaining({ name: "a.b.txt", size: 17 })],
      }),
    ]);
    expect(result.github.refs).toEqual([
      { ref: "refs/tags/v1.0.0", sha: expect.stringMatching(/^[0-9a-f]{40}$/) },
    ]);
  });

  it("have notes of what changed since the tag before, and drafts make no tag", async () => {
    const { said, result } = await ask(
      `
      const made = await octokit.rest.repos.createRelease({ ...repo, tag_name: "v2.0.0", draft: true, generate_release_notes: true });
      print(made.data.body.split("\\n").slice(0, 2));
      print(await refused(octokit.rest.repos.getReleaseByTag({ ...repo, tag: "v2.0.0" })));
      print((await octokit.rest.repos.listTags(repo)).data.map((tag) => tag.name));
      `,
      {
        prepare: (dir) => {
          git(dir, "tag", "v1.0.0");
          git(dir, "commit", "--quiet", "--allow-empty", "--message", "add a thing");
        },
      },
    );
    expect(said).toEqual([
      ["## What's Changed", "* add a thing by test"],
      expect.objectContaining({ status: 404 }),
      ["v1.0.0"],
    ]);
    expect(result.github.refs).toBeUndefined();
  });
});
