import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JobResult } from "../run-event.ts";
import { input, type StandInCall } from "./stand-in.ts";

/** Puts the rehearsal's own Node.js first, when it is one that was asked for. */
export async function setupNode(call: StandInCall): Promise<JobResult> {
  const { job, log } = call;
  const own = process.versions.node;
  const wanted = input(call, "node-version") || fromFile(call);
  const satisfied = wanted === "" || satisfies(own, wanted);
  if (!satisfied) {
    log.annotate(
      "warning",
      `Node.js ${wanted} is asked for; the rehearsal has ${own} and installs no other. The Node.js on this machine's PATH is used.`,
    );
    return "success";
  }
  job.extraPath.unshift(dirname(process.execPath));
  call.outputs["node-version"] = `v${own}`;
  call.outputs["cache-hit"] = "false";
  log.write("runner", `Node.js ${own} from ${process.execPath}`);
  return "success";
}

function fromFile(call: StandInCall): string {
  const file = input(call, "node-version-file");
  if (file === "") return "";
  const path = join(call.job.folders.workspace, file);
  if (!existsSync(path)) return "";
  const text = readFileSync(path, "utf8").trim();
  if (!file.endsWith("package.json")) return text.replace(/^v/, "");
  const { engines, volta } = JSON.parse(text) as {
    engines?: { node?: string };
    volta?: { node?: string };
  };
  return volta?.node ?? engines?.node ?? "";
}

/** Enough of semver for what people write here: `24`, `24.x`, `>=20`, `^24.1`, `lts/*`, `latest`. */
function satisfies(own: string, wanted: string): boolean {
  const [major = 0, minor = 0] = own.split(".").map(Number);
  return wanted.split("||").some((alternative) => {
    const text = alternative.trim().replace(/^v/, "");
    if (/^(lts\/.*|latest|node|current|\*)$/.test(text)) return true;
    const match = /^(>=|\^|~)?\s*(\d+)(?:\.(\d+|x|\*))?/.exec(text);
    if (!match) return false;
    const [, sign, wantedMajor, wantedMinor] = match;
    if (sign === ">=") return major >= Number(wantedMajor);
    if (major !== Number(wantedMajor)) return false;
    const exact = wantedMinor !== undefined && /^\d+$/.test(wantedMinor);
    if (!exact) return true;
    return sign === "^" ? minor >= Number(wantedMinor) : minor === Number(wantedMinor);
  });
}
