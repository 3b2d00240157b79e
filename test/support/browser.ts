import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { findProgram } from "../../rehearsal/runner/shell.ts";

const START_LIMIT_MS = 120_000;

/** A Chromium of this machine, or undefined. */
export const chromium = ["chromium", "chromium-browser", "google-chrome"]
  .map((name) => findProgram(name, process.env.PATH ?? ""))
  .find((path) => path !== undefined);

type Answer = {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { message: string };
};

/** One page in a headless browser, driven by its debugging protocol. */
export class Browser {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #session = "";
  #next = 1;

  private constructor(child: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = child;
    this.#profile = profile;
    this.#socket = socket;
    socket.on("message", (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  /** Starts the browser and opens a page of the given size. */
  static async open(program: string, url: string): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), "sluice-browser-"));
    const child = spawn(
      program,
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--window-size=1000,900",
        "--remote-debugging-port=0",
        `--user-data-dir=${profile}`,
        "about:blank",
      ],
      { stdio: ["ignore", "ignore", "pipe"], detached: true },
    );
    const address = await addressOf(child);
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    const browser = new Browser(child, profile, socket);
    const { targetId } = await browser.send<{ targetId: string }>("Target.createTarget", { url });
    const attached = await browser.send<{ sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    browser.#session = attached.sessionId;
    return browser;
  }

  send<T>(method: string, params: { readonly [name: string]: unknown } = {}): Promise<T> {
    const id = this.#next++;
    const message = { id, method, params, ...(this.#session && { sessionId: this.#session }) };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        this.#waiting.delete(id);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result as T);
      });
      this.#socket.send(JSON.stringify(message));
    });
  }

  /** What an expression is in the page. */
  async read<T>(expression: string): Promise<T> {
    const { result } = await this.send<{ result: { value: T } }>("Runtime.evaluate", {
      expression,
      returnByValue: true,
    });
    return result.value;
  }

  async key(key: string, modifiers = 0): Promise<void> {
    const text = key.length === 1 ? { text: key } : {};
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", key, modifiers, ...text });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, modifiers });
  }

  async mouse(
    type: "mouseMoved" | "mousePressed" | "mouseReleased" | "mouseWheel",
    [x, y]: readonly [number, number],
    more: { readonly [name: string]: unknown } = {},
  ): Promise<void> {
    const button = type === "mousePressed" || type === "mouseReleased";
    const pressed = button ? { button: "left", clickCount: 1 } : {};
    await this.send("Input.dispatchMouseEvent", { type, x, y, ...pressed, ...more });
  }

  async close(): Promise<void> {
    this.#socket.terminate();
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, "SIGKILL");
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const limit = setTimeout(() => reject(new Error(`no browser: ${said}`)), START_LIMIT_MS);
    child.once("error", reject);
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(limit);
      resolve(address);
    });
  });
}
