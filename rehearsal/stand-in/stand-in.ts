import type { JobResult } from "../run-event.ts";
import type { StepCall } from "../runner/step-process.ts";

/** Does, on this machine, what a well-known action does on GitHub. */
export interface StandIn {
  readonly name: string;
  /** For the log, in a few words. */
  readonly does: string;
  readonly run: (call: StandInCall) => Promise<JobResult>;
}

export interface StandInCall extends StepCall {
  readonly inputs: ReadonlyMap<string, string>;
  /** What the step is called. */
  readonly name: string;
}

const LOADERS: {
  readonly [action: string]: { does: string; load: () => Promise<StandIn["run"]> };
} = {
  "actions/checkout": {
    does: "a git clone of the repository on this machine",
    load: async () => (await import("./checkout.ts")).checkout,
  },
  "actions/upload-artifact": {
    does: "artifacts are kept in the run's folder",
    load: async () => (await import("./upload-artifact.ts")).uploadArtifact,
  },
  "actions/download-artifact": {
    does: "artifacts are taken from the run's folder",
    load: async () => (await import("./download-artifact.ts")).downloadArtifact,
  },
  "actions/cache": {
    does: "caches of the workspace are kept as long as the run",
    load: async () => (await import("./cache.ts")).cache,
  },
  "actions/cache/restore": {
    does: "caches are those that this run has saved",
    load: async () => (await import("./cache.ts")).restoreCache,
  },
  "actions/cache/save": {
    does: "caches of the workspace are kept as long as the run",
    load: async () => (await import("./cache.ts")).saveCache,
  },
  "actions/setup-node": {
    does: "the Node.js that runs the rehearsal",
    load: async () => (await import("./setup-node.ts")).setupNode,
  },
  "actions/setup-python": {
    does: "a Python of this machine",
    load: async () => (await import("./setup-python.ts")).setupPython,
  },
  "actions/setup-go": {
    does: "the Go of this machine",
    load: async () => (await import("./setup-go.ts")).setupGo,
  },
};

/** The stand-in for an action that nobody mapped, or undefined. */
export function standInFor(repository: string, path: string): StandIn | undefined {
  const name = [repository.toLowerCase(), path].filter((part) => part !== "").join("/");
  const known = Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  if (!known) return undefined;
  return { name, does: known.does, run: async (call) => (await known.load())(call) };
}

/** An input of a stand-in, empty when it was not given. */
export function input(call: StandInCall, name: string): string {
  for (const [key, value] of call.inputs) if (key.toLowerCase() === name) return value.trim();
  return "";
}

/** What an input names, one in a line. */
export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** An input that GitHub's toolkit reads as YAML's true or false. */
export function flag(call: StandInCall, name: string): boolean {
  return ["true", "True", "TRUE"].includes(input(call, name));
}
