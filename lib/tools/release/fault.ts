/** What went wrong with one attempt, and whether another may go better. */
export class DownloadFault extends Error {
  override readonly name = "DownloadFault";
  readonly kind: FaultKind;
  /** How long the server wants to be left alone. */
  readonly waitMs: number | undefined;

  constructor(
    kind: FaultKind,
    message: string,
    options: { waitMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.waitMs = options.waitMs;
  }
}

export type FaultKind =
  /** Nobody was reached: on a machine that is offline it stays so, and it is not worth waiting for. */
  | "unreachable"
  /** A server or a line in trouble. */
  | "passing"
  /** The same answer would come again. */
  | "final";

const UNREACHABLE = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
]);

/** What Node throws, as a fault. */
export function faultOfSocket(error: unknown, host: string): DownloadFault {
  if (error instanceof DownloadFault) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const said = error instanceof Error && error.message ? error.message : code || String(error);
  if (UNREACHABLE.has(code))
    return new DownloadFault("unreachable", `${host} is not reachable: ${code}`, { cause: error });
  // The other end shows a certificate that is not trusted: it will again.
  const isTrust = /CERT|SELF_SIGNED|UNABLE_TO/.test(code);
  return new DownloadFault(isTrust ? "final" : "passing", said, { cause: error });
}

/** The fault of an answer that is not the file. */
export function faultOfStatus(status: number, retryAfter: string | undefined): DownloadFault {
  const isPassing = status === 408 || status === 425 || status === 429 || status >= 500;
  const waitMs = isPassing ? waitOf(retryAfter) : undefined;
  return new DownloadFault(isPassing ? "passing" : "final", `answered ${status}`, { waitMs });
}

/** Retry-After is a number of seconds, or a date. */
function waitOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
