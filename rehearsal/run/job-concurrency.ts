import { evaluate, type Scope } from "../language/expression.ts";
import type { Token } from "../language/token.ts";
import { isMap, isYes, toText } from "../language/value.ts";
import type { JobPath } from "../run-event.ts";
import type { RunSetting } from "./run-setting.ts";

/** The groups that a job's own workflow and those that called it hold already, each with who holds it. */
export type HeldGroups = ReadonlyMap<string, string>;

/** A place in a concurrency group, or the reason why there is none. */
export interface HeldPlace {
  readonly refused: string | undefined;
  /** All groups that are held from here on down. */
  readonly held: HeldGroups;
  /** Fires also when somebody else in the group cancels what is in progress. */
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/** Waits for the group that `concurrency:` names, if it names one. */
export async function enterConcurrency(
  setting: RunSetting,
  token: Token | undefined,
  at: { scope: Scope; job: JobPath; who: string; held: HeldGroups; signal: AbortSignal },
): Promise<HeldPlace> {
  const free: HeldPlace = {
    refused: undefined,
    held: at.held,
    signal: at.signal,
    release: () => {},
  };
  if (!token) return free;
  const value = evaluate(token, at.scope);
  const group = toText(isMap(value) ? value.group : value);
  if (group === "") return free;
  const holder = at.held.get(group.toLowerCase());
  if (holder !== undefined) {
    const between = `'${holder}' and '${at.who}'`;
    return {
      ...free,
      refused: `a deadlock for the concurrency group '${group}' was detected between ${between}`,
    };
  }
  const controller = new AbortController();
  const place = await setting.groups.enter(
    group,
    {
      cancelInProgress: isMap(value) && isYes(value["cancel-in-progress"] ?? false),
      queueAll: isMap(value) && value.queue === "max",
      cancel: () =>
        controller.abort(`a newer one in the concurrency group '${group}' cancelled it`),
      onWait: () =>
        setting.emit({
          type: "job-waiting",
          job: at.job,
          reason: `waits for the concurrency group '${group}'`,
        }),
    },
    at.signal,
  );
  if (place === "replaced") {
    return { ...free, refused: `a newer one took its place in the concurrency group '${group}'` };
  }
  if (place === "full") {
    return { ...free, refused: `the queue of the concurrency group '${group}' is full` };
  }
  if (place === "aborted") return { ...free, refused: "the run was cancelled" };
  return {
    refused: undefined,
    held: new Map([...at.held, [group.toLowerCase(), at.who]]),
    signal: AbortSignal.any([at.signal, controller.signal]),
    release: place.release,
  };
}
