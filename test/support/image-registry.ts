import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { ImageReference } from "../../lib/signing/reference.ts";
import type { Digest } from "../../lib/units/digest.ts";

export interface RegistrySettings {
  /** Whether it lists what refers to an image, or leaves that to a tag, as older ones do. */
  referrers?: boolean;
}

/** How it may behave from now on. */
export interface RegistryMood {
  /** Answers every write with this. */
  refuses?: number;
  /** No tag can be written a second time. */
  immutableTags?: boolean;
}

/** An OCI registry in this process, on loopback: as much of the distribution specification as cosign uses. */
export interface Registry extends AsyncDisposable {
  host: string;
  mood: RegistryMood;
  /** Puts an image with one layer there. */
  push(path: string, content: string): ImageReference;
  /** Manifests of the repository that are no image. */
  attached(path: string): number;
}

interface Manifest {
  type: string;
  bytes: Buffer;
}

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

export async function startRegistry({
  referrers = true,
}: RegistrySettings = {}): Promise<Registry> {
  const blobs = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer>();
  /** By `path@digest` and `path:tag`. */
  const manifests = new Map<string, Manifest>();
  const registry = { mood: {} as RegistryMood };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET" } = request;
    const url = new URL(request.url ?? "/", "http://localhost");
    const body = await buffer(request);
    const send = (status: number, headers: Record<string, string> = {}, bytes?: Buffer) => {
      response.writeHead(status, { "content-length": bytes?.length ?? 0, ...headers });
      response.end(method === "HEAD" ? undefined : bytes);
    };
    if (url.pathname === "/v2/") return send(200);
    const { refuses } = registry.mood;
    if (refuses !== undefined && !["GET", "HEAD"].includes(method)) return send(refuses);
    const [, path = "", what = "", reference = ""] =
      /^\/v2\/(.+)\/(blobs|manifests|referrers)\/(.*)$/.exec(url.pathname) ?? [];
    if (what === "blobs" && reference.startsWith("uploads/")) {
      return send(...upload(method, url, path, reference, body));
    }
    if (what === "blobs") return found(send, blobs.get(reference), "application/octet-stream");
    if (what === "referrers" && referrers)
      return send(200, { "content-type": INDEX }, list(path, reference));
    if (what !== "manifests") return send(404);
    if (method !== "PUT") {
      const there = manifests.get(key(path, reference));
      return found(send, there?.bytes, there?.type ?? "");
    }
    if (registry.mood.immutableTags && manifests.has(key(path, reference))) return send(409);
    const type = request.headers["content-type"] ?? MANIFEST;
    const digest = put(path, reference, { type, bytes: body });
    const subject: unknown = JSON.parse(body.toString()).subject?.digest;
    const heard: Record<string, string> =
      referrers && typeof subject === "string" ? { "oci-subject": subject } : {};
    return send(201, { "docker-content-digest": digest, ...heard });
  }

  function upload(
    method: string,
    url: URL,
    path: string,
    reference: string,
    body: Buffer,
  ): [number, Record<string, string>] {
    const id = reference.slice("uploads/".length) || String(uploads.size + 1);
    uploads.set(id, Buffer.concat([uploads.get(id) ?? Buffer.alloc(0), body]));
    const digest = url.searchParams.get("digest");
    if (digest === null || (method === "POST" && body.length === 0)) {
      return [202, { location: `/v2/${path}/blobs/uploads/${id}`, range: "0-0" }];
    }
    const bytes = uploads.get(id) ?? Buffer.alloc(0);
    if (digestOf(bytes) !== digest) return [400, {}];
    blobs.set(digest, bytes);
    return [201, { location: `/v2/${path}/blobs/${digest}`, "docker-content-digest": digest }];
  }

  function put(path: string, reference: string, manifest: Manifest): Digest {
    const digest = digestOf(manifest.bytes);
    manifests.set(key(path, digest), manifest);
    manifests.set(key(path, reference), manifest);
    return digest;
  }

  function list(path: string, subject: string): Buffer {
    const found = [...manifests].flatMap(([name, { type, bytes }]) => {
      const manifest = JSON.parse(bytes.toString());
      if (!name.startsWith(`${path}@`) || manifest.subject?.digest !== subject) return [];
      const { artifactType = manifest.config?.mediaType, annotations } = manifest;
      const digest = name.slice(path.length + 1);
      return [{ mediaType: type, digest, size: bytes.length, artifactType, annotations }];
    });
    return json({ schemaVersion: 2, mediaType: INDEX, manifests: found });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(registry, {
    host,
    push(path: string, content: string): ImageReference {
      const descriptor = (mediaType: string, bytes: Buffer) => {
        blobs.set(digestOf(bytes), bytes);
        return { mediaType, digest: digestOf(bytes), size: bytes.length };
      };
      const config = descriptor("application/vnd.oci.image.config.v1+json", json({ content }));
      const layer = "application/vnd.oci.image.layer.v1.tar";
      const layers = [descriptor(layer, Buffer.from(content))];
      const bytes = json({ schemaVersion: 2, mediaType: MANIFEST, config, layers });
      return { name: `${host}/${path}`, digest: put(path, "v1", { type: MANIFEST, bytes }) };
    },
    attached: (path: string) =>
      [...manifests].filter(
        ([name, { bytes }]) =>
          name.startsWith(`${path}@`) && JSON.parse(bytes.toString()).subject !== undefined,
      ).length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function found(
  send: (status: number, headers?: Record<string, string>, bytes?: Buffer) => void,
  bytes: Buffer | undefined,
  type: string,
): void {
  if (bytes === undefined) send(404);
  else send(200, { "content-type": type, "docker-content-digest": digestOf(bytes) }, bytes);
}

function key(path: string, reference: string): string {
  return `${path}${reference.startsWith("sha256:") ? "@" : ":"}${reference}`;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function digestOf(bytes: Buffer): Digest {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}` as Digest;
}
