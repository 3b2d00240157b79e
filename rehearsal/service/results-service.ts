import type { ArtifactService } from "./artifact-service.ts";
import { type Answer, type Request, ServiceFailure, text } from "./service-call.ts";

interface CacheEntry {
  readonly id: number;
  readonly key: string;
  readonly version: string;
  readonly blob: string;
  finished: boolean;
}

/** GitHub's artifact service (version 4) and cache service (version 2), for the real actions. */
export class ResultsService {
  readonly #artifacts: ArtifactService;
  readonly #blobUrl: (id: string) => string;
  readonly #caches: CacheEntry[] = [];
  #nextId = 1;

  constructor(artifacts: ArtifactService, blobUrl: (id: string) => string) {
    this.#artifacts = artifacts;
    this.#blobUrl = blobUrl;
  }

  /** Answers one call; field names may be in either of the two spellings of Protocol Buffers. */
  async call(method: string, request: Request): Promise<Answer> {
    switch (method) {
      case "ArtifactService/CreateArtifact":
        return this.#artifacts.create(request);
      case "ArtifactService/FinalizeArtifact":
        return this.#artifacts.finalize(request);
      case "ArtifactService/ListArtifacts":
        return this.#artifacts.list(request);
      case "ArtifactService/GetSignedArtifactURL":
        return this.#artifacts.signedUrl(request);
      case "ArtifactService/DeleteArtifact":
        return this.#artifacts.delete(request);
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
