import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { SluiceError } from "../../error.ts";
import { errorReply } from "./protocol.ts";
import { siteFolder } from "./site-folder.ts";

/** A supervisor that does not answer this long hangs, or its machine does. */
const ANSWER_MS = 10_000;

/** Talks to a site's supervisor. Whatever the supervisor refuses comes out as the same SluiceError here. */
export class ControlClient {
  readonly site: string;
  readonly #socketPath: string;

  constructor(site: string) {
    this.site = site;
    this.#socketPath = siteFolder(site).socket;
  }

  /** A call that is answered at once, if the supervisor is well. */
  call<T>(method: "GET" | "PUT" | "POST", path: string, body?: unknown): Promise<T> {
    return this.#ask(method, path, body, AbortSignal.timeout(ANSWER_MS));
  }

  /** A call that takes as long as its work does; the supervisor has deadlines for that. */
  work<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    return this.#ask("POST", path, body, signal);
  }

  async #ask<T>(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const response = await this.#send(method, path, body, signal);
    const text = await this.#textOf(response);
    if (response.statusCode === 200) return JSON.parse(text) as T;
    throw errorOf(text);
  }

  /** One object for each line, until the supervisor ends or `signal` fires. */
  async *lines<T>(path: string, signal: AbortSignal): AsyncGenerator<T> {
    const response = await this.#send("GET", path, undefined, signal);
    response.setEncoding("utf8");
    let rest = "";
    try {
      for await (const chunk of response as AsyncIterable<string>) {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) yield JSON.parse(line) as T;
      }
    } catch {
      // The supervisor ended, or we were told to stop: either way there is no more.
    }
  }

  #send(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal | undefined,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request: ClientRequest = httpRequest({
        socketPath: this.#socketPath,
        method,
        path,
        agent: false,
        headers: { "content-type": "application/json" },
        ...(signal ? { signal } : {}),
      });
      request.once("response", resolve);
      request.on("error", (error) =>
        reject(isCancelled(signal) ? cancelled(signal) : this.#unreachable(error)),
      );
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async #textOf(response: IncomingMessage): Promise<string> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      return Buffer.concat(chunks).toString("utf8");
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  #unreachable(cause: unknown): SluiceError {
    return new SluiceError("target-unreachable", `the site ${this.site} does not answer`, {
      cause,
      hint: "start it with `sluice site up --environment FILE`",
    });
  }
}

/** Running out of patience is the supervisor's fault, not the caller's wish. */
function isCancelled(signal: AbortSignal | undefined): signal is AbortSignal {
  const { aborted = false, reason } = signal ?? {};
  return aborted && !(reason instanceof Error && reason.name === "TimeoutError");
}

function cancelled(signal: AbortSignal): unknown {
  const { reason } = signal;
  if (reason instanceof SluiceError) return reason;
  return new SluiceError("cancelled", "cancelled while the site was working", { cause: reason });
}

function errorOf(text: string): SluiceError {
  const { code, message, hint, cause } = errorReply.parse(JSON.parse(text)).error;
  return new SluiceError(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause: new Error(cause) }),
  });
}
