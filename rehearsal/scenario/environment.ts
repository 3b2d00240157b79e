import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";

/** Quick, so that a rehearsal takes less than a minute; at its rate of traffic that is still enough to decide on. */
const QUICK_ROLLOUT = {
  strategy: "canary",
  steps: [{ weight: 10, hold: "10s" }, { weight: 25, hold: "2s" }, { weight: 50, hold: "2s" }, 100],
  interval: "2s",
  bake: "0s",
  sample: "250ms",
  lease: "15s",
  deadline: "60s",
  "min-requests": 100,
  // A slow machine takes longer, but does not promote what it could not have found.
  "must-find": "0.8%",
  "on-inconclusive": "rollback",
};

/**
 * Short, on a machine that serves live orders meanwhile: short blocks, and the answers to which nobody was in the way
 * (p10). What two processes of the same code differ by in seconds is taken for larger than it is in minutes.
 */
export const QUICK_LOAD = {
  duration: "12s",
  "max-duration": "36s",
  block: "100ms",
  "warm-up": "1600ms",
  "pass-on": "p10",
  margin: "12",
  "process-spread": "5",
  rounds: "1",
  "rule-out": "35",
};

/** Of the load, too, there has to be enough in seconds. */
export const QUICK_LOAD_RATE = "400";

/** Where the rehearsal's public key stands in its repository. */
export const PUBLIC_KEY = "environments/rehearsal.pub";

/** production.yaml of the repository, with a site and a key of the rehearsal's own and a plan that is over soon. */
export async function rehearsalEnvironment(
  repository: string,
  { site, signed }: { site: string; signed: boolean },
): Promise<string> {
  const text = await readFile(join(repository, "environments", "production.yaml"), "utf8");
  const document = parseDocument(text);
  document.set("name", "rehearsal");
  document.set("target", { kind: "local", site, listen: "127.0.0.1:0" });
  document.set("verify", signed ? { key: PUBLIC_KEY } : "off");
  document.set("rollout", QUICK_ROLLOUT);
  // The engine's faults are drawn one by one: it is known that they do not come in clumps.
  document.setIn(["verdict", "assumed-clump"], 1);
  return document.toString();
}
