import type { IncomingMessage, ServerResponse } from "node:http";
import { createProxyServer, type ProxyServer } from "http-proxy-3";
import { Exchange } from "./exchange.ts";
import { addForwarded } from "./forwarded.ts";
import type { Rotation } from "./rotation.ts";
import type { Traffic } from "./traffic.ts";

/** Of the client's connection, not of the request. `expect` too: Node has already told it to go on. */
const NOT_PASSED_ON = ["keep-alive", "upgrade", "http2-settings", "expect"];

/** Forwards requests by a proxy library; each is an exchange of its own. */
export class RequestEngine {
  readonly rotation: Rotation;
  readonly traffic: Traffic;
  readonly proxy: ProxyServer;
  /** Each answer is then the last one of its connection. */
  isClosing = false;
  readonly #exchanges = new WeakMap<ServerResponse, Exchange>();

  constructor(rotation: Rotation, traffic: Traffic) {
    this.rotation = rotation;
    this.traffic = traffic;
    // toProxy: the path goes through as the client wrote it.
    this.proxy = createProxyServer({ toProxy: true });
    this.proxy.on("proxyRes", (answer, _request, response) =>
      this.#exchanges.get(response)?.answer(answer),
    );
    // A client that resets is no event of its own: its exchange settles when its response closes.
    this.proxy.on("error", () => {});
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const { headers } = request;
    const clientCloses = !wantsToStay(request);
    // Overwritten, not deleted: an object that lost a property is a slow one, and this is every request's.
    headers.connection = "keep-alive";
    // For an HTTP/1.0 client the library answers with what the request said.
    if (request.httpVersion === "1.0" && clientCloses) headers.connection = "close";
    for (const name of NOT_PASSED_ON) if (headers[name] !== undefined) delete headers[name];
    addForwarded(request);
    const exchange = new Exchange(this, request, response, clientCloses);
    this.#exchanges.set(response, exchange);
    exchange.begin();
  }
}

function wantsToStay({ httpVersion, headers: { connection } }: IncomingMessage): boolean {
  const words = (connection ?? "").toLowerCase();
  return httpVersion === "1.0" ? words.includes("keep-alive") : !words.includes("close");
}
