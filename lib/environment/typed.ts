import { resolve } from "node:path";
import { parseCpuList } from "../host-tune/cpu-set.ts";
import type { Strategy } from "../rollout/plan.ts";
import type {
  Environment,
  RolloutSettings,
  Service,
  ShadowSettings,
  TargetSettings,
  TuneSettings,
  VerifySettings,
} from "./environment.ts";
import { rollingSteps, typedHosts } from "./hosts.ts";
import { judgedKinds } from "./kinds.ts";
import type { EnvironmentFile } from "./schema.ts";
import type { TuneFile } from "./tune-schema.ts";
import type { VerifyFile } from "./verify-schema.ts";

/** Steps of an environment that names none. */
export const DEFAULT_STEPS: Record<Strategy, ReadonlyArray<{ weight: number; hold?: number }>> = {
  canary: [{ weight: 10 }, { weight: 25 }, { weight: 50 }, { weight: 100 }],
  "blue-green": [{ weight: 100 }],
  rolling: [{ weight: 25 }, { weight: 50 }, { weight: 75 }, { weight: 100 }],
};

/** From the words of the file to the typed form that the rest of Sluice reads. */
export function typed(
  file: EnvironmentFile,
  around: { name: string; base: string; sites: string },
): Environment {
  const target = typedTarget(file.target, around);
  return {
    name: file.name ?? around.name,
    service: typedService(file.service),
    target,
    rollout: typedRollout(file.rollout, target),
    verdict: judgedKinds(file),
    ...(file.verify === undefined ? {} : { verify: typedVerify(file.verify, around.base) }),
    ...(file.tune === undefined ? {} : { tune: typedTune(file.tune) }),
  };
}

function typedTarget(
  file: EnvironmentFile["target"],
  { base, sites }: { base: string; sites: string },
): TargetSettings {
  switch (file.kind) {
    case "local":
      return { ...file, site: resolve(sites, file.site) };
    case "hosts":
      return typedHosts(file, base);
  }
}

function typedTune({ profile, drift, "engine-cpus": cpus }: TuneFile): TuneSettings {
  const engineCpus = cpus === undefined ? undefined : parseCpuList(cpus);
  return { profile, drift, ...(engineCpus && { engineCpus }) };
}

/** Keys and roots of trust are files of the repository: they come with the checkout. */
function typedVerify(file: VerifyFile, base: string): VerifySettings {
  if (file === "off") return { by: "nobody" };
  const root = file["trusted-root"];
  const trusted = root === undefined ? {} : { trustedRoot: resolve(base, root) };
  const { key, identity, issuer = "", repository } = file;
  if (key !== undefined) {
    const where = key.startsWith("env://") ? key : resolve(base, key);
    return {
      by: "key",
      key: where,
      transparencyLog: file["transparency-log"] ?? false,
      ...trusted,
    };
  }
  const whose =
    identity === undefined ? { matching: file["identity-regexp"] ?? "" } : { exactly: identity };
  const within = repository === undefined ? {} : { repository };
  return { by: "identity", identity: whose, issuer, ...within, ...trusted };
}

function typedService(file: EnvironmentFile["service"]): Service {
  const { path, requests, errors, latency, kinds } = file.metrics;
  return {
    name: file.name,
    start: file.start,
    env: file.env,
    health: {
      path: file.health.path,
      deadlineMs: file.health.deadline,
      intervalMs: file.health.every,
    },
    smoke: file.smoke.map(({ name, port, method, path, json, status, timeout }) => ({
      name: name ?? `${method} ${path}`,
      port,
      method,
      path,
      ...(json === undefined ? {} : { json }),
      status,
      timeoutMs: timeout,
    })),
    ...(file.shadow === undefined ? {} : { shadow: typedShadow(file.shadow) }),
    metrics: {
      path,
      requests,
      errors,
      ...(latency === undefined ? {} : { latency }),
      ...(kinds === undefined ? {} : { kinds }),
    },
    drainDeadlineMs: file.drain,
  };
}

function typedShadow(file: NonNullable<EnvironmentFile["service"]["shadow"]>): ShadowSettings {
  const { run, env, timeout, "on-inconclusive": onInconclusive } = file;
  return { run, env, timeoutMs: timeout, onInconclusive };
}

function typedRollout(file: EnvironmentFile["rollout"], target: TargetSettings): RolloutSettings {
  const steps: ReadonlyArray<{ weight: number; hold?: number | undefined }> =
    file.strategy === "rolling" && target.kind === "hosts"
      ? rollingSteps(target)
      : (file.steps ?? DEFAULT_STEPS[file.strategy]);
  return {
    strategy: file.strategy,
    steps: steps.map(({ weight, hold }) => ({
      weightPercent: weight,
      // The last step's hold is the bake: `bake: 0s` must mean that nothing is waited for.
      holdMs: hold ?? (weight === 100 ? 0 : file.interval),
    })),
    bakeMs: file.bake,
    holdbackPercent: file.holdback,
    sampleIntervalMs: file.sample,
    leaseMs: file.lease,
    stepDeadlineMs: file.deadline,
    minStepRequests: file["min-requests"],
    onInconclusive: file["on-inconclusive"],
    early: file.early,
    ...(file["must-find"] === undefined ? {} : { mustFindRate: file["must-find"] }),
  };
}
