import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readEnvironment } from "../../lib/environment/read.ts";
import { LocalTarget } from "../../lib/targets/local/local-target.ts";
import { type Site, startSite } from "../../lib/targets/local/site.ts";
import type { PlaceableRelease, TargetStatus } from "../../lib/targets/target.ts";
import { type ActionResult, type RunningAction, runAction, startAction } from "./action-process.ts";
import { packService, type ServiceBehaviour } from "./service-archive.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Short enough to be waited for, long enough that a runner that gets no CPU for a while does not lose it. */
const LEASE_MS = 10_000;

/** A site of the test service in a workspace of its own, driven by the actions as they ship. */
export interface ReleasedSite {
  readonly workspace: string;
  readonly site: Site;
  readonly target: LocalTarget;
  /** Packs a version into the workspace. */
  pack(version: string, behaviour?: ServiceBehaviour): Promise<PlaceableRelease>;
  deploy(
    release: PlaceableRelease,
    env?: Record<string, string>,
    inputs?: Record<string, string>,
  ): Promise<ActionResult>;
  startPromoting(
    release: PlaceableRelease,
    inputs?: Record<string, string>,
    env?: Record<string, string>,
  ): RunningAction;
  rollBack(to: string): Promise<ActionResult>;
  status(): Promise<TargetStatus>;
  /** Weight of a version's slot in percent. */
  weightOf(version: string): Promise<number>;
  close(): Promise<void>;
}

const ENVIRONMENT = "environments/test.yaml";

/** `verify` is that section of the environment file, as it stands there. */
export async function releasedSite(verify = "off"): Promise<ReleasedSite> {
  const { path: workspace, remove } = await temporaryFolder();
  await mkdir(join(workspace, "environments"));
  await writeFile(join(workspace, ENVIRONMENT), environmentText(join(workspace, "site"), verify));
  const environment = await readEnvironment(join(workspace, ENVIRONMENT));
  const site = await startSite(environment);
  const target = new LocalTarget(environment);
  const status = () => target.status();
  return {
    workspace,
    site,
    target,
    status,
    pack: (version, behaviour) => packService(workspace, version, behaviour),
    deploy: (release, env = {}, inputs = {}) =>
      runAction("deploy", {
        workspace,
        env,
        inputs: {
          "environment-file": ENVIRONMENT,
          archive: release.archivePath,
          digest: release.digest,
          version: release.version,
          commit: release.commit,
          ...inputs,
        },
      }),
    startPromoting: (release, inputs = {}, env = {}) =>
      startAction("canary-promote", {
        workspace,
        env,
        inputs: { "environment-file": ENVIRONMENT, digest: release.digest, ...inputs },
      }),
    rollBack: (to) =>
      runAction("rollback", {
        workspace,
        inputs: { "environment-file": ENVIRONMENT, to, reason: "a test wants it" },
      }),
    async weightOf(version) {
      const { slots, weights } = await status();
      for (const slot of ["blue", "green"] as const)
        if (slots[slot].release?.version === version) return weights[slot];
      return 0;
    },
    async close() {
      await site.close();
      await remove();
    },
  };
}

function environmentText(site: string, verify: string): string {
  return `
name: test
${verify && `verify: ${verify}`}
service:
  name: service
  start: [node, service/main.ts]
  env: { HOST: "{host}", PORT: "{port}", METRICS_PORT: "{metrics-port}", SLOT: "{slot}", VERSION: "{version}" }
  health: { path: /health, deadline: 15s, every: 25ms }
  smoke: [{ path: /health }]
  drain: 10s
target: { kind: local, site: ${JSON.stringify(site)}, listen: "127.0.0.1:0" }
rollout: { strategy: canary, steps: [10, 25, 50, 100], interval: 500ms, sample: 100ms, lease: ${LEASE_MS}ms, deadline: 60s, min-requests: 5 }
`;
}
