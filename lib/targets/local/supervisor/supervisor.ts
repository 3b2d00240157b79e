import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalTargetSettings } from "../../../environment/environment.ts";
import { SluiceError } from "../../../error.ts";
import { revertForLostLease, revertsWhenAbandoned } from "../../../rollout/revert.ts";
import { allOn, type RolloutState } from "../../../rollout/state.ts";
import type {
  Holder,
  Lease,
  Placement,
  Slot,
  TargetStatus,
  Version,
  Versioned,
  Weights,
} from "../../target.ts";
import { otherSlot, SLOTS } from "../../target.ts";
import type { PlaceRequest } from "../protocol.ts";
import { siteFolder } from "../site-folder.ts";
import { EventStream } from "./event-stream.ts";
import { LeaseBook } from "./lease-book.ts";
import { FrontDoor } from "./proxy/front-door.ts";
import type { Traffic } from "./proxy/traffic.ts";
import { ReleaseStore } from "./release-store.ts";
import { RolloutStore } from "./rollout-store.ts";
import { RecordFile } from "./site-record.ts";
import { SlotRunner } from "./slot-runner.ts";
import { appFolder } from "./unpack.ts";
import { WriteQueue } from "./write-queue.ts";

/** Timers may fire a little early; the lease's own clock decides. */
const EXPIRY_SLACK_MS = 5;
/** Node's timers hold no more. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** One site: two slots, the door before them, and what must not be lost when a runner is. */
export class Supervisor {
  readonly events = new EventStream();
  readonly #settings: LocalTargetSettings;
  readonly #door = new FrontDoor();
  readonly #rollout: RolloutStore;
  readonly #record: RecordFile;
  readonly #leases: LeaseBook;
  readonly #releases: ReleaseStore;
  readonly #slots: Record<Slot, SlotRunner>;
  /** One change of a slot at a time. */
  readonly #slotQueues: Record<Slot, WriteQueue> = {
    blue: new WriteQueue(),
    green: new WriteQueue(),
  };
  #expiryTimer: NodeJS.Timeout | undefined;
  #serial = Date.now();
  #port = 0;

  private constructor(settings: LocalTargetSettings, rollout: RolloutStore, record: RecordFile) {
    this.#settings = settings;
    this.#rollout = rollout;
    this.#record = record;
    this.#leases = new LeaseBook(record.record.lease, record.record.lastToken);
    this.#releases = new ReleaseStore(siteFolder(settings.site).releases);
    this.#slots = { blue: this.#slotRunner("blue"), green: this.#slotRunner("green") };
  }

  /** Takes up where the last supervisor of this site ended, in whatever way it did. */
  static async open(settings: LocalTargetSettings): Promise<Supervisor> {
    const folder = siteFolder(settings.site);
    for (const path of [folder.root, folder.releases, folder.slots, folder.logs])
      await mkdir(path, { recursive: true, mode: 0o700 });
    // A site often lies in a checkout, whose tools must not take its unpacked releases for sources.
    await writeFile(join(folder.root, ".gitignore"), "*\n");
    const supervisor = new Supervisor(
      settings,
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

  read(): Versioned<RolloutState> {
    return this.#rollout.read();
  }

  write(next: RolloutState, version: Version, token: number): Promise<Version> {
    this.#leases.check(token);
    return this.#rollout.write(next, version);
  }

  async acquire(holder: Holder, leaseMs: number): Promise<Lease> {
    // A lease that ran out this very moment reverts before anybody else begins.
    await this.#expire();
    const lease = this.#leases.acquire(holder, leaseMs);
    this.events.emit({ kind: "lease", holder: holder.description, how: "acquired" });
    await this.#saveLease();
    return lease;
  }

  async renew(token: number, leaseMs: number): Promise<Lease> {
    const lease = this.#leases.renew(token, leaseMs);
    await this.#saveLease();
    return lease;
  }

  async giveBack(token: number): Promise<void> {
    this.#leases.giveBack(token);
    this.events.emit({ kind: "lease", holder: null, how: "given-back" });
    await this.#saveLease();
  }

  async status(): Promise<TargetStatus> {
    return {
      weights: this.#door.rotation.weights,
      slots: { blue: this.#slots.blue.status(), green: this.#slots.green.status() },
      lease: this.#leases.lease,
      present: await this.#releases.present(),
    };
  }

  place(request: PlaceRequest, gone: AbortSignal): Promise<Placement> {
    const { slot, token } = request;
    this.#leases.check(token);
    return this.#slotQueues[slot].run(async () => {
      this.#leases.check(token);
      const signal = AbortSignal.any([gone, this.#leases.ended]);
      signal.throwIfAborted();
      return this.#place(request, signal);
    });
  }

  async route(weights: Weights, token: number): Promise<Weights> {
    this.#leases.check(token);
    assertWeights(weights);
    for (const slot of SLOTS)
      if (weights[slot] > 0 && !this.#slots[slot].occupation) throw emptySlot(slot, weights);
    await this.#setWeights(weights, "runner");
    return this.#door.rotation.weights;
  }

  retire(slot: Slot, token: number): Promise<void> {
    this.#leases.check(token);
    return this.#slotQueues[slot].run(async () => {
      this.#leases.check(token);
      this.#assertNoWeight(slot, "retired");
      const { occupation } = this.#slots[slot];
      if (!occupation) return;
      await this.#slots[slot].drain(occupation.service.drainDeadlineMs);
      this.events.emit({ kind: "retired", slot, version: occupation.release.version });
    });
  }

  /** Drains and stops everything; no process is left behind. */
  async close(): Promise<void> {
    clearTimeout(this.#expiryTimer);
    const deadlines = SLOTS.map((slot) => this.#slots[slot].occupation?.service.drainDeadlineMs);
    const drainMs = Math.max(0, ...deadlines.map((ms) => ms ?? 0));
    await this.#door.close(drainMs);
    await Promise.all(SLOTS.map((slot) => this.#slots[slot].suspend()));
  }

  async #begin(): Promise<void> {
    const { record } = this.#record;
    const { host, port } = this.#settings.listen;
    this.#door.rotation.setWeights(record.weights);
    this.#port = await this.#listen(host, port, record.port);
    await this.#record.change({ port: this.#port });
    for (const slot of SLOTS) {
      const occupant = record.slots[slot];
      if (occupant) await this.#slots[slot].adopt(occupant);
    }
    await this.#removeLeftovers();
    await this.#expire();
    this.#armExpiry();
  }

  async #listen(host: string, port: number, before: number | null): Promise<number> {
    if (port !== 0 || before === null) return this.#door.listen(host, port);
    return this.#door.listen(host, before).catch(() => this.#door.listen(host, 0));
  }

  async #place(request: PlaceRequest, signal: AbortSignal): Promise<Placement> {
    const { release, slot, service, archivePath } = request;
    this.#assertNoWeight(slot, `given ${release.version}`);
    const runner = this.#slots[slot];
    const there = runner.occupation;
    const isSame =
      there?.release.digest === release.digest &&
      JSON.stringify(there.service) === JSON.stringify(service);
    if (!isSame || !runner.allHealthy) {
      this.#serial += 1;
      const folder = appFolder(
        siteFolder(this.#settings.site).slots,
        slot,
        release.digest,
        this.#serial,
      );
      await this.#releases.unpack(release, archivePath, folder);
      if (there) await runner.drain(there.service.drainDeadlineMs);
      await runner.occupy({ release, service, folder }, request.instances, signal);
      await this.#releases.prune(this.#inUse());
    }
    this.events.emit({ kind: "placed", slot, version: release.version });
    const instances = runner.describe().map(({ healthy: _, ...instance }) => instance);
    return { slot, release, instances };
  }

  #inUse() {
    const { stable, candidate, previous } = this.#rollout.state;
    const named = [stable?.release, candidate?.release, previous];
    const placed = SLOTS.map((slot) => this.#slots[slot].occupation?.release);
    return new Set([...named, ...placed].flatMap((release) => (release ? [release.digest] : [])));
  }

  #assertNoWeight(slot: Slot, what: string): void {
    const weight = this.#door.rotation.weights[slot];
    if (weight === 0) return;
    throw new SluiceError("refused", `${slot} has ${weight} % of traffic and cannot be ${what}`, {
      hint: `give ${slot} weight 0 first`,
    });
  }

  /** Effective before it is saved: a disk that is slow must not keep traffic on a bad release. */
  async #setWeights(weights: Weights, by: "runner" | "lost-lease"): Promise<void> {
    this.#door.rotation.setWeights(weights);
    this.events.emit({ kind: "weights", weights, by });
    await this.#record.change({ weights: this.#door.rotation.weights });
  }

  async #saveLease(): Promise<void> {
    this.#armExpiry();
    await this.#record.change({ lease: this.#leases.lease, lastToken: this.#leases.lastToken });
  }

  #armExpiry(): void {
    clearTimeout(this.#expiryTimer);
    const untilMs = this.#leases.untilExpiryMs();
    if (untilMs === null) return;
    const delayMs = Math.min(MAX_TIMER_MS, Math.max(0, untilMs) + EXPIRY_SLACK_MS);
    this.#expiryTimer = setTimeout(() => {
      void this.#expire().then(() => this.#armExpiry());
    }, delayMs);
    this.#expiryTimer.unref();
  }

  /** The runner vanished: weight 0 first, then the state says why. */
  async #expire(): Promise<void> {
    const lease = this.#leases.expire();
    if (!lease) return;
    this.events.emit({ kind: "lease", holder: lease.holder.description, how: "ran-out" });
    const back = weightsWithoutRunner(this.#rollout.state, this.#door.rotation.weights);
    if (back) await this.#setWeights(back, "lost-lease");
    const atMs = Date.now();
    await this.#rollout.change((state) => {
      const { description } = lease.holder;
      return revertForLostLease(state, description, atMs);
    });
    await this.#saveLease();
  }

  #slotRunner(slot: Slot): SlotRunner {
    return new SlotRunner({
      slot,
      rotation: this.#door.rotation,
      events: this.events,
      logs: siteFolder(this.#settings.site).logs,
      isKeptAlive: () => this.#isKeptAlive(slot),
      onChange: () => this.#saveSlots(),
    });
  }

  #isKeptAlive(slot: Slot): boolean {
    const { stable, rollout } = this.#rollout.state;
    const isOnTrial = rollout && rollout.phase !== "finished" && revertsWhenAbandoned(rollout);
    // Starting a candidate again would hide the very thing that is to be found out.
    if (isOnTrial && rollout.candidateSlot === slot) return false;
    return stable?.slot === slot || this.#door.rotation.weights[slot] === 100;
  }

  #saveSlots(): Promise<void> {
    return this.#record.change({
      slots: { blue: this.#slots.blue.record(), green: this.#slots.green.record() },
    });
  }

  /** Folders of placements that nobody remembers: a supervisor was killed while it unpacked. */
  async #removeLeftovers(): Promise<void> {
    const { slots } = siteFolder(this.#settings.site);
    for (const slot of SLOTS) {
      const names = await readdir(join(slots, slot)).catch(() => []);
      for (const name of names) {
        const path = join(slots, slot, name);
        if (path !== this.#slots[slot].occupation?.folder)
          await rm(path, { recursive: true, force: true });
      }
    }
  }
}

/** Where traffic goes when whoever moved it is gone; undefined where it may stay. */
export function weightsWithoutRunner(state: RolloutState, now: Weights): Weights | undefined {
  const { rollout, stable } = state;
  if (rollout && rollout.phase !== "finished" && !revertsWhenAbandoned(rollout)) return undefined;
  if (!stable) return rollout && now[rollout.candidateSlot] > 0 ? { blue: 0, green: 0 } : undefined;
  return now[otherSlot(stable.slot)] > 0 ? allOn(stable.slot) : undefined;
}

function assertWeights(weights: Weights): void {
  const sum = weights.blue + weights.green;
  if (sum === 100 || sum === 0) return;
  throw new SluiceError(
    "invalid-input",
    `weights blue ${weights.blue} and green ${weights.green} make ${sum}; accepted are integers that make 100, or both 0`,
  );
}

function emptySlot(slot: Slot, weights: Weights): SluiceError {
  return new SluiceError("refused", `${slot} is empty and cannot be given ${weights[slot]} %`, {
    hint: `place a release on ${slot} first`,
  });
}
