import type { BlobStore } from "./blob-store.ts";

type Request = { readonly [field: string]: unknown };
type Answer = { readonly [field: string]: unknown };

interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly blob: string;
  readonly createdAt: string;
  readonly runId: string;
  readonly jobId: string;
  digest: string;
  finished: boolean;
}

interface CacheEntry {
  readonly id: number;
  readonly key: string;
  readonly version: string;
  readonly blob: string;
  finished: boolean;
}

/** A failure that the toolkit shows to its user. */
export class ServiceFailure extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** GitHub's artifact service (version 4) and cache service (version 2), for the real actions. */
export class ResultsService {
  readonly #blobs: BlobStore;
  readonly #blobUrl: (id: string) => string;
  readonly #artifacts: Artifact[] = [];
  readonly #caches: CacheEntry[] = [];
  #nextId = 1;

  constructor(blobs: BlobStore, blobUrl: (id: string) => string) {
    this.#blobs = blobs;
    this.#blobUrl = blobUrl;
  }

  /** Answers one call; field names may be in either of the two spellings of Protocol Buffers. */
  async call(method: string, request: Request): Promise<Answer> {
    switch (method) {
      case "ArtifactService/CreateArtifact":
        return this.#createArtifact(request);
      case "ArtifactService/FinalizeArtifact":
        return this.#finalizeArtifact(request);
      case "ArtifactService/ListArtifacts":
        return this.#listArtifacts(request);
      case "ArtifactService/GetSignedArtifactURL":
        return { signed_url: this.#blobUrl(this.#findArtifact(text(request, "name")).blob) };
      case "ArtifactService/DeleteArtifact":
        return this.#deleteArtifact(request);
      case "CacheService/CreateCacheEntry":
        return this.#createCache(request);
      case "CacheService/FinalizeCacheEntryUpload":
        return this.#finalizeCache(request);
      case "CacheService/GetCacheEntryDownloadURL":
        return this.#findCache(request);
      default:
        throw new ServiceFailure(404, "bad_route", `There is no ${method}`);
    }
  }

  #createArtifact(request: Request): Answer {
    const name = text(request, "name");
    if (this.#artifacts.some((artifact) => artifact.name === name)) {
      throw new ServiceFailure(
        409,
        "already_exists",
        "an artifact with this name already exists on the workflow run",
      );
    }
    const id = this.#nextId++;
    const blob = `artifact-${id}`;
    this.#artifacts.push({
      id,
      name,
      blob,
      createdAt: new Date().toISOString(),
      runId: text(request, "workflow_run_backend_id"),
      jobId: text(request, "workflow_job_run_backend_id"),
      digest: "",
      finished: false,
    });
    return { ok: true, signed_upload_url: this.#blobUrl(blob) };
  }

  #findArtifact(name: string): Artifact {
    const found = this.#artifacts.find((artifact) => artifact.name === name);
    if (!found) throw new ServiceFailure(404, "not_found", `There is no artifact '${name}'`);
    return found;
  }

  #finalizeArtifact(request: Request): Answer {
    const artifact = this.#findArtifact(text(request, "name"));
    artifact.finished = true;
    artifact.digest = text(request, "hash");
    return { ok: true, artifact_id: String(artifact.id) };
  }

  async #listArtifacts(request: Request): Promise<Answer> {
    const name = text(request, "name_filter");
    const id = text(request, "id_filter");
    const found = this.#artifacts.filter(
      (artifact) =>
        artifact.finished &&
        (name === "" || artifact.name === name) &&
        (id === "" || String(artifact.id) === id),
    );
    return {
      artifacts: await Promise.all(
        found.map(async (artifact) => ({
          workflow_run_backend_id: artifact.runId,
          workflow_job_run_backend_id: artifact.jobId,
          database_id: String(artifact.id),
          name: artifact.name,
          size: String(await this.#blobs.size(artifact.blob)),
          created_at: artifact.createdAt,
          ...(artifact.digest === "" ? {} : { digest: artifact.digest }),
        })),
      ),
    };
  }

  #deleteArtifact(request: Request): Answer {
    const artifact = this.#findArtifact(text(request, "name"));
    this.#artifacts.splice(this.#artifacts.indexOf(artifact), 1);
    return { ok: true, artifact_id: String(artifact.id) };
  }

  #createCache(request: Request): Answer {
    const key = text(request, "key");
    const version = text(request, "version");
    if (this.#caches.some((entry) => entry.key === key && entry.version === version)) {
      return { ok: false, message: "cache entry already exists" };
    }
    const id = this.#nextId++;
    const blob = `cache-${id}`;
    this.#caches.push({ id, key, version, blob, finished: false });
    return { ok: true, signed_upload_url: this.#blobUrl(blob) };
  }

  #finalizeCache(request: Request): Answer {
    const key = text(request, "key");
    const entry = this.#caches.find(
      (known) => known.key === key && known.version === text(request, "version"),
    );
    if (!entry) throw new ServiceFailure(404, "not_found", `There is no cache entry '${key}'`);
    entry.finished = true;
    return { ok: true, entry_id: String(entry.id) };
  }

  /** The exact key, else the newest entry that begins with a restore key. */
  #findCache(request: Request): Answer {
    const version = text(request, "version");
    const usable = this.#caches
      .filter((entry) => entry.finished && entry.version === version)
      .reverse();
    const restore = request.restore_keys ?? request.restoreKeys;
    const keys = [text(request, "key"), ...(Array.isArray(restore) ? restore.map(String) : [])];
    const exact = usable.find((entry) => entry.key === keys[0]);
    const found =
      exact ?? keys.map((key) => usable.find((entry) => entry.key.startsWith(key))).find(Boolean);
    if (!found) return { ok: false };
    return { ok: true, signed_download_url: this.#blobUrl(found.blob), matched_key: found.key };
  }
}

/** A field's text; wrapped values of Protocol Buffers count as what they wrap. */
function text(request: Request, field: string): string {
  const camel = field.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
  const value = request[field] ?? request[camel];
  if (typeof value === "object" && value !== null && "value" in value) return String(value.value);
  return value === undefined || value === null ? "" : String(value);
}
