import { chmod, unlink } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { z } from "zod";
import { causes, SluiceError } from "../../../error.ts";
import {
  acquireRequest,
  type ErrorReply,
  placeBaselineRequest,
  placeRequest,
  renewRequest,
  retireRequest,
  routeRequest,
  type SiteInfo,
  shadowRequest,
  tokenRequest,
  writeRequest,
} from "../protocol.ts";
import { streamEvents } from "./event-reply.ts";
import type { Supervisor } from "./supervisor.ts";

/** A rollout's state with its verdict is some kilobytes. */
const MAX_REQUEST_BYTES = 8 * 1024 * 1024;

type Handler = (body: unknown, gone: AbortSignal) => unknown;

function routes(site: Supervisor, info: SiteInfo, shutDown: () => void): Record<string, Handler> {
  return {
    "GET /info": () => info,
    "GET /state": () => site.read(),
    "GET /status": () => site.status(),
    "GET /past": () => site.past,
    "GET /counters": () => ({ atMs: Date.now(), ...site.traffic }),
    "PUT /state": async (body) => {
      const { next, version, token } = writeRequest.parse(body);
      return { version: await site.write(next, version, token) };
    },
    "POST /lease/acquire": (body) => {
      const { holder, leaseMs } = acquireRequest.parse(body);
      return site.acquire(holder, leaseMs);
    },
    "POST /lease/renew": (body) => {
      const { token, leaseMs } = renewRequest.parse(body);
      return site.renew(token, leaseMs);
    },
    "POST /lease/release": async (body) => {
      await site.giveBack(tokenRequest.parse(body).token);
      return {};
    },
    "POST /place": (body, gone) => site.place(placeRequest.parse(body), gone),
    "POST /place-baseline": async (body, gone) => {
      const { beside, token } = placeBaselineRequest.parse(body);
      await site.placeBaseline(beside, token, gone);
      return {};
    },
    "GET /shadow": () => ({}),
    "POST /shadow": (body, gone) => site.shadow(shadowRequest.parse(body), gone),
    "POST /route": (body) => {
      const { weights, token } = routeRequest.parse(body);
      return site.route(weights, token);
    },
    "POST /retire": async (body) => {
      const { slot, token } = retireRequest.parse(body);
      await site.retire(slot, token);
      return {};
    },
    "POST /shutdown": () => {
      setImmediate(shutDown);
      return {};
    },
  };
}

/** What is asked before there is a site to ask waits until there is. */
interface Serving {
  site: Supervisor;
  table: Record<string, Handler>;
}

/** The control socket: only the user who runs the site may talk to it, and only one supervisor has it. */
export class ControlServer {
  readonly #server: Server;
  readonly #path: string;
  readonly #serving = Promise.withResolvers<Serving>();
  #hasHungUp = false;

  private constructor(path: string) {
    this.#path = path;
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  /** Throws `refused` when another supervisor has the site: before anything of it is touched. */
  static async claim(path: string): Promise<ControlServer> {
    const server = new ControlServer(path);
    await server.#claim();
    return server;
  }

  serve(site: Supervisor, info: SiteInfo, shutDown: () => void): void {
    this.#serving.resolve({ site, table: routes(site, info, shutDown) });
  }

  /** What was asked is cut off and nothing is answered any more, but the site is still ours. */
  hangUp(): void {
    this.#hasHungUp = true;
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#hasHungUp) {
      request.destroy();
      return;
    }
    const { site, table } = await this.#serving.promise;
    if (request.method === "GET" && request.url === "/events") streamEvents(site, response);
    else await answer(table[`${request.method} ${request.url}`], request, response);
  }

  async #claim(): Promise<void> {
    if (await answers(this.#path))
      throw new SluiceError("refused", "another supervisor has this site already", {
        hint: "use it as it is, or end it with `sluice site down` first; one that drains ends by itself",
      });
    // Nobody listens: the file was left by a supervisor that was killed.
    await unlink(this.#path).catch(() => {});
    // The file is made with the mode of the umask; nobody may slip in before it is changed.
    const umask = process.umask(0o177);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#server.once("error", reject);
        this.#server.listen(this.#path, resolve);
      });
    } finally {
      process.umask(umask);
    }
    await chmod(this.#path, 0o600);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
    await unlink(this.#path).catch(() => {});
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function answer(
  handler: Handler | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort(new SluiceError("cancelled", "the caller went away")));
  try {
    if (!handler) throw unknownCall(`${request.method} ${request.url}`);
    const body = request.method === "GET" ? undefined : await bodyOf(request);
    reply(response, 200, await handler(body, gone.signal));
  } catch (error) {
    reply(response, 400, errorReplyOf(error));
  }
}

function unknownCall(call: string): SluiceError {
  return new SluiceError("unsupported", `the site does not know ${call}`, {
    hint: "it was started by another version of Sluice: `sluice site down` with that one, then `sluice site up` with this one",
  });
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_REQUEST_BYTES)
      throw new SluiceError("invalid-input", `a request may have ${MAX_REQUEST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

function errorReplyOf(error: unknown): ErrorReply {
  if (error instanceof z.ZodError)
    return { error: { code: "invalid-input", message: z.prettifyError(error) } };
  const [message = "", ...deeper] = causes(error);
  const cause = deeper.length > 0 ? { cause: deeper.join(": ") } : {};
  if (!(error instanceof SluiceError)) return { error: { code: "internal", message, ...cause } };
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  return { error: { code: error.code, message, ...hint, ...cause } };
}
