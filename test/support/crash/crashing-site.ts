import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Service } from "../../../lib/environment/environment.ts";
import { EMPTY_STATE, type RolloutState } from "../../../lib/rollout/state.ts";
import type { LocalEnvironment } from "../../../lib/targets/local/local-environment.ts";
import { LocalTarget } from "../../../lib/targets/local/local-target.ts";
import { endOrphans } from "../../../lib/targets/local/orphans.ts";
import { type Site, startSite } from "../../../lib/targets/local/site.ts";
import { siteFolder } from "../../../lib/targets/local/site-folder.ts";
import { readRecord, type SiteRecord } from "../../../lib/targets/local/supervisor/site-record.ts";
import type { Weights } from "../../../lib/targets/target.ts";
import { RUNNER } from "../local-site.ts";
import { processesBelow } from "../processes-below.ts";
import { serviceEnvironment } from "../service-environment.ts";
import { isAlive, until } from "../until.ts";

/** What the site's files say that must be what it was before a step or what it is after it. */
export interface Kept {
  weights: Weights;
  state: RolloutState;
}

/** A site whose supervisor is killed again and again, and the runner that goes on with it every time. */
export class CrashingSite implements AsyncDisposable {
  readonly environment: LocalEnvironment;
  readonly target: LocalTarget;
  /** What runs beside stable ends when this file is there. */
  readonly gate: string;
  /** The largest that was ever handed out. */
  token = 0;
  #site: Site | null = null;
  /** Once it was told, it stays. */
  #url: string | undefined;

  constructor(folder: string) {
    this.gate = join(folder, "site.gate");
    const environment = serviceEnvironment(join(folder, "site"));
    const shadow: Service["shadow"] = {
      run: ["sh", "-c", 'while [ ! -e "$0" ]; do sleep 0.1; done', this.gate],
      env: {},
      timeoutMs: 60_000,
      onInconclusive: "fail",
    };
    this.environment = { ...environment, service: { ...environment.service, shadow } };
    this.target = new LocalTarget(this.environment);
  }

  get path(): string {
    return this.environment.target.site;
  }

  get url(): string {
    return this.#url ?? "";
  }

  async start(): Promise<void> {
    if (this.#site) return;
    this.#site = await startSite(this.environment);
    this.#url ??= this.#site.url;
  }

  kill(): void {
    if (this.#site) process.kill(this.#site.info.pid, "SIGKILL");
  }

  /** Resolves when the supervisor that was killed is not there any more. */
  async gone(): Promise<void> {
    const pid = this.#site?.info.pid;
    if (pid !== undefined) await until("the supervisor is gone", () => !isAlive(pid));
    this.#site = null;
  }

  async close(): Promise<void> {
    await this.#site?.close();
    await this.gone();
  }

  /** Also where it could not be started again; what runs beside stable ends even if nobody knows it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    await endOrphans(this.path, 0);
    await writeFile(this.gate, "");
    await until("nothing runs", () => processesBelow(this.path).length === 0, 5_000).catch(
      () => {},
    );
  }

  async acquire(): Promise<void> {
    const { token } = await this.target.acquire(RUNNER, 600_000);
    if (token <= this.token) throw new Error(`token ${token} came after ${this.token}`);
    this.token = token;
  }

  async write(next: RolloutState): Promise<void> {
    const { version } = await this.target.read();
    await this.target.write(next, version, this.token);
  }

  record(): Promise<SiteRecord> {
    return readRecord(siteFolder(this.path).record);
  }

  async kept(): Promise<Kept> {
    const { weights } = await this.record();
    const text = await readFile(siteFolder(this.path).rolloutState, "utf8").catch(() => null);
    const state = text === null ? EMPTY_STATE : JSON.parse(text).state;
    return { weights, state: withoutTimes(state) };
  }
}

/** The same from one run to the next. */
function withoutTimes(state: RolloutState): RolloutState {
  const text = JSON.stringify(state, (key, value) => (key.endsWith("Ms") ? null : value));
  return JSON.parse(text) as RolloutState;
}
