import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { appFolder } from "../../../archive/unpack.ts";
import type { LocalTargetSettings } from "../../../environment/environment.ts";
import { SluiceError } from "../../../error.ts";
import { revertForLostLease } from "../../../rollout/revert.ts";
import type { RolloutState } from "../../../rollout/state.ts";
import type {
  AnySlot,
  Holder,
  Instance,
  Lease,
  PastReading,
  Placement,
  Slot,
  TargetStatus,
  Version,
  Versioned,
  Weights,
} from "../../target.ts";
import { ALL_SLOTS, SLOTS } from "../../target.ts";
import {
  assertNoWeight,
  assertWeights,
  isBaselineWanted,
  isKeptAlive,
  weightOf,
  weightsWithoutRunner,
} from "../../weights.ts";
import type { PlaceRequest } from "../protocol.ts";
import { type SiteFolder, siteFolder } from "../site-folder.ts";
import { EventStream } from "./event-stream.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import { Past, type Serving } from "./past.ts";
import { FrontDoor } from "./proxy/front-door.ts";
import type { Traffic } from "./proxy/traffic.ts";
import { ReleaseStore } from "./release-store.ts";
import { RolloutStore } from "./rollout-store.ts";
import { RecordFile } from "./site-record.ts";
import { SlotRunner } from "./slot-runner.ts";
import { WriteQueue } from "./write-queue.ts";

