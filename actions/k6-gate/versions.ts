import { rm } from "node:fs/promises";
import { archiveOf } from "../../lib/archive/by-digest.ts";
import type { Service } from "../../lib/environment/environment.ts";
import { readEnvironment } from "../../lib/environment/read.ts";
import { SluiceError } from "../../lib/error.ts";
import { type ArmProcess, startArm } from "../../lib/load/arm-process.ts";
import type { Arm } from "../../lib/load/schedule.ts";
import { openTarget } from "../../lib/targets/open.ts";
import type { Release } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";

/** Where the versions are, and what ends those that were started here. */
export interface Versions {
  /** Undefined when the script knows by itself. */
  candidate: string | undefined;
  /** Undefined when there is nothing to compare with. */
  baseline: string | undefined;
  /** What the candidate is compared with, for people. */
  comparedWith: string;
  name: string;
  /** Ends the processes that were started here and starts others, from new copies of their archives. */
  renew(): Promise<void>;
  /** Throws when a process that was started here ended by itself. */
  mustLive(): void;
  stop(): Promise<void>;
}

export interface VersionInputs {
  url: string | undefined;
  "baseline-url": string | undefined;
  "environment-file": string | undefined;
  archive: string | undefined;
  digest: Digest | undefined;
  "baseline-archive": string | undefined;
  "baseline-digest": Digest | undefined;
  "baseline-file": string | undefined;
  "service-env": ReadonlyArray<{ name: string; value: string }> | undefined;
}

/** The versions that are given by URL, or started as the environment file says. */
export async function openVersions(
  inputs: VersionInputs,
  folder: string,
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<Versions> {
  const { url, archive, digest } = inputs;
  const baseline = inputs["baseline-url"];
  const file = inputs["environment-file"];
  if (file === undefined || archive === undefined || digest === undefined) {
    const comparedWith = baseline ?? "nothing: no baseline was given";
    return { ...standing(url, baseline, comparedWith) };
  }
  return started({ ...inputs, archive, digest, file }, folder, signal, say);
}

function standing(
  candidate: string | undefined,
  baseline: string | undefined,
  comparedWith: string,
): Versions {
  return {
    candidate,
    baseline,
    comparedWith,
    name: "candidate",
    async renew() {},
    mustLive() {},
    async stop() {},
  };
}

type StartInputs = VersionInputs & { file: string; archive: string; digest: Digest };

async function started(
  inputs: StartInputs,
  folder: string,
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<Versions> {
  const { file, digest, archive } = inputs;
  const environment = await readEnvironment(file);
  const service = withVariables(environment.service, inputs["service-env"] ?? []);
  const { name } = service;
  // What is compared with the runs before needs no release beside it, and no target that would know of one.
  const isAlone = inputs["baseline-file"] !== undefined;
  const target = isAlone ? undefined : await openTarget(environment);
  const stable = await stableOf(inputs, async () => (await target?.read())?.value.stable?.release);
  const baselineArchive =
    stable && (await bytesOf(stable, inputs, async (one) => target?.archived(one)));
  const arms: Record<Arm, ArmProcess | undefined> = { baseline: undefined, candidate: undefined };
  const stop = async () => {
    const { baseline, candidate } = arms;
    arms.baseline = undefined;
    arms.candidate = undefined;
    await Promise.all([baseline?.stop(), candidate?.stop()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const start = async (arm: Arm, release: Release, archivePath: string) => {
    const process = await startArm({ arm, release, archivePath, service, folder, signal });
    arms[arm] = process;
    say(`${arm} ${release.version} (${release.digest}) is healthy at ${process.url}`);
  };
  const startBoth = async () => {
    try {
      const candidate = { name, version: "candidate", commit: "", digest };
      const starting = [start("candidate", candidate, await archiveOf(archive, digest))];
      if (stable && baselineArchive) starting.push(start("baseline", stable, baselineArchive));
      // Both to their end, so that the one is known and stopped when the other fails.
      const ended = await Promise.allSettled(starting);
      for (const one of ended) if (one.status === "rejected") throw one.reason;
    } catch (error) {
      await stop();
      throw error;
    }
  };
  await startBoth();
  return {
    get candidate() {
      return arms.candidate?.url;
    },
    get baseline() {
      return arms.baseline?.url;
    },
    comparedWith: stable
      ? `${stable.version} (${stable.digest})`
      : isAlone
        ? "the runs before"
        : `nothing: no release is stable at ${environment.name} yet`,
    name,
    async renew() {
      await stop();
      await startBoth();
    },
    mustLive: () => mustLive(arms),
    stop,
  };
}

/** What the candidate is to replace. */
async function stableOf(
  inputs: StartInputs,
  read: () => Promise<Release | undefined>,
): Promise<Release | undefined> {
  const digest = inputs["baseline-digest"];
  if (inputs["baseline-archive"] === undefined || digest === undefined) return read();
  return { name: "baseline", version: "baseline", commit: "", digest };
}

async function bytesOf(
  stable: Release,
  inputs: StartInputs,
  archived: (digest: Digest) => Promise<string | undefined>,
): Promise<string> {
  const given = inputs["baseline-archive"];
  if (given !== undefined) return archiveOf(given, stable.digest);
  // The same bytes again: a release that was taken back and is tried once more, or a re-run.
  if (stable.digest === inputs.digest) return archiveOf(inputs.archive, stable.digest);
  const path = await archived(stable.digest);
  if (path !== undefined) return path;
  throw new SluiceError(
    "no-such-release",
    `the archive of the stable release ${stable.version} (${stable.digest}) is not on this machine`,
    { hint: "fetch it, and name it in `baseline-archive`" },
  );
}

function withVariables(
  service: Service,
  variables: ReadonlyArray<{ name: string; value: string }>,
): Service {
  const given = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  return { ...service, env: { ...service.env, ...given } };
}

function mustLive(arms: Readonly<Record<Arm, ArmProcess | undefined>>): void {
  for (const [arm, process] of Object.entries(arms)) {
    if (process?.endedHow === undefined) continue;
    throw new SluiceError("unhealthy", `the ${arm} ${process.endedHow} under the load`, {
      hint: "a release that does not survive its load must not be let through; look at its log",
    });
  }
}
