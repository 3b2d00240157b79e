import { homedir } from "node:os";
import { join } from "node:path";
import { findPins } from "./pins-folder.ts";
import type { Patience } from "./release/patience.ts";

/** Where tools are looked for, kept and made from. */
export interface Shop {
  /** Where obtained tools are kept. */
  cacheFolder: string;
  /** `tools/`: the table of releases, and one folder with the pins of each tool's source. */
  pinsFolder: string;
  /** The environment of every program that is run; its PATH is the one that is searched. */
  env: NodeJS.ProcessEnv;
  /** Told, in plain words, which route is taken, and before every wait. */
  say: (message: string) => void;
  signal?: AbortSignal | undefined;
  /** Of downloads, where it is not the usual one. */
  patience?: Patience | undefined;
}

/** The shop that `env` describes. */
export function openShop(
  settings: Partial<Pick<Shop, "pinsFolder" | "env" | "say" | "signal" | "patience">> = {},
): Shop {
  const { pinsFolder = findPins(), env = process.env, say = () => {} } = settings;
  const { signal, patience } = settings;
  return { cacheFolder: cacheFolderOf(env), pinsFolder, env, say, signal, patience };
}

/** A runner's own cache where there is one, so that a persistent runner obtains a tool once. */
export function cacheFolderOf(env: NodeJS.ProcessEnv): string {
  const named = env.SLUICE_TOOL_CACHE || env.RUNNER_TOOL_CACHE;
  if (named) return named;
  const caches = env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache");
  return join(caches, "sluice", "tools");
}
