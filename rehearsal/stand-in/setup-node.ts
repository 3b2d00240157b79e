import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JobResult } from "../run-event.ts";
import { input, type StandInCall } from "./stand-in.ts";
import { satisfies } from "./wanted-version.ts";

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
