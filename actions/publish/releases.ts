import { readFile } from "node:fs/promises";
import { Octokit } from "@octokit/core";
import { SluiceError } from "../../lib/error.ts";
import { type Digest, parseDigest } from "../../lib/units/digest.ts";
import type { PublishContext } from "./action.ts";
import type { Attachment } from "./attachment.ts";

export interface Draft {
  readonly id: number;
  readonly uploadUrl: string;
}

/** A file of a published release. */
export interface ReleasedFile {
  readonly id: number;
  readonly name: string;
  /** As GitHub took it down when the file came; undefined for releases of before it did. */
  readonly digest: Digest | undefined;
}

/** The releases of this repository on GitHub. */
export interface Releases {
  /** Where the release of a tag is; undefined when there is none. */
  published(tag: string): Promise<string | undefined>;
  /** The files of the published release of a tag; undefined when there is none. */
  files(tag: string): Promise<readonly ReleasedFile[] | undefined>;
  download(file: ReleasedFile): Promise<Buffer>;
  /** Drafts that an earlier attempt left: nobody has seen them. */
  clearDrafts(tag: string): Promise<void>;
  draft(facts: { tag: string; commit: string; notes: string }): Promise<Draft>;
  attach(draft: Draft, file: Attachment): Promise<void>;
  publish(draft: Draft): Promise<string>;
  discard(draft: Draft): Promise<void>;
}

export async function releasesOf({ inputs, env, log, signal }: PublishContext): Promise<Releases> {
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? "").split("/");
  if (!owner || !repo) {
    throw new SluiceError("invalid-input", "GITHUB_REPOSITORY is not set", {
      hint: "run this in a workflow",
    });
  }
  const octokit = new Octokit({
    auth: inputs.token,
    userAgent: "sluice-publish",
    baseUrl: env.GITHUB_API_URL || "https://api.github.com",
    request: { signal },
  });
  const here = { owner, repo };
  const releaseOf = async (tag: string) => {
    try {
      const route = "GET /repos/{owner}/{repo}/releases/tags/{tag}";
      return (await octokit.request(route, { ...here, tag })).data;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw told(error, `whether ${tag} is released`);
    }
  };
  return {
    published: async (tag) => (await releaseOf(tag))?.html_url,
    async files(tag) {
      const release = await releaseOf(tag);
      return release?.assets.map(({ id, name, digest }) => ({
        id,
        name,
        digest: parseDigest(digest ?? ""),
      }));
    },
    async download({ id, name }) {
      const route = "GET /repos/{owner}/{repo}/releases/assets/{asset_id}";
      const headers = { accept: "application/octet-stream" };
      const { data } = await octokit
        .request(route, { ...here, asset_id: id, headers })
        .catch((error: unknown) => Promise.reject(told(error, `the file ${name}`)));
      return Buffer.from(data as unknown as ArrayBuffer);
    },
    async clearDrafts(tag) {
      const { data } = await octokit
        .request("GET /repos/{owner}/{repo}/releases", { ...here, per_page: 100 })
        .catch((error: unknown) => Promise.reject(told(error, "the drafts")));
      for (const { id, draft, tag_name } of data) {
        if (!draft || tag_name !== tag) continue;
        log.info(`an earlier attempt left a draft of ${tag}: it is removed`);
        await octokit.request("DELETE /repos/{owner}/{repo}/releases/{release_id}", {
          ...here,
          release_id: id,
        });
      }
    },
    async draft({ tag, commit, notes }) {
      const { data } = await octokit
        .request("POST /repos/{owner}/{repo}/releases", {
          ...here,
          tag_name: tag,
          target_commitish: commit,
          name: tag,
          body: notes,
          draft: true,
          prerelease: /^v?\d+\.\d+\.\d+-/.test(tag),
        })
        .catch((error: unknown) => Promise.reject(told(error, `a draft of ${tag}`)));
      return { id: data.id, uploadUrl: data.upload_url.replace(/\{.*$/, "") };
    },
    async attach({ uploadUrl }, { path, name, digest }) {
      const bytes = await readFile(path);
      const headers = {
        "content-type": "application/octet-stream",
        "content-length": bytes.length,
      };
      const { data } = await octokit
        .request(`POST ${uploadUrl}?name=${encodeURIComponent(name)}`, { headers, data: bytes })
        .catch((error: unknown) => Promise.reject(told(error, `the file ${name}`)));
      const stored: unknown = (data as { digest?: unknown }).digest;
      if (typeof stored !== "string" || stored === digest) return;
      throw new SluiceError(
        "digest-mismatch",
        `${name} is ${digest}, and GitHub stored ${stored}`,
        {
          hint: "run the job again; nothing was published",
        },
      );
    },
    async publish({ id }) {
      const { data } = await octokit
        .request("PATCH /repos/{owner}/{repo}/releases/{release_id}", {
          ...here,
          release_id: id,
          draft: false,
        })
        .catch((error: unknown) => Promise.reject(told(error, "the release")));
      return data.html_url;
    },
    async discard({ id }) {
      await octokit.request("DELETE /repos/{owner}/{repo}/releases/{release_id}", {
        ...here,
        release_id: id,
      });
    },
  };
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && "status" in error ? Number(error.status) : undefined;
}

function told(cause: unknown, what: string): SluiceError {
  const status = statusOf(cause);
  const hint =
    status === 403 || status === 404
      ? "give the job `permissions: contents: write` (`read` is enough for what is published)"
      : "run the job again: what was half done is removed first";
  return new SluiceError(
    "target-unreachable",
    `GitHub ${status === undefined ? "cannot be reached" : `answered ${status}`} for ${what}`,
    { cause, hint },
  );
}
