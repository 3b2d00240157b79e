import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend } from "./backend.ts";
import { mayGoElsewhere } from "./handover.ts";
import { refuse } from "./refusal.ts";
import { bodyOf, ReplayableBody } from "./request-body.ts";
import type { RequestEngine } from "./request-engine.ts";

const CONNECT_TIMEOUT_MS = 2_000;
/** A client that goes sooner changed its mind; one that waited this long for a first byte was not served. */
const UNANSWERED_MS = 1_000;

/** One request of a client, on its way through one backend after another until one takes it. */
export class Exchange {
  readonly #engine: RequestEngine;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #clientCloses: boolean;
  readonly #tried: Backend[] = [];
  #body: ReplayableBody | IncomingMessage | undefined;
  #current: Backend | undefined;
  #handedAtMs = 0;
  #isAnswering = false;
  #isCut = false;

  constructor(
    engine: RequestEngine,
    request: IncomingMessage,
    response: ServerResponse,
    clientCloses: boolean,
  ) {
    this.#engine = engine;
    this.#request = request;
    this.#response = response;
    this.#clientCloses = clientCloses;
    response.once("close", () => this.#settle());
  }

  begin(): void {
    bodyOf(this.#request, (body) => {
      this.#body = body;
      this.#handTo(this.#engine.rotation.forRequest());
    });
  }

  /** The backend's answer begins: its headers are made ours. */
  answer(answer: IncomingMessage): void {
    const backend = this.#current;
    if (!backend) return;
    this.#isAnswering = true;
    const { headers } = answer;
    // Both belong to the connection behind us, not to the client's.
    delete headers["keep-alive"];
    const closes = this.#clientCloses || this.#engine.isClosing;
    headers.connection = closes ? "close" : "keep-alive";
    headers["x-sluice-slot"] = backend.slot;
    headers["x-sluice-version"] = backend.version;
    answer.once("close", () => {
      if (!answer.complete) this.#cut();
    });
  }

  #handTo(backend: Backend | undefined): void {
    if (!backend || !this.#body) {
      this.#unserved();
      return;
    }
    this.#current = backend;
    this.#handedAtMs = performance.now();
    this.#tried.push(backend);
    backend.inFlight += 1;
    const options = {
      target: { host: backend.host, port: backend.port },
      agent: backend.agent,
      connectTimeout: CONNECT_TIMEOUT_MS,
      ...(this.#body instanceof ReplayableBody ? { buffer: this.#body } : {}),
    };
    try {
      this.#engine.proxy.web(this.#request, this.#response, options, (error) =>
        this.#failed(error),
      );
    } catch {
      // A request that we were given but Node does not let us send, such as one with a malformed header.
      this.#noAnswer(backend);
    }
  }

  #failed(error: Error): void {
    const backend = this.#current;
    if (!backend || this.#response.destroyed) return;
    if (this.#isAnswering) {
      this.#cut();
      return;
    }
    if (this.#body instanceof ReplayableBody && mayGoElsewhere(this.#request, error)) {
      this.#leave(backend);
      this.#engine.traffic.slots[backend.slot].handedOn += 1;
      backend.seen.lost += 1;
      this.#handTo(this.#engine.rotation.instead(this.#tried));
      return;
    }
    this.#noAnswer(backend);
  }

  #noAnswer({ slot, version }: Backend): void {
    this.#isCut = true;
    refuse(this.#response, 502, {
      error: "no-answer",
      message: `an instance of ${slot} (${version}) was given the request and did not answer`,
    });
  }

  /** The client must not take half an answer for a whole one. */
  #cut(): void {
    this.#isCut = true;
    this.#response.destroy();
  }

  #unserved(): void {
    this.#engine.traffic.unserved += 1;
    refuse(this.#response, 503, {
      error: "no-slot",
      message: "no slot with weight has an instance that takes requests",
    });
  }

  #leave(backend: Backend): void {
    backend.inFlight -= 1;
    this.#current = undefined;
  }

  /** Once, when the client has its answer or is gone. */
  #settle(): void {
    const backend = this.#current;
    if (!backend) return;
    this.#leave(backend);
    const ofSlot = this.#engine.traffic.slots[backend.slot];
    const { seen } = backend;
    ofSlot.requests += 1;
    if (this.#isCut) {
      ofSlot.lost += 1;
      seen.lost += 1;
    } else if (!this.#response.writableFinished) {
      ofSlot.abandoned += 1;
      if (this.#wasLeftWaiting()) seen.lost += 1;
    } else {
      const isFailure = this.#response.statusCode >= 500;
      seen.answered += 1;
      if (isFailure) {
        ofSlot.failed += 1;
        seen.failed += 1;
      }
    }
  }

  #wasLeftWaiting(): boolean {
    return !this.#isAnswering && performance.now() - this.#handedAtMs >= UNANSWERED_MS;
  }
}
