import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type RequestOptions,
  request,
  type Server,
} from "node:http";
import type { Server as TcpServer } from "node:net";
import { Backend } from "../../lib/targets/local/supervisor/proxy/backend.ts";
import { FrontDoor } from "../../lib/targets/local/supervisor/proxy/front-door.ts";
import type { Slot } from "../../lib/targets/target.ts";

export interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  bytes: Buffer;
  body: string;
}

/** A front door in this process, with servers of this process behind it. */
export class TestDoor implements AsyncDisposable {
  readonly door = new FrontDoor();
  readonly #servers: Array<Server | TcpServer> = [];
  port = 0;

  static async open(): Promise<TestDoor> {
    const opened = new TestDoor();
    opened.port = await opened.door.listen("127.0.0.1", 0);
    return opened;
  }

  weigh(blue: number, green: number): void {
    this.door.rotation.setWeights({ blue, green });
  }

  /** An instance of `slot` that answers with its name, or as `listener` does. */
  serve(
    slot: Slot,
    listener: RequestListener = (_, response) => response.end(slot),
  ): Promise<Backend> {
    return this.join(slot, createServer({ keepAliveTimeout: 60_000 }, listener));
  }

  async join(slot: Slot, server: Server | TcpServer): Promise<Backend> {
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const backend = new Backend(slot, `1.0.0-${slot}`, "127.0.0.1", port);
    this.door.rotation.add(backend);
    return backend;
  }

  /** Nobody listens any more where the last instance did. */
  stopLast(): void {
    this.#servers.pop()?.close();
  }

  ask(options: RequestOptions, body?: string | Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asking = request({ host: "127.0.0.1", port: this.port, ...options }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const bytes = Buffer.concat(chunks);
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, headers, bytes, body: bytes.toString() });
        });
      });
      asking.on("error", reject);
      asking.end(body);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) {
      if ("closeAllConnections" in server) server.closeAllConnections();
      server.close();
    }
    await this.door.close(0);
  }
}
