import type { IncomingMessage } from "node:http";

/** Tells the service who its client is and by what name it was called. */
export function addForwarded({ headers, socket }: IncomingMessage): void {
  const from = socket.remoteAddress ?? "unknown";
  const before = headers["x-forwarded-for"];
  headers["x-forwarded-for"] = before === undefined ? from : `${String(before)}, ${from}`;
  headers["x-forwarded-proto"] ??= "http";
  // HTTP/1.0 does without a host.
  if (headers.host !== undefined) headers["x-forwarded-host"] ??= headers.host;
}
