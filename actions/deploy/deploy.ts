import { inlineText, type Log, type Summary } from "../../lib/action/action.ts";
import { readEnvironment } from "../../lib/environment/read.ts";
import type { Gate } from "../../lib/evidence/record.ts";
import { placeCandidate } from "../../lib/rollout/candidate.ts";
import { systemClock } from "../../lib/rollout/clock.ts";
import { withLease } from "../../lib/rollout/session.ts";
import { holderOf } from "../../lib/targets/holder.ts";
import { openTarget } from "../../lib/targets/open.ts";
import type { PlaceableRelease, Placement } from "../../lib/targets/target.ts";
import type { Digest } from "../../lib/units/digest.ts";
import { formatDuration } from "../../lib/units/duration.ts";
import { archiveOf } from "./archive.ts";
import { mustPass, type SmokeResult, smoke } from "./smoke.ts";

interface DeployContext {
  inputs: {
    "environment-file": string;
    archive: string;
    digest: Digest;
    version: string;
    commit: string;
    smoke: boolean;
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
  const archivePath = await archiveOf(inputs.archive, inputs.digest);
  if (inputs.timeout !== undefined) environment.service.health.deadlineMs = inputs.timeout;
  const target = await openTarget(environment);
  const release: PlaceableRelease = {
    name: environment.service.name,
    version: inputs.version,
    commit: inputs.commit || (env.GITHUB_SHA ?? ""),
    digest: inputs.digest,
    archivePath,
  };
  const startedMs = performance.now();
  let smoked: SmokeResult[] = [];
  const placement = await withLease(
    {
      target,
      holder: holderOf(env, process.pid),
      leaseMs: environment.rollout.leaseMs,
      clock: systemClock,
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
          if (!inputs.smoke) return;
          smoked = await smoke(placed, environment.service.smoke, signal);
          for (const result of smoked) log.info(smokeLine(result));
          mustPass(smoked, release.version);
        },
      }),
  );
  const gate = gateOf(release, placement, smoked, inputs.smoke);
  log.info(gate.reason);
  summarise(summary, release, placement, smoked);
  return { gate, slot: placement.slot, digest: release.digest, placement };
}

function smokeLine({ check, instance, problem, tookMs }: SmokeResult): string {
  const took = formatDuration(tookMs);
  return problem
    ? `smoke ✗ ${check} on ${instance}: ${problem}`
    : `smoke ✓ ${check} on ${instance} (${took})`;
}

function gateOf(
  release: PlaceableRelease,
  placement: Placement,
  smoked: readonly SmokeResult[],
  withSmoke: boolean,
): Gate {
  const checks = withSmoke
    ? `${smoked.length} smoke checks passed`
    : "smoke checks were off by request";
  return {
    name: "deploy",
    outcome: "passed",
    reason: `${release.version} (${release.digest}) is healthy on ${placement.slot} at weight 0; ${checks}`,
  };
}

function summarise(
  summary: Summary,
  release: PlaceableRelease,
  placement: Placement,
  smoked: readonly SmokeResult[],
): void {
  summary.heading(`${release.version} placed on ${placement.slot} at weight 0`);
  summary.table(
    ["Instance", "Check", "Found"],
    smoked.map(({ check, instance, tookMs, problem }) => [
      inlineText(instance),
      inlineText(check),
      inlineText(problem ?? `passed in ${formatDuration(tookMs)}`),
    ]),
  );
}
