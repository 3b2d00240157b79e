import { archiveOf } from "../../lib/archive/by-digest.ts";
import type { Service } from "../../lib/environment/environment.ts";
import { readEnvironment } from "../../lib/environment/read.ts";
import { SluiceError } from "../../lib/error.ts";
import { openTarget } from "../../lib/targets/open.ts";
import type { Release } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { StartedArms } from "./started-arms.ts";

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
    return standing(url, baseline, comparedWith);
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
  // What is compared with the runs before needs no release beside it, and no target that would know of one.
  const isAlone = inputs["baseline-file"] !== undefined;
  const target = isAlone ? undefined : await openTarget(environment);
  const stable = await stableOf(inputs, async () => (await target?.read())?.value.stable?.release);
  const archivePath =
    stable && (await bytesOf(stable, inputs, async (one) => target?.archived(one)));
  const baseline = stable && archivePath ? { release: stable, archivePath } : undefined;
  const candidate = { archive, digest };
  const arms = new StartedArms({ service, folder, candidate, baseline, signal, say });
  await arms.start();
  return {
    get candidate() {
      return arms.urlOf("candidate");
    },
    get baseline() {
      return arms.urlOf("baseline");
    },
    comparedWith: describeStable(stable, isAlone, environment.name),
    name: service.name,
    renew: () => arms.renew(),
    mustLive: () => arms.mustLive(),
    stop: () => arms.stop(),
  };
}

function describeStable(
  stable: Release | undefined,
  isAlone: boolean,
  environment: string,
): string {
  if (stable) return `${stable.version} (${stable.digest})`;
  return isAlone ? "the runs before" : `nothing: no release is stable at ${environment} yet`;
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
