import { setTimeout as sleep } from "node:timers/promises";
import { SluiceError } from "../../error.ts";
import type { Shop } from "../shop.ts";
import { shown } from "./address.ts";
import { DownloadFault } from "./fault.ts";
import { PATIENCE, type Patience } from "./patience.ts";
import { transfer } from "./transfer.ts";
import { Watch } from "./watch.ts";

/** A machine that reaches nobody is mostly offline; a second look is for a name that was asked too early. */
const ATTEMPTS_TO_REACH = 2;

export interface Wanted {
  /** How it is called in messages: `k6 2.2.0`. */
  label: string;
  address: URL;
}

/**
 * Downloads into `file` what has that sum. Throws `target-unreachable` when there is nothing to be had from there, and
 * `digest-mismatch`, with both sums, when it is not the wanted file.
 */
export async function download(
  wanted: Wanted,
  sha256: string,
  file: string,
  shop: Shop,
): Promise<void> {
  const got = await retrieve(wanted, file, shop);
  if (got !== sha256) throw wrongBytes(wanted, got, sha256);
}

/** Downloads into `file`, in several attempts where another may help, and returns the sha256 of what came. */
export async function retrieve(wanted: Wanted, file: string, shop: Shop): Promise<string> {
  const patience = shop.patience ?? PATIENCE;
  const limit = AbortSignal.timeout(patience.totalMs);
  const outer = shop.signal ? [shop.signal, limit] : [limit];
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(wanted, file, shop, outer);
    } catch (error) {
      shop.signal?.throwIfAborted();
      if (limit.aborted) throw unreachable(wanted, tookTooLong(patience));
      if (!(error instanceof DownloadFault)) throw error;
      const waitMs = waitBefore(attempt, error, patience);
      if (waitMs === undefined) throw unreachable(wanted, error);
      const seconds = Math.ceil(waitMs / 1000);
      shop.say(`${wanted.label}: ${error.message}; trying again in ${seconds} s`);
      await pause(waitMs, outer, shop.signal, () => unreachable(wanted, tookTooLong(patience)));
    }
  }
}

function attemptOnce(
  wanted: Wanted,
  file: string,
  shop: Shop,
  outer: readonly AbortSignal[],
): Promise<string> {
  const patience = shop.patience ?? PATIENCE;
  const onProgress = progress(wanted.label, patience, shop.say);
  const settings = { patience, env: shop.env, watch: new Watch(outer), onProgress };
  return transfer(wanted.address, file, settings);
}

/** How long to wait before another attempt; undefined when there is no use in one. */
function waitBefore(attempt: number, fault: DownloadFault, patience: Patience): number | undefined {
  if (fault.kind === "final" || attempt > patience.retries) return undefined;
  if (fault.kind === "unreachable")
    return attempt < ATTEMPTS_TO_REACH ? patience.backoffMs : undefined;
  if (fault.waitMs !== undefined)
    return fault.waitMs <= patience.longestWaitMs ? fault.waitMs : undefined;
  return patience.backoffMs * 2 ** (attempt - 1);
}

async function pause(
  waitMs: number,
  outer: readonly AbortSignal[],
  cancelled: AbortSignal | undefined,
  tooLong: () => SluiceError,
): Promise<void> {
  try {
    await sleep(waitMs, undefined, { signal: AbortSignal.any([...outer]) });
  } catch {
    cancelled?.throwIfAborted();
    throw tooLong();
  }
}

function progress(label: string, patience: Patience, say: Shop["say"]) {
  let saidAt = performance.now();
  return (received: number, total: number | undefined) => {
    if (performance.now() - saidAt < patience.progressEveryMs) return;
    saidAt = performance.now();
    const of = total === undefined ? "" : ` of ${megabytes(total)}`;
    say(`${label}: downloading ${megabytes(received)}${of} MB`);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function tookTooLong({ totalMs }: Patience): DownloadFault {
  return new DownloadFault("final", `not there after ${totalMs / 1000} s`);
}

function unreachable({ label, address }: Wanted, fault: DownloadFault): SluiceError {
  const asked = fault.waitMs === undefined ? "" : `, to be asked again in ${fault.waitMs / 1000} s`;
  const message = `${label} could not be downloaded: ${shown(address)}: ${fault.message}${asked}`;
  const hint = "see that it is reachable, or name a mirror in SLUICE_TOOL_MIRROR";
  return new SluiceError("target-unreachable", message, { cause: fault.cause, hint });
}

function wrongBytes({ label, address }: Wanted, got: string, sha256: string): SluiceError {
  const message = `${label}: what ${shown(address)} sent is not what tools/releases.json pins: sha256 ${got} instead of ${sha256}`;
  const hint =
    "do not use it; ask who answers at that address (a proxy, a mirror), and tell the tool's publisher";
  return new SluiceError("digest-mismatch", message, { hint });
}
