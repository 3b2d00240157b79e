import type { IncomingMessage } from "node:http";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/**
 * Whether a request that failed before any answer may go to another instance. Either it surely did not reach
 * a living process (no connection, or the very first write was refused), or it is one that changes nothing
 * (RFC 9110, 9.2.2). A POST on a connection that closed is neither: it may have been carried out.
 */
export function mayGoElsewhere(request: IncomingMessage, error: Error): boolean {
  if (neverArrived(error)) return true;
  return SAFE_METHODS.has(request.method ?? "");
}

function neverArrived(error: Error): boolean {
  const { syscall, code } = error as NodeJS.ErrnoException;
  return syscall === "connect" || code === "EPIPE" || code === "ECONNECT_TIMEOUT";
}