/** What is to stand in a slot; the bytes are here already when no archive is named. */
type Wanted = Pick<PlaceRequest, "release" | "service" | "instances" | "archivePath"> & {
  slot: AnySlot;
};

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
  readonly #slots: Record<AnySlot, SlotRunner>;
  readonly #past: Past;
  /** One change of a slot at a time. */
  readonly #slotQueues = {
    blue: new WriteQueue(),
    green: new WriteQueue(),
    baseline: new WriteQueue(),
  };
  #serial = Date.now();
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
    this.#slots = {
      blue: this.#slotRunner("blue"),
      green: this.#slotRunner("green"),
      baseline: this.#slotRunner("baseline"),
    };
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
    const { blue, green, baseline } = this.#slots;
    const serving = { blue: blue.status(), green: green.status() };
    return {
      weights: this.weights,
      slots: baseline.occupation ? { ...serving, baseline: baseline.status() } : serving,
      lease: this.#lease.lease,
      present: await this.#releases.present(),
    };
  }

  place(request: PlaceRequest, gone: AbortSignal): Promise<Placement> {
    const { slot, token } = request;
    this.#lease.check(token);
    return this.#slotQueues[slot].run(async () => {
      this.#lease.check(token);
      const signal = AbortSignal.any([gone, this.#lease.ended]);
      signal.throwIfAborted();
      const instances = await this.#place(request, signal);
      return { slot, release: request.release, instances };
    });
  }

  /** As many fresh processes as `beside` has, of the same release and started in the same way. */
  placeBaseline(beside: Slot, token: number, gone: AbortSignal): Promise<void> {
    this.#lease.check(token);
    return this.#slotQueues.baseline.run(async () => {
      this.#lease.check(token);
      const signal = AbortSignal.any([gone, this.#lease.ended]);
      signal.throwIfAborted();
      const { occupation } = this.#slots[beside];
      if (!occupation)
        throw new SluiceError("refused", `${beside} is empty: nothing to start anew`);
      const { release, service } = occupation;
      const instances = Math.max(1, this.#slots[beside].describe().length);
      await this.#place({ release, service, instances, slot: "baseline" }, signal);
    });
  }

  async route(weights: Weights, token: number): Promise<Weights> {
    this.#lease.check(token);
    assertWeights(weights, (slot) => this.#slots[slot].occupation === null);
    await this.#setWeights(weights, "runner");
    return this.weights;
  }

  retire(slot: AnySlot, token: number): Promise<void> {
    this.#lease.check(token);
    return this.#slotQueues[slot].run(async () => {
      this.#lease.check(token);
      await this.#retire(slot);
    });
  }

  /** Drains and stops everything; no process is left behind. */
  async close(): Promise<void> {
    this.#lease.stop();
    this.#past.stop();
    const deadlines = ALL_SLOTS.map(
      (slot) => this.#slots[slot].occupation?.service.drainDeadlineMs,
    );
    await this.#door.close(Math.max(0, ...deadlines.map((ms) => ms ?? 0)));
    // In the queue: what is being placed or retired ends first, and starts nothing behind our back.
    await Promise.all(
      ALL_SLOTS.map((slot) => this.#slotQueues[slot].run(() => this.#slots[slot].suspend())),
    );
  }

  async #begin(): Promise<void> {
    const { record } = this.#record;
    this.#door.rotation.setWeights(record.weights);
    this.#port = await this.#listen(record.port);
    await this.#record.change({ port: this.#port });
    for (const slot of ALL_SLOTS) {
      const occupant = record.slots[slot];
      if (occupant) await this.#slots[slot].adopt(occupant);
    }
    await this.#removeLeftovers();
    await this.#lease.expire();
    // A supervisor was killed while it did so.
    if (!this.#lease.lease && !isBaselineWanted(this.#rollout.state)) this.#endBaseline();
    void this.#past.watch();
  }

  async #listen(before: number | null): Promise<number> {
    const { host, port } = this.#settings.listen;
    if (port !== 0 || before === null) return this.#door.listen(host, port);
    return this.#door.listen(host, before).catch(() => this.#door.listen(host, 0));
  }

  async #place(wanted: Wanted, signal: AbortSignal): Promise<Instance[]> {
    const { release, slot, service, archivePath, instances: count } = wanted;
    assertNoWeight(slot, this.weights, `given ${release.version}`);
    const runner = this.#slots[slot];
    if (!runner.holds(release, service)) {
      this.#serial += 1;
      const folder = appFolder(this.#folder.slots, slot, release.digest, this.#serial);
      await this.#releases.unpack(release, archivePath, folder);
      if (runner.occupation) await runner.drain(runner.occupation.service.drainDeadlineMs);
      await runner.occupy({ release, service, folder }, count, signal);
      await this.#releases.prune(this.#inUse());
    }
    this.events.emit({ kind: "placed", slot, version: release.version });
    return runner.describe().map(({ healthy: _, ...instance }) => instance);
  }

  async #retire(slot: AnySlot): Promise<void> {
    assertNoWeight(slot, this.weights, "retired");
    const { occupation } = this.#slots[slot];
    if (!occupation) return;
    await this.#slots[slot].drain(occupation.service.drainDeadlineMs);
    this.events.emit({ kind: "retired", slot, version: occupation.release.version });
  }

  #serving(): Serving | null {
    const slot = SLOTS.find((one) => this.weights[one] === 100);
    const occupation = slot && this.#slots[slot].occupation;
    if (!occupation) return null;
    const { release, service } = occupation;
    const instances = this.#slots[slot].describe();
    return { slot, digest: release.digest, instances, metrics: service.metrics };
  }

  #inUse() {
    const { stable, candidate, previous } = this.#rollout.state;
    const named = [stable?.release, candidate?.release, previous];
    const placed = ALL_SLOTS.map((slot) => this.#slots[slot].occupation?.release);
    return new Set([...named, ...placed].flatMap((release) => (release ? [release.digest] : [])));
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
    void this.#slotQueues.baseline.run(async () => {
      if (weightOf(this.weights, "baseline") === 0) await this.#retire("baseline");
    });
  }

  #slotRunner(slot: AnySlot): SlotRunner {
    return new SlotRunner({
      slot,
      rotation: this.#door.rotation,
      events: this.events,
      logs: this.#folder.logs,
      isKeptAlive: () => isKeptAlive(slot, this.#rollout.state, this.weights),
      onChange: () => this.#saveSlots(),
    });
  }

  #saveSlots(): Promise<void> {
    const { blue, green, baseline } = this.#slots;
    const slots = { blue: blue.record(), green: green.record(), baseline: baseline.record() };
    return this.#record.change({ slots });
  }

  /** Folders of placements that nobody remembers: a supervisor was killed while it unpacked. */
  async #removeLeftovers(): Promise<void> {
    for (const slot of ALL_SLOTS) {
      const folder = join(this.#folder.slots, slot);
      for (const name of await readdir(folder).catch(() => [])) {
        const path = join(folder, name);
        if (path === this.#slots[slot].occupation?.folder) continue;
        await rm(path, { recursive: true, force: true });
      }
    }
  }
}
