import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { appFolder } from "../../../archive/unpack.ts";
import { SluiceError } from "../../../error.ts";
import type { KnownProcess } from "../../../process/identity.ts";
import { WriteQueue } from "../../../write-queue.ts";
import {
  ALL_SLOTS,
  type AnySlot,
  type Instance,
  type InstanceStatus,
  type PerSlot,
  type Release,
  type ShadowRun,
  type SlotStatus,
} from "../../target.ts";
import { assertNoWeight } from "../../weights.ts";
import type { PlaceRequest, ShadowRequest } from "../protocol.ts";
import type { SiteFolder } from "../site-folder.ts";
import type { EventStream } from "./event-stream.ts";
import type { Rotation } from "./proxy/rotation.ts";
import type { ReleaseStore } from "./release-store.ts";
import { endShadow, runShadow } from "./shadow-run.ts";
import type { RecordFile } from "./site-record.ts";
import { type Occupation, SlotRunner } from "./slot-runner.ts";

export interface SlotsSurroundings {
  folder: SiteFolder;
  rotation: Rotation;
  events: EventStream;
  record: RecordFile;
  releases: ReleaseStore;
  isKeptAlive(slot: AnySlot): boolean;
  /** Releases whose bytes stay, whether they stand in a slot or not. */
  namedReleases(): readonly Release[];
}

/** What is to stand in a slot; the bytes are here already when no archive is named. */
export type Wanted = Pick<PlaceRequest, "release" | "service" | "instances" | "archivePath"> & {
  slot: AnySlot;
};

/** All slots of a site, with what stands in which, and one change of each at a time. */
export class Slots {
  readonly #around: SlotsSurroundings;
  readonly #runners: Record<AnySlot, SlotRunner>;
  readonly #queues = {
    blue: new WriteQueue(),
    green: new WriteQueue(),
    baseline: new WriteQueue(),
  };
  #serial = Date.now();

  constructor(around: SlotsSurroundings) {
    this.#around = around;
    this.#runners = {
      blue: this.#runner("blue"),
      green: this.#runner("green"),
      baseline: this.#runner("baseline"),
    };
  }

  occupation(slot: AnySlot): Occupation | null {
    return this.#runners[slot].occupation;
  }

  describe(slot: AnySlot): InstanceStatus[] {
    return this.#runners[slot].describe();
  }

  status(): PerSlot<SlotStatus> {
    const { blue, green, baseline } = this.#runners;
    const serving = { blue: blue.status(), green: green.status() };
    return baseline.occupation ? { ...serving, baseline: baseline.status() } : serving;
  }

  /** Does `work` when what was begun with this slot before is done. */
  change<T>(slot: AnySlot, work: () => Promise<T>): Promise<T> {
    return this.#queues[slot].run(work);
  }

  async place(wanted: Wanted, signal: AbortSignal): Promise<Instance[]> {
    const { release, slot, service, archivePath, instances: count } = wanted;
    const { folder, releases, rotation, events } = this.#around;
    assertNoWeight(slot, rotation.weights, `given ${release.version}`);
    const runner = this.#runners[slot];
    if (!(await runner.holds(release, service, signal))) {
      this.#serial += 1;
      const app = appFolder(folder.slots, slot, release.digest, this.#serial);
      await releases.unpack(release, archivePath, app);
      if (runner.occupation) await runner.drain(runner.occupation.service.drainDeadlineMs);
      await runner.occupy({ release, service, folder: app }, count, signal);
      await releases.prune(this.#inUse());
    }
    events.emit({ kind: "placed", slot, version: release.version });
    return runner.describe().map(({ healthy: _, seen: __, ...instance }) => instance);
  }

  /** Ended when it is over, in whatever way; nothing of it stays but its log. */
  async shadow({ slot, beside, settings }: ShadowRequest, signal: AbortSignal): Promise<ShadowRun> {
    const { folder, record } = this.#around;
    const [candidate, stable] = [slot, beside].map((one) => this.#runners[one].record());
    if (!candidate) throw new SluiceError("refused", `${slot} is empty: nothing to run`);
    const log = join(folder.logs, `${slot}-shadow.log`);
    const onStart = (shadow: KnownProcess | null) => record.change({ shadow });
    return runShadow({ slot, candidate, beside, stable, settings, log, onStart }, signal);
  }

  async retire(slot: AnySlot): Promise<void> {
    assertNoWeight(slot, this.#around.rotation.weights, "retired");
    const { occupation } = this.#runners[slot];
    if (!occupation) return;
    await this.#runners[slot].drain(occupation.service.drainDeadlineMs);
    this.#around.events.emit({ kind: "retired", slot, version: occupation.release.version });
  }

  /** Takes over what the last supervisor left running. */
  async adopt(): Promise<void> {
    const { slots, shadow } = this.#around.record.record;
    if (shadow) await endShadow(shadow);
    for (const slot of ALL_SLOTS) {
      const occupant = slots[slot];
      if (occupant) await this.#runners[slot].adopt(occupant);
    }
    await this.#removeLeftovers();
  }

  /** How long the slowest of what stands here may take to drain. */
  get drainDeadlineMs(): number {
    const deadlines = ALL_SLOTS.map((slot) => this.occupation(slot)?.service.drainDeadlineMs ?? 0);
    return Math.max(...deadlines);
  }

  /** What is being placed or retired ends first, and starts nothing behind our back. */
  async suspend(): Promise<void> {
    await Promise.all(
      ALL_SLOTS.map((slot) => this.change(slot, () => this.#runners[slot].suspend())),
    );
  }

  #inUse() {
    const placed = ALL_SLOTS.flatMap((slot) => this.occupation(slot)?.release ?? []);
    return new Set([...this.#around.namedReleases(), ...placed].map(({ digest }) => digest));
  }

  #runner(slot: AnySlot): SlotRunner {
    const { rotation, events, folder } = this.#around;
    return new SlotRunner({
      slot,
      rotation,
      events,
      logs: folder.logs,
      isKeptAlive: () => this.#around.isKeptAlive(slot),
      onChange: () => this.#save(),
    });
  }

  #save(): Promise<void> {
    const { blue, green, baseline } = this.#runners;
    const slots = { blue: blue.record(), green: green.record(), baseline: baseline.record() };
    return this.#around.record.change({ slots });
  }

  /** Folders of placements that nobody remembers: a supervisor was killed while it unpacked. */
  async #removeLeftovers(): Promise<void> {
    for (const slot of ALL_SLOTS) {
      const folder = join(this.#around.folder.slots, slot);
      for (const name of await readdir(folder).catch(() => [])) {
        const path = join(folder, name);
        if (path === this.occupation(slot)?.folder) continue;
        await rm(path, { recursive: true, force: true });
      }
    }
  }
}
