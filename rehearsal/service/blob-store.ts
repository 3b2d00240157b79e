import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

const MAX_BLOCK_LIST_BYTES = 8 * 1024 * 1024;

/** As much of a cloud's blob protocol as GitHub's toolkit uses: whole blobs, blocks, lists of blocks, ranges. */
export class BlobStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  path(id: string): string {
    return join(this.#folder, id);
  }

  async size(id: string): Promise<number> {
    return stat(this.path(id)).then(
      (found) => found.size,
      () => 0,
    );
  }

  async prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
  }

  async put(id: string, query: URLSearchParams, request: IncomingMessage): Promise<number> {
    await this.prepare();
    if (query.get("comp") === "block") {
      await pipeline(request, createWriteStream(this.#blockPath(id, query.get("blockid") ?? "")));
      return 201;
    }
    if (query.get("comp") === "blocklist") {
      await this.#join(id, await readText(request));
      return 201;
    }
    await pipeline(request, createWriteStream(this.path(id)));
    return 201;
  }

  #blockPath(id: string, block: string): string {
    return join(
      this.#folder,
      `${id}.${createHash("sha256").update(block).digest("hex").slice(0, 24)}`,
    );
  }

  /** The list is a small XML document that names the blocks in their order. */
  async #join(id: string, list: string): Promise<void> {
    const blocks = [...list.matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]*)</g)].map(
      (match) => match[1] ?? "",
    );
    const whole = `${this.path(id)}.whole`;
    const target = createWriteStream(whole);
    for (const block of blocks) {
      const path = this.#blockPath(id, block);
      await pipeline(createReadStream(path), target, { end: false });
      await rm(path);
    }
    await new Promise<void>((resolve) => target.end(resolve));
    await rename(whole, this.path(id));
  }

  async get(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const size = await this.size(id);
    const range = /^bytes=(\d+)-(\d*)$/.exec(
      String(request.headers["x-ms-range"] ?? request.headers.range ?? ""),
    );
    const start = range ? Number(range[1]) : 0;
    const end = range?.[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
    const headers = {
      "content-type": "application/zip",
      "content-length": Math.max(end - start + 1, 0),
      "accept-ranges": "bytes",
      etag: `"${id}"`,
      "last-modified": new Date().toUTCString(),
      ...(range ? { "content-range": `bytes ${start}-${end}/${size}` } : {}),
    };
    response.writeHead(range ? 206 : 200, headers);
    if (request.method === "HEAD" || size === 0) {
      response.end();
      return;
    }
    await pipeline(createReadStream(this.path(id), { start, end }), response);
  }
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BLOCK_LIST_BYTES) throw new Error("The request is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
