import { globSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import type { JobResult } from "../run-event.ts";
import { type StoredCache, versionOf } from "./cache-store.ts";
import { flag, input, lines, type StandInCall } from "./stand-in.ts";

const MAX_KEY_CHARACTERS = 512;

interface Wanted {
  readonly key: string;
  readonly restoreKeys: readonly string[];
  readonly paths: readonly string[];
}

/** Restores, and saves at the job's end when the key was not there. */
export async function cache(call: StandInCall): Promise<JobResult> {
  const wanted = wantedBy(call);
  if (!wanted) return "failure";
  const found = lookUp(call, wanted);
  const result = await bring(call, wanted, found);
  if (result !== "success") return result;
  call.frame.posts.push({
    name: `Post ${call.name}`,
    condition: "success()",
    frame: call.frame,
    env: call.env,
    run: async (log) => {
      if (found?.key !== wanted.key) return keep({ ...call, log }, wanted);
      log.write("runner", `Cache hit occurred on the primary key ${wanted.key}, not saving cache.`);
      return "success";
    },
  });
  return "success";
}

/** `actions/cache/restore`. */
export async function restoreCache(call: StandInCall): Promise<JobResult> {
  const wanted = wantedBy(call);
  if (!wanted) return "failure";
  const found = lookUp(call, wanted);
  call.outputs["cache-primary-key"] = wanted.key;
  if (found) call.outputs["cache-matched-key"] = found.key;
  return bring(call, wanted, found);
}

/** `actions/cache/save`. */
export async function saveCache(call: StandInCall): Promise<JobResult> {
  const wanted = wantedBy(call);
  return wanted ? keep(call, wanted) : "failure";
}

function wantedBy(call: StandInCall): Wanted | undefined {
  const key = input(call, "key");
  const paths = lines(input(call, "path"));
  const missing = key === "" ? "key" : paths.length === 0 ? "path" : undefined;
  if (missing) call.log.error(`Input required and not supplied: ${missing}`);
  else if (key.includes(",")) call.log.error(`Key Validation Error: ${key} cannot contain commas.`);
  else if (key.length > MAX_KEY_CHARACTERS)
    call.log.error(
      `Key Validation Error: ${key} cannot be larger than ${MAX_KEY_CHARACTERS} characters.`,
    );
  else return { key, paths, restoreKeys: lines(input(call, "restore-keys")) };
  return undefined;
}

function lookUp(
  { job }: StandInCall,
  { key, restoreKeys, paths }: Wanted,
): StoredCache | undefined {
  return job.caches.find(versionOf(paths), key, restoreKeys);
}

async function bring(
  call: StandInCall,
  { key, restoreKeys }: Wanted,
  found: StoredCache | undefined,
): Promise<JobResult> {
  const { log, outputs, job } = call;
  if (!found) {
    const message = `Cache not found for input keys: ${[key, ...restoreKeys].join(", ")}`;
    if (flag(call, "fail-on-cache-miss")) {
      log.error(`Failed to restore cache entry. Exiting as fail-on-cache-miss is set. ${message}`);
      return "failure";
    }
    log.write("runner", message);
    return "success";
  }
  outputs["cache-hit"] = String(found.key === key);
  if (!flag(call, "lookup-only")) await job.caches.restore(found, job.folders.workspace);
  log.write("runner", `Cache restored from key: ${found.key}`);
  return "success";
}

/** What lies outside of the workspace is this machine's, and still there in the next job. */
async function keep({ job, log }: StandInCall, { key, paths }: Wanted): Promise<JobResult> {
  const { workspace } = job.folders;
  const excluded = paths.flatMap((path) => (path.startsWith("!") ? [path.slice(1)] : []));
  const inside: string[] = [];
  for (const pattern of paths) {
    if (pattern.startsWith("!")) continue;
    const place = relative(workspace, resolve(workspace, pattern));
    if (pattern.startsWith("~") || place.startsWith("..") || isAbsolute(place)) {
      log.write("runner", `${pattern} is this machine's own: it stays as it is`);
      continue;
    }
    inside.push(...globSync(place || ".", { cwd: workspace, exclude: excluded }));
  }
  const saved = await job.caches.save(versionOf(paths), key, workspace, inside);
  log.write(
    "runner",
    saved
      ? `Cache saved with key: ${key}`
      : `Failed to save: unable to reserve cache with key ${key}, another job may be creating this cache.`,
  );
  return "success";
}
