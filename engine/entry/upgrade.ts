import type { IncomingMessage, Server } from "node:http";
import type { WebSocket, WebSocketServer } from "ws";
import { type Cause, refuseUpgrade } from "./cuts.ts";

export interface UpgradeOptions {
  /** The one path where WebSockets are. */
  path: string;
  /** What is said to who asks for one elsewhere. */
  elsewhere: string;
  onCut(cause: Cause): void;
  serve(socket: WebSocket, request: IncomingMessage): void;
}

/** Takes WebSockets at one path of an HTTP server; whatever else asks for an upgrade is refused in words, and counted. */
export function takeUpgrades(
  http: Server,
  server: WebSocketServer,
  { path, elsewhere, onCut, serve }: UpgradeOptions,
): void {
  server.on("wsClientError", ({ message }, socket) => {
    onCut("malformed");
    refuseUpgrade(socket, "400 Bad Request", message);
  });
  http.on("upgrade", (request, socket, head) => {
    // Until there is a WebSocket, nobody else listens.
    const ignore = (): void => {};
    socket.on("error", ignore);
    if (request.url?.split("?")[0] !== path) {
      onCut("malformed");
      refuseUpgrade(socket, "404 Not Found", elsewhere);
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      socket.off("error", ignore);
      serve(webSocket, request);
    });
  });
}
