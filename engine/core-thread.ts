import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Command } from "./command.ts";
import type { Depth } from "./core.ts";
import type { Reply, Request, WorkerOptions } from "./core-worker.ts";
import type { Outcome } from "./outcome.ts";

/** The matching thread, seen from the gateway's side. */
export class CoreThread {
  readonly #worker: Worker;
  /** Callbacks of the commands sent, oldest first: outcomes come back in the same order. */
  readonly #inHand: ((outcome: Outcome) => void)[] = [];
  #answered = 0;
  #outbox: Command[] = [];
  readonly #depths = new Map<number, (depth: Depth) => void>();
  #ticket = 0;
  #sequence = 0;

  static async start(options: WorkerOptions): Promise<CoreThread> {
    const url = new URL("./core-worker.ts", import.meta.url);
    const worker = new Worker(url, { workerData: options, name: "core" });
    await once(worker, "online");
    return new CoreThread(worker);
  }

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (reply: Reply) => this.#receive(reply));
  }

  /** Called when the thread is gone though nobody stopped it. */
  onLost(callback: (cause: unknown) => void): void {
    this.#worker.on("error", callback);
    this.#worker.on("exit", (code) =>
      callback(new Error(`the core thread ended with code ${code}`)),
    );
  }

  get inHand(): number {
    return this.#inHand.length - this.#answered;
  }

  get sequence(): number {
    return this.#sequence;
  }

  submit(command: Command, done: (outcome: Outcome) => void): void {
    if (this.#outbox.length === 0) setImmediate(() => this.#flush());
    this.#outbox.push(command);
    this.#inHand.push(done);
  }

  depth(symbol: number): Promise<Depth> {
    if (this.#outbox.length > 0) this.#flush();
    this.#ticket += 1;
    const ticket = this.#ticket;
    return new Promise((resolve) => {
      this.#depths.set(ticket, resolve);
      this.#post({ depth: symbol, ticket });
    });
  }

  async stop(): Promise<void> {
    this.#worker.removeAllListeners("exit");
    await this.#worker.terminate();
  }

  #flush(): void {
    if (this.#outbox.length === 0) return;
    const commands = this.#outbox;
    this.#outbox = [];
    this.#post({ commands });
  }

  #post(request: Request): void {
    this.#worker.postMessage(request);
  }

  #receive(reply: Reply): void {
    if ("depth" in reply) {
      this.#depths.get(reply.ticket)?.(reply.depth);
      this.#depths.delete(reply.ticket);
      return;
    }
    this.#sequence = reply.sequence;
    for (const outcome of reply.outcomes) {
      this.#inHand[this.#answered]?.(outcome);
      this.#answered += 1;
    }
    if (this.#answered < 1024 && this.#answered < this.#inHand.length) return;
    this.#inHand.splice(0, this.#answered);
    this.#answered = 0;
  }
}
