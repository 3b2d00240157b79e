import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Layer {
  mediaType: string;
  bytes: Buffer;
  annotations?: Record<string, string>;
}

/** A registry on loopback that one can only pull from: what it holds is put in by the test. */
export interface PullRegistry {
  /** `127.0.0.1:port`, as it stands in a reference. */
  host: string;
  /** The status that a request gets in place of its answer; undefined lets it through. */
  fault: (path: string) => number | undefined;
  /** Holds an image or an artifact as `repository:tag`, and returns its digest. */
  put(repository: string, tag: string, config: Layer, layers: readonly Layer[]): string;
  close(): Promise<void>;
}

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

export async function pullRegistry(): Promise<PullRegistry> {
  const held = new Map<string, { type: string; bytes: Buffer }>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const status = registry.fault(path);
    if (status !== undefined) return refuse(response, status);
    if (path === "/v2/") return response.end("{}");
    const found = held.get(path);
    if (!found) return refuse(response, 404);
    response.setHeader("content-type", found.type);
    response.setHeader("content-length", found.bytes.length);
    response.setHeader("docker-content-digest", digestOf(found.bytes));
    return request.method === "HEAD" ? response.end() : response.end(found.bytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const registry: PullRegistry = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: () => undefined,
    put(repository, tag, config, layers) {
      const describe = ({ mediaType, bytes, annotations }: Layer) => {
        const digest = digestOf(bytes);
        held.set(`/v2/${repository}/blobs/${digest}`, { type: "application/octet-stream", bytes });
        return { mediaType, digest, size: bytes.length, ...(annotations && { annotations }) };
      };
      const manifest = {
        schemaVersion: 2,
        mediaType: MANIFEST,
        config: describe(config),
        layers: layers.map(describe),
      };
      const bytes = Buffer.from(JSON.stringify(manifest));
      const digest = digestOf(bytes);
      for (const name of [tag, digest]) {
        held.set(`/v2/${repository}/manifests/${name}`, { type: MANIFEST, bytes });
      }
      return digest;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return registry;
}

const CODES: Readonly<Record<number, string>> = {
  404: "MANIFEST_UNKNOWN",
  429: "TOOMANYREQUESTS",
  503: "UNAVAILABLE",
};

function refuse(response: ServerResponse, status: number): void {
  response.statusCode = status;
  const code = CODES[status] ?? "UNKNOWN";
  response.end(JSON.stringify({ errors: [{ code, message: "refused by the test" }] }));
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
