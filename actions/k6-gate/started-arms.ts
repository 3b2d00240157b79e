import { rm } from "node:fs/promises";
import { archiveOf } from "../../lib/archive/by-digest.ts";
import type { Service } from "../../lib/environment/environment.ts";
import { SluiceError } from "../../lib/error.ts";
import { type ArmProcess, startArm } from "../../lib/load/arm-process.ts";
import type { Arm } from "../../lib/load/schedule.ts";
import type { Release } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";

export interface ArmsSettings {
  readonly service: Service;
  /** Where both are unpacked and log; removed when they are stopped. */
  readonly folder: string;
  readonly candidate: { readonly archive: string; readonly digest: Digest };
  /** Undefined when there is nothing to compare with. */
  readonly baseline: { readonly release: Release; readonly archivePath: string } | undefined;
  readonly signal: AbortSignal;
  say(message: string): void;
}

/** The processes of both versions that the gate starts itself. */
export class StartedArms {
  readonly #settings: ArmsSettings;
  readonly #running = new Map<Arm, ArmProcess>();

  constructor(settings: ArmsSettings) {
    this.#settings = settings;
  }

  urlOf(arm: Arm): string | undefined {
    return this.#running.get(arm)?.url;
  }

  /** Starts both; when one fails, none is left. */
  async start(): Promise<void> {
    const { service, candidate, baseline } = this.#settings;
    const { archive, digest } = candidate;
    const release = { name: service.name, version: "candidate", commit: "", digest };
    try {
      const starting = [this.#startOne("candidate", release, await archiveOf(archive, digest))];
      if (baseline) {
        starting.push(this.#startOne("baseline", baseline.release, baseline.archivePath));
      }
      // Both to their end, so that the one is known and stopped when the other fails.
      const ended = await Promise.allSettled(starting);
      for (const one of ended) if (one.status === "rejected") throw one.reason;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Ends both and starts others, from new copies of their archives. */
  async renew(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Throws when one ended by itself. */
  mustLive(): void {
    for (const [arm, { endedHow }] of this.#running) {
      if (endedHow === undefined) continue;
      throw new SluiceError("unhealthy", `the ${arm} ${endedHow} under the load`, {
        hint: "a release that does not survive its load must not be let through; look at its log",
      });
    }
  }

  async stop(): Promise<void> {
    const running = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(running.map((process) => process.stop()));
    await rm(this.#settings.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #startOne(arm: Arm, release: Release, archivePath: string): Promise<void> {
    const { service, folder, signal, say } = this.#settings;
    const process = await startArm({ arm, release, archivePath, service, folder, signal });
    this.#running.set(arm, process);
    say(`${arm} ${release.version} (${release.digest}) is healthy at ${process.url}`);
  }
}
