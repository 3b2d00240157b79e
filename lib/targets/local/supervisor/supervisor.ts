import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalTargetSettings } from "../../../environment/environment.ts";
import { SluiceError } from "../../../error.ts";
import { freePorts } from "../../../process/free-port.ts";
import { revertForLostLease } from "../../../rollout/revert.ts";
import type { RolloutState } from "../../../rollout/state.ts";
import type {
  AnySlot,
  Holder,
  Lease,
  PastReading,
  Placement,
  Release,
  ShadowRun,
  Slot,
  TargetStatus,
  Version,
  Versioned,
  Weights,
} from "../../target.ts";
import { SLOTS } from "../../target.ts";
import {
  assertWeights,
  isBaselineWanted,
  isKeptAlive,
  weightOf,
  weightsWithoutRunner,
} from "../../weights.ts";
import type { PlaceRequest, ShadowRequest } from "../protocol.ts";
import { type SiteFolder, siteFolder } from "../site-folder.ts";
import { EventStream } from "./event-stream.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import { Past, type Serving } from "./past.ts";
import { FrontDoor } from "./proxy/front-door.ts";
import type { Traffic } from "./proxy/traffic.ts";
import { ReleaseStore } from "./release-store.ts";
import { RolloutStore } from "./rollout-store.ts";
import { RecordFile } from "./site-record.ts";
import { Slots } from "./slots.ts";

/** One site: two slots and room for a fresh baseline, the door before them, and what must not be lost when a runner is. */
export class Supervisor {
  readonly events = new EventStream();
  readonly #settings: LocalTargetSettings;
  readonly #folder: SiteFolder;
  readonly #door = new FrontDoor();
  readonly #rollout: RolloutStore;
  readonly #record: RecordFile;
  readonly #lease: LeaseKeeper;
  readonly #releases: ReleaseStore;
  readonly #slots: Slots;
  readonly #past: Past;
  #port = 0;

  private constructor(
    settings: LocalTargetSettings,
    sampleIntervalMs: number,
    rollout: RolloutStore,
    record: RecordFile,
  ) {
    this.#settings = settings;
    this.#folder = siteFolder(settings.site);
    this.#rollout = rollout;
    this.#record = record;
    this.#lease = new LeaseKeeper(record, this.events, (lease) => this.#goOnWithout(lease));
    this.#releases = new ReleaseStore(this.#folder.releases);
    this.#slots = new Slots({
      folder: this.#folder,
      rotation: this.#door.rotation,
      events: this.events,
      record,
      releases: this.#releases,
      isKeptAlive: (slot) => isKeptAlive(slot, this.#rollout.state, this.weights),
      namedReleases: () => namedReleases(this.#rollout.state),
    });
    this.#past = new Past(sampleIntervalMs, () => this.#serving());
  }

  /** Takes up where the last supervisor of this site ended, in whatever way it did. */
  static async open(settings: LocalTargetSettings, sampleIntervalMs: number): Promise<Supervisor> {
    const folder = siteFolder(settings.site);
    for (const path of [folder.root, folder.releases, folder.slots, folder.logs])
      await mkdir(path, { recursive: true, mode: 0o700 });
    // A site often lies in a checkout, whose tools must not take its unpacked releases for sources.
    await writeFile(join(folder.root, ".gitignore"), "*\n");
    const supervisor = new Supervisor(
      settings,
      sampleIntervalMs,
      await RolloutStore.open(folder.rolloutState),
      await RecordFile.open(folder.record),
    );
    await supervisor.#begin();
    return supervisor;
  }

  get url(): string {
    const { host } = this.#settings.listen;
    return `http://${host.includes(":") ? `[${host}]` : host}:${this.#port}`;
  }

  get weights(): Weights {
    return this.#door.rotation.weights;
  }

  get traffic(): Traffic {
    return this.#door.traffic;
  }

  get past(): readonly PastReading[] {
    return this.#past.readings;
  }

  read(): Versioned<RolloutState> {
    return this.#rollout.read();
  }

  write(next: RolloutState, version: Version, token: number): Promise<Version> {
    this.#lease.check(token);
    return this.#rollout.write(next, version);
  }

  acquire(holder: Holder, leaseMs: number): Promise<Lease> {
    return this.#lease.acquire(holder, leaseMs);
  }

  renew(token: number, leaseMs: number): Promise<Lease> {
    return this.#lease.renew(token, leaseMs);
  }

  giveBack(token: number): Promise<void> {
    return this.#lease.giveBack(token);
  }

  async status(): Promise<TargetStatus> {
    return {
      weights: this.weights,
      slots: this.#slots.status(),
      lease: this.#lease.lease,
      present: await this.#releases.present(),
    };
  }

