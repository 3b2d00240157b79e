import { homedir } from "node:os";
import { join } from "node:path";

/** Where tools are looked for, kept and made from. */
export interface Shop {
  /** Where obtained tools are kept. */
  cacheFolder: string;
  /** `tools/`: one folder with the pins of each tool. */
  pinsFolder: string;
  /** The environment of every program that is run; its PATH is the one that is searched. */
  env: NodeJS.ProcessEnv;
  /** Told, in plain words, which route is taken, and before every wait. */
  say: (message: string) => void;
  signal?: AbortSignal | undefined;
}

const PINS_FOLDER = join(import.meta.dirname, "..", "..", "tools");

/** The shop that `env` describes. */
export function openShop(
  settings: Partial<Pick<Shop, "pinsFolder" | "env" | "say" | "signal">> = {},
): Shop {
  const { pinsFolder = PINS_FOLDER, env = process.env, say = () => {}, signal } = settings;
  return { cacheFolder: cacheFolderOf(env), pinsFolder, env, say, signal };
}

/** A runner's own cache where there is one, so that a persistent runner obtains a tool once. */
export function cacheFolderOf(env: NodeJS.ProcessEnv): string {
  const named = env.SLUICE_TOOL_CACHE || env.RUNNER_TOOL_CACHE;
  if (named) return named;
  const caches = env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache");
  return join(caches, "sluice", "tools");
}
