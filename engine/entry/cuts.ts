import type { Server } from "node:http";
import type { Duplex } from "node:stream";

/** Why a connection was ended that its client had not ended: nothing of it reached a book. */
export const CAUSES = [
  "malformed",
  "oversized",
  "too-slow",
  "unread",
  "silent",
  "unauthenticated",
] as const;
export type Cause = (typeof CAUSES)[number];

interface Answer {
  line: string;
  message: string;
}

const ANSWERS: Record<"malformed" | "oversized" | "too-slow", Answer> = {
  malformed: { line: "400 Bad Request", message: "this is not HTTP as it is accepted here" },
  oversized: {
    line: "431 Request Header Fields Too Large",
    message: "the request's head is larger than is accepted",
  },
  "too-slow": { line: "408 Request Timeout", message: "the request did not come in time" },
};

/** Answers what is no request with a typed refusal, and ends its connection. */
export function answerClientErrors(server: Server, count: (cause: Cause) => void): void {
  server.on("clientError", (error: Error & { code?: string }, socket: Duplex) => {
    // A client that has gone is nobody's fault, and hears no answer.
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const cause = causeOf(error.code);
    count(cause);
    refuseSocket(socket, cause, ANSWERS[cause]);
  });
  server.on("tlsClientError", () => count("malformed"));
}

/** For an upgrade that is not one to a WebSocket of this engine. */
export function refuseUpgrade(socket: Duplex, line: string, message: string): void {
  refuseSocket(socket, "malformed", { line, message });
}

/** What the WebSocket protocol's own check found, or null for a connection that broke. */
export function causeOfWebSocket(error: Error & { code?: string }): Cause | null {
  if (error.code?.startsWith("WS_ERR_") !== true) return null;
  return error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH" ? "oversized" : "malformed";
}

function refuseSocket(socket: Duplex, reason: Cause, { line, message }: Answer): void {
  const body = JSON.stringify({ status: "rejected", reason, message });
  const head = [
    `HTTP/1.1 ${line}`,
    "connection: close",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

function causeOf(code: string | undefined): keyof typeof ANSWERS {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return "too-slow";
  return code === "HPE_HEADER_OVERFLOW" ? "oversized" : "malformed";
}
