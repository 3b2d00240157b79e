import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openTarget } from "../../../lib/targets/open.ts";
import type { PlaceableRelease, Target, Weights } from "../../../lib/targets/target.ts";
import {
  type ActionResult,
  type RunningAction,
  runAction,
  startAction,
} from "../../support/action-process.ts";
import { packService, type ServiceBehaviour } from "../../support/service-archive.ts";
import { type Lab, startLab } from "./lab.ts";

/** A lab that the actions release to, each as a process of its own. */
export interface Releasing {
  lab: Lab;
  target: Target;
  deploy(version: string, behaviour?: ServiceBehaviour): Promise<PlaceableRelease>;
  startPromoting(release: PlaceableRelease, env?: Record<string, string>): RunningAction;
  promote(release: PlaceableRelease): Promise<ActionResult>;
  /** Weights as HAProxy has them, by edge. */
  weights(): Promise<Record<string, Weights>>;
  weightsOn(edge: string): Promise<Weights>;
  close(): Promise<void>;
}

/** A runner that gets no CPU for so long is as good as gone; the machines and the load share this one's. */
export const LEASE_MS = 20_000;
/** Host by host, the second one first. */
export const ROLLING = `{ strategy: rolling, interval: 6s, sample: 500ms, lease: ${LEASE_MS}ms, deadline: 60s, min-requests: 20 }`;
const ROLLOUT = `{ strategy: canary, steps: [10, 25, 50, 100], interval: 2s, sample: 500ms, lease: ${LEASE_MS}ms, deadline: 60s, min-requests: 20 }`;

export async function releasing(
  edges: number,
  hosts: number,
  rollout = ROLLOUT,
): Promise<Releasing> {
  const lab = await startLab({ edges, hosts, rollout });
  const workspace = join(lab.folder, "workspace");
  await mkdir(join(workspace, "environments"), { recursive: true });
  const file = "environments/lab.yaml";
  await writeFile(join(workspace, file), await readFile(lab.file, "utf8"));
  const target = await openTarget(lab.environment);
  const call = (inputs: Record<string, string>, env: Record<string, string> = {}) => ({
    workspace,
    env,
    inputs: { "environment-file": file, ...inputs },
  });
  const startPromoting: Releasing["startPromoting"] = (release, env) =>
    startAction("canary-promote", call({ digest: release.digest }, env));
  const weightsOn = async (edge: string): Promise<Weights> => {
    const text = await lab.on(
      edge,
      `echo 'show servers state engine' | socat -t 60 - UNIX-CONNECT:${lab.environment.target.socket} | awk 'NF > 7 && $1 != "#" { print $4, $8 }'`,
    );
    const weights = { blue: -1, green: -1 };
    for (const [, slot = "", weight = ""] of text.matchAll(/-(blue|green) (\d+)/g))
      weights[slot as "blue" | "green"] = Number(weight);
    return weights;
  };
  return {
    lab,
    target,
    startPromoting,
    promote: (release) => startPromoting(release).ended,
    async deploy(version, behaviour) {
      const release = await packService(workspace, version, behaviour);
      const { archivePath, digest, commit } = release;
      const result = await runAction(
        "deploy",
        call({ archive: archivePath, digest, version, commit }),
      );
      if (result.code !== 0) throw new Error(`deploying ${version} failed:\n${result.log}`);
      return release;
    },
    weightsOn,
    async weights() {
      const all = lab.environment.target.edges.map(
        async ({ name }) => [name, await weightsOn(name)] as const,
      );
      return Object.fromEntries(await Promise.all(all));
    },
    close: () => lab.close(),
  };
}
