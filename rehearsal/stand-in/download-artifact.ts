import { homedir } from "node:os";
import { join, resolve } from "node:path";
import picomatch from "picomatch";
import type { JobResult } from "../run-event.ts";
import type { StoredArtifact } from "./artifact-store.ts";
import { flag, input, type StandInCall } from "./stand-in.ts";

/** Brings an artifact of this run, or all that match a pattern, into the workspace. */
export async function downloadArtifact(call: StandInCall): Promise<JobResult> {
  const { job, log } = call;
  const name = input(call, "name");
  const folder = input(call, "path").replace(/^~(?=\/|$)/, homedir());
  const target = resolve(job.folders.workspace, folder);
  call.outputs["download-path"] = target;
  const wanted = select(call, name);
  if (name !== "" && wanted.length === 0) {
    const present = job.artifacts.list().map((artifact) => artifact.name);
    log.error(
      `Unable to download artifact(s): Artifact not found for name: ${name}. Present: ${present.join(", ") || "none"}.`,
    );
    return "failure";
  }
  // One artifact by name goes straight into the path; several get a folder each, unless merged.
  const flat = name !== "" || flag(call, "merge-multiple") || byIds(call).length === 1;
  for (const artifact of wanted) {
    const count = await job.artifacts.copyTo(artifact, flat ? target : join(target, artifact.name));
    log.write("runner", `Artifact ${artifact.name}: ${count} files`);
  }
  if (wanted.length === 0) log.write("runner", "There are no artifacts to download.");
  return "success";
}

function byIds(call: StandInCall): string[] {
  return input(call, "artifact-ids")
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
}

function select(call: StandInCall, name: string): StoredArtifact[] {
  const all = call.job.artifacts.list();
  if (name !== "") return all.filter((artifact) => artifact.name === name);
  const ids = byIds(call);
  if (ids.length > 0) return all.filter((artifact) => ids.includes(String(artifact.id)));
  const pattern = input(call, "pattern");
  if (pattern === "") return all;
  const matches = picomatch(pattern, { dot: true });
  return all.filter((artifact) => matches(artifact.name));
}