  place(request: PlaceRequest, gone: AbortSignal): Promise<Placement> {
    const { slot, token, release } = request;
    return this.#placing(slot, token, gone, async (signal) => {
      const instances = await this.#slots.place(request, signal);
      return { slot, release, instances };
    });
  }

  /** As many fresh processes as `beside` has, of the same release and started in the same way. */
  placeBaseline(beside: Slot, token: number, gone: AbortSignal): Promise<void> {
    return this.#placing("baseline", token, gone, async (signal) => {
      const occupation = this.#slots.occupation(beside);
      if (!occupation)
        throw new SluiceError("refused", `${beside} is empty: nothing to start anew`);
      const { release, service } = occupation;
      const instances = Math.max(1, this.#slots.describe(beside).length);
      await this.#slots.place({ release, service, instances, slot: "baseline" }, signal);
    });
  }

  /** A command of what stands in `slot`, beside what stands in `beside`. */
  shadow(request: ShadowRequest, gone: AbortSignal): Promise<ShadowRun[]> {
    const { slot, token } = request;
    return this.#placing(slot, token, gone, async (signal) => [
      await this.#slots.shadow(request, signal),
    ]);
  }

  async route(weights: Weights, token: number): Promise<Weights> {
    this.#lease.check(token);
    assertWeights(weights, (slot) => this.#slots.occupation(slot) === null);
    await this.#setWeights(weights, "runner");
    return this.weights;
  }

  retire(slot: AnySlot, token: number): Promise<void> {
    this.#lease.check(token);
    return this.#slots.change(slot, async () => {
      this.#lease.check(token);
      await this.#slots.retire(slot);
    });
  }

  /** Drains and stops everything; no process is left behind. */
  async close(): Promise<void> {
    this.#lease.stop();
    this.#past.stop();
    await this.#door.close(this.#slots.drainDeadlineMs);
    await this.#slots.suspend();
  }

  /** Ends when whoever asked for it goes away, or may not ask any more. */
  #placing<T>(
    slot: AnySlot,
    token: number,
    gone: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.#lease.check(token);
    return this.#slots.change(slot, async () => {
      this.#lease.check(token);
      const signal = AbortSignal.any([gone, this.#lease.ended]);
      signal.throwIfAborted();
      return work(signal);
    });
  }

  async #begin(): Promise<void> {
    const { record } = this.#record;
    this.#door.rotation.setWeights(record.weights);
    this.#port = await this.#listen(record.port);
    await this.#record.change({ port: this.#port });
    await this.#slots.adopt();
    await this.#releases.tidy();
    await this.#lease.expire();
    // A supervisor was killed while it did so.
    if (!this.#lease.lease && !isBaselineWanted(this.#rollout.state)) this.#endBaseline();
    void this.#past.watch();
  }

  async #listen(before: number | null): Promise<number> {
    const { host, port } = this.#settings.listen;
    if (port !== 0) return this.#door.listen(host, port);
    // One that no outgoing connection takes while a supervisor is started again.
    const [free = 0] = before === null ? await freePorts(host, 1).catch(() => []) : [before];
    return this.#door.listen(host, free).catch(() => this.#door.listen(host, 0));
  }

  #serving(): Serving | null {
    const slot = SLOTS.find((one) => this.weights[one] === 100);
    const occupation = slot && this.#slots.occupation(slot);
    if (!occupation) return null;
    const { release, service } = occupation;
    const instances = this.#slots.describe(slot);
    return { slot, digest: release.digest, instances, metrics: service.metrics };
  }

  /** Effective before it is saved: a disk that is slow must not keep traffic on a bad release. */
  async #setWeights(weights: Weights, by: "runner" | "lost-lease"): Promise<void> {
    this.#door.rotation.setWeights(weights);
    this.events.emit({ kind: "weights", weights, by });
    await this.#record.change({ weights: this.weights });
  }

  /** The runner vanished: weight 0 first, then the state says why. */
  async #goOnWithout({ holder }: Lease): Promise<void> {
    const back = weightsWithoutRunner(this.#rollout.state, this.weights);
    if (back) await this.#setWeights(back, "lost-lease");
    const atMs = Date.now();
    await this.#rollout.change((state) => revertForLostLease(state, holder.description, atMs));
    this.#endBaseline();
  }

  /** Not waited for: what drains must not keep the next runner from its lease. */
  #endBaseline(): void {
    void this.#slots.change("baseline", async () => {
      if (weightOf(this.weights, "baseline") === 0) await this.#slots.retire("baseline");
    });
  }
}

/** Whose bytes stay: of what serves, what is on trial, and what one may want to go back to. */
function namedReleases({ stable, candidate, previous }: RolloutState): Release[] {
  return [stable?.release, candidate?.release, previous].flatMap((release) => release ?? []);
}
