import { readFile } from "node:fs/promises";
import { Octokit } from "@octokit/core";
import type { Log } from "../../lib/action/action.ts";
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

/** Opens the releases of the repository that the workflow runs in. */
export function releasesOf({ inputs, env, log, signal }: PublishContext): Releases {
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
  return new Releases(octokit, { owner, repo }, log);
}

/** The releases of a repository on GitHub. */
export class Releases {
  readonly #octokit: Octokit;
  readonly #here: { readonly owner: string; readonly repo: string };
  readonly #log: Log;

  constructor(octokit: Octokit, here: { owner: string; repo: string }, log: Log) {
    this.#octokit = octokit;
    this.#here = here;
    this.#log = log;
  }

  /** Where the release of a tag is; undefined when there is none. */
  async published(tag: string): Promise<string | undefined> {
    return (await this.#releaseOf(tag))?.html_url;
  }

  /** The files of the published release of a tag; undefined when there is none. */
  async files(tag: string): Promise<readonly ReleasedFile[] | undefined> {
    const release = await this.#releaseOf(tag);
    return release?.assets.map(({ id, name, digest }) => ({
      id,
      name,
      digest: parseDigest(digest ?? ""),
    }));
  }

  /** The commit that a ref names (`tags/v1.2.3`, or a commit itself); undefined when there is no such ref. */
  async commitAt(ref: string): Promise<string | undefined> {
    try {
      const route = "GET /repos/{owner}/{repo}/commits/{ref}";
      return (await this.#octokit.request(route, { ...this.#here, ref })).data.sha;
    } catch (error) {
      const status = statusOf(error);
      if (status === 404 || status === 422) return undefined;
      throw told(error, `what ${ref} is`);
    }
  }

  async download({ id, name }: ReleasedFile): Promise<Buffer> {
    const { data } = await this.#octokit
      .request("GET /repos/{owner}/{repo}/releases/assets/{asset_id}", {
        ...this.#here,
        asset_id: id,
        headers: { accept: "application/octet-stream" },
      })
      .catch(tellOf(`the file ${name}`));
    return Buffer.from(data as unknown as ArrayBuffer);
  }

  /** Removes drafts that an earlier attempt left: nobody has seen them. */
  async clearDrafts(tag: string): Promise<void> {
    const { data } = await this.#octokit
      .request("GET /repos/{owner}/{repo}/releases", { ...this.#here, per_page: 100 })
      .catch(tellOf("the drafts"));
    for (const { id, draft, tag_name } of data) {
      if (!draft || tag_name !== tag) continue;
      this.#log.info(`an earlier attempt left a draft of ${tag}: it is removed`);
      await this.#remove(id);
    }
  }

  async draft(facts: { tag: string; commit: string; notes: string }): Promise<Draft> {
    const { tag, commit, notes } = facts;
    const { data } = await this.#octokit
      .request("POST /repos/{owner}/{repo}/releases", {
        ...this.#here,
        tag_name: tag,
        target_commitish: commit,
        name: tag,
        body: notes,
        draft: true,
        prerelease: /^v?\d+\.\d+\.\d+-/.test(tag),
      })
      .catch(tellOf(`a draft of ${tag}`));
    return { id: data.id, uploadUrl: data.upload_url.replace(/\{.*$/, "") };
  }

  /** Uploads a file, and compares what GitHub stored with what was sent. */
  async attach({ uploadUrl }: Draft, { path, name, digest }: Attachment): Promise<void> {
    const bytes = await readFile(path);
    const headers = {
      "content-type": "application/octet-stream",
      "content-length": bytes.length,
    };
    const { data } = await this.#octokit
      .request(`POST ${uploadUrl}?name=${encodeURIComponent(name)}`, { headers, data: bytes })
      .catch(tellOf(`the file ${name}`));
    const stored: unknown = (data as { digest?: unknown }).digest;
    if (typeof stored !== "string" || stored === digest) return;
    const message = `${name} is ${digest}, and GitHub stored ${stored}`;
    throw new SluiceError("digest-mismatch", message, {
      hint: "run the job again; nothing was published",
    });
  }

  async publish({ id }: Draft): Promise<string> {
    const { data } = await this.#octokit
      .request("PATCH /repos/{owner}/{repo}/releases/{release_id}", {
        ...this.#here,
        release_id: id,
        draft: false,
      })
      .catch(tellOf("the release"));
    return data.html_url;
  }

  async discard({ id }: Draft): Promise<void> {
    await this.#remove(id);
  }

  async #releaseOf(tag: string) {
    try {
      const route = "GET /repos/{owner}/{repo}/releases/tags/{tag}";
      return (await this.#octokit.request(route, { ...this.#here, tag })).data;
    } catch (error) {
      if (statusOf(error) !== 404) throw told(error, `whether ${tag} is released`);
    }
    await this.#mustBeReadable(tag);
    return undefined;
  }

  /** GitHub says 404 as well of what it does not show. The list takes the same permission, and is there when it is empty. */
  async #mustBeReadable(tag: string): Promise<void> {
    try {
      const route = "GET /repos/{owner}/{repo}/releases";
      await this.#octokit.request(route, { ...this.#here, per_page: 1 });
    } catch (cause) {
      if (statusOf(cause) !== 404) throw told(cause, `whether ${tag} is released`);
      const repository = `${this.#here.owner}/${this.#here.repo}`;
      const message = `whether ${tag} is released cannot be told: there is no repository ${repository}, or it is private and this token may not read it`;
      throw new SluiceError("target-unreachable", message, {
        cause,
        hint: "give the job `permissions: contents: read` (`write` to publish), and `token` one of this repository. Nothing was released or fetched",
      });
    }
  }

  async #remove(id: number): Promise<void> {
    const route = "DELETE /repos/{owner}/{repo}/releases/{release_id}";
    await this.#octokit.request(route, { ...this.#here, release_id: id });
  }
}

/** For a request that failed: tells what it was for. */
function tellOf(what: string): (error: unknown) => never {
  return (error) => {
    throw told(error, what);
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
