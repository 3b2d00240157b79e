import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import action from "../../../actions/k6-gate/action.ts";
import type { Action } from "../../../lib/action/define.ts";
import { createLog } from "../../../lib/action/log.ts";
import { runMain } from "../../../lib/action/main-phase.ts";

/** A service that takes `waitMs` for an answer, and can be told to fail. */
export class Service {
  waitMs = 0;
  status = 200;
  /** Every so many requests one is never answered; 0: none. */
  hangsEvery = 0;
  asked = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Service> {
    const server = createServer((_request, response) => {
      service.asked += 1;
      if (service.hangsEvery > 0 && service.asked % service.hangsEvery === 0) return;
      const answer = () => response.writeHead(service.status).end("answer");
      if (service.waitMs > 0) setTimeout(answer, service.waitMs);
      else answer();
    });
    const service = new Service(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export interface Ran {
  code: number;
  log: string;
  outputs: Record<string, string>;
  gate: { outcome: string; reason: string; statement?: { predicateType: string } };
  summary: string;
}

/** The action as a runner would run it, from its sources. */
export async function run(
  workspace: string,
  inputs: Record<string, string>,
  signal: AbortSignal = new AbortController().signal,
): Promise<Ran> {
  const output = join(workspace, "output");
  const summary = join(workspace, "summary");
  for (const file of [output, summary]) writeFileSync(file, "");
  let log = "";
  const env = {
    ...process.env,
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  };
  const code = await inWorkspace(workspace, () =>
    runMain({
      // The runner's view of an action: of any inputs and outputs.
      action: action as unknown as Action,
      log: createLog((text) => {
        log += text;
      }, env),
      signal,
      env,
      deadEnd: new Promise(() => {}),
    }),
  );
  const outputs = parseOutputs(readFileSync(output, "utf8"));
  return {
    code,
    log,
    outputs,
    gate: JSON.parse(outputs.gate ?? "{}"),
    summary: readFileSync(summary, "utf8"),
  };
}

/** Paths of inputs are resolved against the variable of this process. */
async function inWorkspace<T>(workspace: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.GITHUB_WORKSPACE;
  process.env.GITHUB_WORKSPACE = workspace;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.GITHUB_WORKSPACE;
    else process.env.GITHUB_WORKSPACE = before;
  }
}

function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(([, name = "", , value = ""]) => [
      name,
      value,
    ]),
  );
}

/** Writes a k6 script into the workspace. */
export function script(workspace: string, name: string, text: string): string {
  const path = join(workspace, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return name;
}

/** A hundred requests a second. */
export const ORDERS = `
import http from "k6/http";
export const options = {
  scenarios: { s: { executor: "constant-arrival-rate", rate: 100, timeUnit: "1s", duration: "1s", preAllocatedVUs: 5, maxVUs: 50, exec: "one" } },
};
export function one() { http.get(__ENV.BASE_URL + "/"); }
`;

/** A comparison that is over in some seconds, and sure only of what is plain to see. */
export const BRIEF = {
  block: "100ms",
  "warm-up": "400ms",
  duration: "2400ms",
  "max-duration": "2400ms",
  "pass-on": "p50",
  margin: "50",
  "rule-out": "100",
};

/** What a busy machine does to one of two processes for seconds is not taken for its release's. */
export const HOWEVER_UNLIKE = { "process-spread": "100" };
