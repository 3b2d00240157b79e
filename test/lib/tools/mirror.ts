import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A mirror on loopback that answers each request by the next of what it was told; the last one stays. */
export class Mirror {
  readonly asked: string[] = [];
  #answers: RequestListener[] = [];
  readonly #server: Server = createServer((request, response) => {
    this.asked.push(request.url ?? "");
    const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
    answer?.(request, response);
  });

  async open(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/mirror`;
  }

  answers(...answers: RequestListener[]): void {
    this.#answers = answers;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, "close");
  }
}

export function file(bytes: Buffer): RequestListener {
  return (_request, response) => response.end(bytes);
}

export function status(code: number, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => response.writeHead(code, headers).end("not the file");
}

/** Promises all, sends half, and hangs up. */
export function truncated(bytes: Buffer): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { "content-length": bytes.length });
    const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
    response.write(half, () => setTimeout(() => response.destroy(), 20));
  };
}

/** Sends half, and then nothing more. */
export function stalling(bytes: Buffer): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
  };
}
