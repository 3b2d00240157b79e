import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** Why the proxy itself answers. */
export interface Refusal {
  error: "no-slot" | "no-answer";
  message: string;
}

const RETRY_AFTER_S = 1;

export function refuse(response: ServerResponse, status: 502 | 503, why: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(why);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "retry-after": String(RETRY_AFTER_S),
  });
  response.end(body);
}

/** For a connection that asked for an upgrade and has no response object. */
export function refuseUpgrade(client: Duplex, why: Refusal): void {
  const body = JSON.stringify(why);
  client.end(
    "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\n" +
      `content-length: ${Buffer.byteLength(body)}\r\nretry-after: ${RETRY_AFTER_S}\r\nconnection: close\r\n\r\n${body}`,
  );
}
