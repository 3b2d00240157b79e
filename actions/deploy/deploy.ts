import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import { archiveOf } from "../../lib/archive/by-digest.ts";
import type { Environment } from "../../lib/environment/environment.ts";
import { readEnvironment } from "../../lib/environment/read.ts";
import type { Gate } from "../../lib/evidence/record.ts";
import { PREDICATE, statementOf } from "../../lib/evidence/statement.ts";
import { placeCandidate } from "../../lib/rollout/candidate.ts";
import { systemClock } from "../../lib/rollout/clock.ts";
import { withLease } from "../../lib/rollout/session.ts";
import { holderOf } from "../../lib/targets/holder.ts";
import { openTarget } from "../../lib/targets/open.ts";
import type { PlaceableRelease, Placement } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import { type Shadowed, shadow, shadowPredicate, shadowWords, summariseShadow } from "./shadow.ts";
import { mustPass, type SmokeResult, smoke } from "./smoke.ts";
import { mustBeTuned } from "./tuning.ts";
import {
  mustDecide,
  summariseVerification,
  type Verification,
  verification,
  verificationWords,
} from "./verification.ts";

interface DeployContext {
  inputs: {
    "environment-file": string;
    archive: string;
    digest: Digest;
    bundle: string | undefined;
    version: string;
    commit: string;
    smoke: boolean;
    shadow: boolean;
    timeout: number | undefined;
  };
  log: Log;
  summary: Summary;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
}

/** Places the release; its outputs are those of the action. */
export async function deploy({ inputs, log, summary, signal, env }: DeployContext) {
  const environment = await readEnvironment(inputs["environment-file"]);
  const demanded = mustDecide(environment, inputs["environment-file"]);
  const archivePath = await archiveOf(inputs.archive, inputs.digest);
  const { bundle, digest } = inputs;
  const verified = await verification(
    demanded,
    { archive: archivePath, digest, bundle, folder: await folderOf(inputs.archive) },
    { log, env, signal },
  );
  await mustBeTuned(environment, { log, summary });
  if (inputs.timeout !== undefined) environment.service.health.deadlineMs = inputs.timeout;
  const target = await openTarget(environment);
  const besides = inputs.shadow ? environment.service.shadow : undefined;
  if (besides) await target.mustShadow();
  const release: PlaceableRelease = {
    name: environment.service.name,
    version: inputs.version,
    commit: inputs.commit || (env.GITHUB_SHA ?? ""),
    digest: inputs.digest,
    archivePath,
  };
  const startedMs = performance.now();
  let smoked: SmokeResult[] = [];
  let shadowed: Shadowed = notRun(environment);
  const placement = await withLease(
    {
      target,
      holder: holderOf(env, process.pid),
      leaseMs: environment.rollout.leaseMs,
      clock: systemClock,
      warn: (message) => log.warning(message),
    },
    (lease) =>
      placeCandidate(release, {
        target,
        token: lease.token,
        signal: AbortSignal.any([signal, lease.lost]),
        async inspect(placed) {
          log.info(
            `${release.version} is healthy on ${placed.slot} after ${formatDuration(performance.now() - startedMs)}`,
          );
          if (inputs.smoke) {
            smoked = await smoke(placed, environment.service.smoke, signal);
            for (const result of smoked) log.info(smokeLine(result));
            mustPass(smoked, release.version);
          }
          if (!besides) return;
          const ended = AbortSignal.any([signal, lease.lost]);
          const { token } = lease;
          shadowed = await shadow(placed, besides, { target, token, log, env, signal: ended });
        },
      }),
  );
  const placed = { release, placement, smoked, shadowed, verified, environment: environment.name };
  const gate = gateOf(placed, inputs.smoke);
  log.info(gate.reason);
  summarise(summary, placed);
  return { gate, slot: placement.slot, digest: release.digest, placement };
}

/** What is known of it as long as it was not run. */
function notRun({ service }: Environment): Shadowed {
  if (service.shadow === undefined) return { outcome: "not-asked" };
  return { outcome: "skipped", why: "it was off by request" };
}

function smokeLine({ check, instance, problem, tookMs }: SmokeResult): string {
  const took = formatDuration(tookMs);
  return problem
    ? `smoke ✗ ${check} on ${instance}: ${problem}`
    : `smoke ✓ ${check} on ${instance} (${took})`;
}

interface Placed {
  release: PlaceableRelease;
  placement: Placement;
  smoked: readonly SmokeResult[];
  shadowed: Shadowed;
  verified: Verification;
  /** Its name. */
  environment: string;
}

function gateOf(placed: Placed, withSmoke: boolean): Gate {
  const { release, placement, smoked, shadowed, verified } = placed;
  const checks = withSmoke
    ? `${smoked.length} smoke checks passed`
    : "smoke checks were off by request";
  return {
    name: "deploy",
    outcome: "passed",
    reason: `${release.version} (${release.digest}), ${verificationWords(verified)}, is healthy on ${placement.slot} at weight 0; ${checks}${shadowWords(shadowed)}`,
    statement: statementOf({
      predicateType: PREDICATE.deploy,
      subject: { name: basename(release.archivePath), digest: release.digest },
      predicate: predicateOf(placed, withSmoke),
    }),
  };
}

function predicateOf(placed: Placed, withSmoke: boolean): Record<string, unknown> {
  const { release, placement, smoked, shadowed, verified, environment } = placed;
  const beside = shadowPredicate(shadowed);
  const { name, version, commit } = release;
  return {
    outcome: "passed",
    release: { name, version, commit },
    environment,
    verification: verified,
    placement: { slot: placement.slot, instances: placement.instances.map((one) => one.name) },
    smoke: withSmoke ? { passed: smoked.length } : "off",
    ...(beside === undefined ? {} : { shadow: beside }),
  };
}

function summarise(
  summary: Summary,
  { release, placement, smoked, shadowed, verified }: Placed,
): void {
  summary.heading(`${release.version} placed on ${placement.slot} at weight 0`);
  summariseVerification(summary, verified);
  summary.table(
    ["Instance", "Check", "Found"],
    smoked.map(({ check, instance, tookMs, problem }) => [
      inlineText(instance),
      inlineText(check),
      inlineText(problem ?? `passed in ${formatDuration(tookMs)}`),
    ]),
  );
  summariseShadow(summary, shadowed);
}

/** What was downloaded together, where `archive` names a folder. */
async function folderOf(archive: string): Promise<string | undefined> {
  return (await stat(archive)).isDirectory() ? archive : undefined;
}
