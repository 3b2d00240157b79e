import { access } from "node:fs/promises";
import { resolve } from "node:path";
import type { Environment } from "../../environment/environment.ts";
import type { ArmCounters } from "../../metrics/counters.ts";
import { scrapeArms } from "../../metrics/scrape.ts";
import type { RolloutState } from "../../rollout/state.ts";
import type { Digest } from "../../units/digest.ts";
import type {
  AnySlot,
  Holder,
  Lease,
  PastReading,
  PerSlot,
  PlaceableRelease,
  Placement,
  Release,
  ShadowRun,
  Slot,
  Target,
  TargetStatus,
  Version,
  Versioned,
  Weights,
} from "../target.ts";
import { ControlClient } from "./control-client.ts";
import { localEnvironment } from "./local-environment.ts";
import { siteFolder } from "./site-folder.ts";
import { archiveIn } from "./supervisor/release-store.ts";

/** A scrape that is later than the next sample is of no use. */
const MAX_SCRAPE_MS = 2_000;

/** Slots under one supervisor on this machine, reached over its control socket. */
export class LocalTarget implements Target {
  readonly kind = "local";
  readonly #environment: Environment;
  readonly #control: ControlClient;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#control = new ControlClient(localEnvironment(environment).target.site);
  }

  read(): Promise<Versioned<RolloutState>> {
    return this.#control.call("GET", "/state");
  }

  async write(next: RolloutState, version: Version, token: number): Promise<Version> {
    const written = await this.#control.call<{ version: Version }>("PUT", "/state", {
      next,
      version,
      token,
    });
    return written.version;
  }

  acquire(holder: Holder, leaseMs: number): Promise<Lease> {
    return this.#control.call("POST", "/lease/acquire", { holder, leaseMs });
  }

  renew(token: number, leaseMs: number): Promise<Lease> {
    return this.#control.call("POST", "/lease/renew", { token, leaseMs });
  }

  async release(token: number): Promise<void> {
    await this.#control.call("POST", "/lease/release", { token });
  }

  status(): Promise<TargetStatus> {
    return this.#control.call("GET", "/status");
  }

  place(
    release: PlaceableRelease | Release,
    slot: Slot,
    token: number,
    signal?: AbortSignal,
  ): Promise<Placement> {
    const archive = "archivePath" in release ? { archivePath: resolve(release.archivePath) } : {};
    const { service } = this.#environment;
    const request = { release, slot, token, service, instances: 1, ...archive };
    return this.#control.work("/place", request, signal);
  }

  async placeBaseline(beside: Slot, token: number, signal?: AbortSignal): Promise<void> {
    await this.#control.work("/place-baseline", { beside, token }, signal);
  }

  /** A supervisor that was started before there was such a thing answers `unsupported` by itself. */
  async mustShadow(): Promise<void> {
    await this.#control.call("GET", "/shadow");
  }

  shadow(slot: Slot, beside: Slot, token: number, signal?: AbortSignal): Promise<ShadowRun[]> {
    const { shadow } = this.#environment.service;
    if (shadow === undefined) return Promise.resolve([]);
    const { run, env, timeoutMs } = shadow;
    const request = { slot, beside, token, settings: { run, env, timeoutMs } };
    return this.#control.work("/shadow", request, signal);
  }

  route(weights: Weights, token: number): Promise<Weights> {
    return this.#control.call("POST", "/route", { weights, token });
  }

  async observe(): Promise<PerSlot<ArmCounters>> {
    const { service, rollout } = this.#environment;
    const { slots } = await this.status();
    const deadlineMs = Math.min(MAX_SCRAPE_MS, rollout.sampleIntervalMs);
    const serving = { blue: slots.blue.instances, green: slots.green.instances };
    if (!slots.baseline) return scrapeArms(serving, service.metrics, deadlineMs);
    const all = { ...serving, baseline: slots.baseline.instances };
    return scrapeArms(all, service.metrics, deadlineMs);
  }

  past(): Promise<PastReading[]> {
    return this.#control.call("GET", "/past");
  }

  async archived(digest: Digest): Promise<string | undefined> {
    const path = archiveIn(siteFolder(this.#control.site).releases, digest);
    return access(path).then(
      () => path,
      () => undefined,
    );
  }

  async retire(slot: AnySlot, token: number): Promise<void> {
    await this.#control.work("/retire", { slot, token });
  }
}
