import { z } from "zod";
import { SluiceError } from "../../../error.ts";
import { EMPTY_STATE, type RolloutState } from "../../../rollout/state.ts";
import { WriteQueue } from "../../../write-queue.ts";
import type { Version, Versioned } from "../../target.ts";
import { readIfThere, writeAtomically } from "./atomic-file.ts";

/** The rollout room owns the shape; here only what would make the file unreadable is refused. */
export const rolloutStateSchema = z
  .looseObject({ schema: z.literal(1) })
  .transform((state) => state as unknown as RolloutState);

const fileSchema = z.object({ version: z.int().nonnegative(), state: rolloutStateSchema });

/** The rollout's state on disk, changed only by compare-and-swap. */
export class RolloutStore {
  readonly #path: string;
  readonly #queue = new WriteQueue();
  #version: number;
  #state: RolloutState;

  private constructor(path: string, version: number, state: RolloutState) {
    this.#path = path;
    this.#version = version;
    this.#state = state;
  }

  static async open(path: string): Promise<RolloutStore> {
    const text = await readIfThere(path);
    if (text === null) return new RolloutStore(path, 0, EMPTY_STATE);
    try {
      const { version, state } = fileSchema.parse(JSON.parse(text));
      return new RolloutStore(path, version, state);
    } catch (cause) {
      throw new SluiceError("internal", `the state file ${path} cannot be read`, {
        cause,
        hint: "move it away to begin with an empty state; the releases stay",
      });
    }
  }

  get state(): RolloutState {
    return this.#state;
  }

  read(): Versioned<RolloutState> {
    return { value: this.#state, version: String(this.#version) as Version };
  }

  write(next: RolloutState, version: Version): Promise<Version> {
    return this.#queue.run(async () => {
      if (version !== String(this.#version)) throw lostRace(version, this.#version);
      return this.#save(next);
    });
  }

  /** The supervisor's own change, on top of whatever is there. */
  change(by: (state: RolloutState) => RolloutState): Promise<void> {
    return this.#queue.run(async () => {
      const next = by(this.#state);
      if (next !== this.#state) await this.#save(next);
    });
  }

  async #save(state: RolloutState): Promise<Version> {
    const version = this.#version + 1;
    await writeAtomically(this.#path, `${JSON.stringify({ version, state })}\n`);
    this.#version = version;
    this.#state = state;
    return String(version) as Version;
  }
}

function lostRace(given: Version, current: number): SluiceError {
  return new SluiceError(
    "lost-race",
    `the state was read at version ${given}, but is at version ${current} now`,
    { hint: "read it again and decide anew; somebody else wrote in between" },
  );
}
