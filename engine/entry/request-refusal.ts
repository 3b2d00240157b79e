import type { ServerResponse } from "node:http";

/** Why a request was refused that never became a command, or that somebody without the right to it has sent. */
export const REQUEST_REASONS = [
  "malformed",
  "oversized",
  "not-found",
  "method-not-allowed",
  "upgrade-required",
  "unauthenticated",
  "code-needed",
  "code-wrong",
  "code-used",
  "locked",
  "unknown-op",
  "unknown-symbol",
  "rate-limited",
] as const;
export type RequestReason = (typeof REQUEST_REASONS)[number];

export interface RequestRefusal {
  code: number;
  reason: RequestReason;
  message: string;
  headers?: Record<string, string>;
}

export function notFound(message: string): RequestRefusal {
  return { code: 404, reason: "not-found", message };
}

export function notAllowed(accepted: string): RequestRefusal {
  const message = `accepted here is ${accepted}`;
  return { code: 405, reason: "method-not-allowed", message, headers: { allow: accepted } };
}

export function tooLarge(limitBytes: number): RequestRefusal {
  const message = `the body is larger than ${limitBytes} bytes`;
  return { code: 413, reason: "oversized", message };
}

/** Writes a refusal. What was not read of a body would be taken for the next request, so its connection ends. */
export function writeRefusal(
  response: ServerResponse,
  { code, reason, message, headers = {} }: RequestRefusal,
): void {
  const text = JSON.stringify({ status: "rejected", reason, message });
  if (code === 413) response.shouldKeepAlive = false;
  response.writeHead(code, {
    ...headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
