import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { DownloadFault, faultOfSocket } from "./fault.ts";
import { type Requested, request, stalled } from "./request.ts";

/** Far above any tool; what a wrong server sends must not fill the disk. */
const MAX_BYTES = 1_000_000_000;

export interface Transfer extends Requested {
  /** Told how far it is; `total` when the server says it. */
  onProgress: (received: number, total: number | undefined) => void;
}

/** One attempt: the bytes go to `file`, and their sha256 is returned. Throws a DownloadFault. */
export async function transfer(address: URL, file: string, settings: Transfer): Promise<string> {
  const { watch } = settings;
  let received = 0;
  let total: number | undefined;
  try {
    const answer = await request(address, settings);
    total = lengthOf(answer.headers["content-length"]);
    const hash = createHash("sha256");
    const counted = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        watch.expect(settings.patience.stallMs, stalled(settings.patience));
        received += chunk.length;
        if (received > MAX_BYTES) throw new DownloadFault("final", `sends over ${MAX_BYTES} bytes`);
        hash.update(chunk);
        settings.onProgress(received, total);
        yield chunk;
      }
    };
    await pipeline(answer, counted, createWriteStream(file), { signal: watch.signal });
    return hash.digest("hex");
  } catch (error) {
    if (watch.signal.aborted) throw watch.signal.reason;
    if (received > 0 && !(error instanceof DownloadFault)) throw brokenOff(received, total, error);
    throw faultOfSocket(error, address.host);
  } finally {
    watch.end();
  }
}

function lengthOf(header: string | undefined): number | undefined {
  return header && /^\d+$/.test(header) ? Number(header) : undefined;
}

function brokenOff(received: number, total: number | undefined, cause: unknown): DownloadFault {
  const of = total === undefined ? "" : ` of ${total}`;
  return new DownloadFault("passing", `broke off after ${received}${of} bytes`, { cause });
}
