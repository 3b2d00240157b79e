import { rm } from "node:fs/promises";
import type { ArtifactStore, StoredArtifact } from "../stand-in/artifact-store.ts";
import type { BlobStore } from "./blob-store.ts";
import { type Answer, type Request, ServiceFailure, text } from "./service-call.ts";

interface Upload {
  readonly id: number;
  readonly name: string;
  readonly blob: string;
  readonly runId: string;
  readonly jobId: string;
}

/** GitHub's artifact service (version 4) over the artifacts of the run, which the stand-ins use too. */
export class ArtifactService {
  readonly #store: ArtifactStore;
  readonly #blobs: BlobStore;
  readonly #blobUrl: (id: string) => string;
  readonly #uploads = new Map<string, Upload>();
  /** The archives that there are, by the artifact's id. */
  readonly #archives = new Map<number, Promise<string>>();

  constructor(store: ArtifactStore, blobs: BlobStore, blobUrl: (id: string) => string) {
    this.#store = store;
    this.#blobs = blobs;
    this.#blobUrl = blobUrl;
  }

  create(request: Request): Answer {
    const name = text(request, "name");
    if (!this.#store.reserve(name)) {
      throw new ServiceFailure(
        409,
        "already_exists",
        "an artifact with this name already exists on the workflow run",
      );
    }
    const id = this.#store.nextId();
    const blob = `artifact-${id}`;
    this.#uploads.set(name, {
      id,
      name,
      blob,
      runId: text(request, "workflow_run_backend_id"),
      jobId: text(request, "workflow_job_run_backend_id"),
    });
    return { ok: true, signed_upload_url: this.#blobUrl(blob) };
  }

  async finalize(request: Request): Promise<Answer> {
    const name = text(request, "name");
    const upload = this.#uploads.get(name);
    if (!upload) throw notFound(name);
    this.#uploads.delete(name);
    const digest = text(request, "hash").replace(/^sha256:/, "");
    const path = this.#blobs.path(upload.blob);
    await this.#store.take(upload, digest, async (folder) => {
      const { isZip, unzip } = await import("./zip-reader.ts");
      // One that asked not to be archived is the file itself.
      if (await isZip(path)) await unzip(path, folder);
      else await this.#store.keepFile(path, folder, name);
      // Known before anybody can ask: it must not be packed once more.
      this.#archives.set(upload.id, Promise.resolve(upload.blob));
    });
    return { ok: true, artifact_id: String(upload.id) };
  }

  async list(request: Request): Promise<Answer> {
    const name = text(request, "name_filter");
    const id = text(request, "id_filter");
    const found = this.#store
      .list()
      .filter(
        (artifact) =>
          (name === "" || artifact.name === name) && (id === "" || String(artifact.id) === id),
      );
    return {
      artifacts: await Promise.all(
        found.map(async (artifact) => ({
          workflow_run_backend_id: text(request, "workflow_run_backend_id"),
          workflow_job_run_backend_id: text(request, "workflow_job_run_backend_id"),
          database_id: String(artifact.id),
          name: artifact.name,
          size: String(await this.#blobs.size(await this.#archive(artifact))),
          created_at: artifact.createdAt,
          ...(this.#isUploaded(artifact) ? { digest: `sha256:${artifact.digest}` } : {}),
        })),
      ),
    };
  }

  async signedUrl(request: Request): Promise<Answer> {
    const artifact = this.#find(request);
    return { signed_url: this.#blobUrl(await this.#archive(artifact)) };
  }

  async delete(request: Request): Promise<Answer> {
    const artifact = this.#find(request);
    await this.#store.delete(artifact);
    await rm(this.#blobs.path(`artifact-${artifact.id}`), { force: true });
    return { ok: true, artifact_id: String(artifact.id) };
  }

  /** The digest of an upload is of its archive; one that a stand-in made has another archive here. */
  #isUploaded(artifact: StoredArtifact): boolean {
    return artifact.digest !== "" && artifact.isArchiveDigest;
  }

  #find(request: Request): StoredArtifact {
    const name = text(request, "name");
    const found = this.#store.find(name);
    if (found) return found;
    throw notFound(name);
  }

  /** What a stand-in put there is packed when it is first asked for. */
  #archive(artifact: StoredArtifact): Promise<string> {
    const known = this.#archives.get(artifact.id);
    if (known) return known;
    const blob = `artifact-${artifact.id}`;
    const made = (async () => {
      const { zipFolder } = await import("./zip-writer.ts");
      await this.#blobs.prepare();
      await zipFolder(this.#store.folderOf(artifact), this.#blobs.path(blob));
      return blob;
    })();
    this.#archives.set(artifact.id, made);
    return made;
  }
}

function notFound(name: string): ServiceFailure {
  return new ServiceFailure(404, "not_found", `There is no artifact '${name}'`);
}
