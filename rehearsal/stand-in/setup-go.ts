import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JobResult } from "../run-event.ts";
import { searchPath } from "../runner/process-env.ts";
import { findProgram } from "../runner/shell.ts";
import { answerOf } from "./program.ts";
import { input, type StandInCall } from "./stand-in.ts";
import { satisfies } from "./wanted-version.ts";

/** Takes the Go of this machine, with what `go install` makes on the PATH. */
export async function setupGo(call: StandInCall): Promise<JobResult> {
  const { job, log, outputs } = call;
  const path = searchPath(job, call.env);
  const program = findProgram("go", path);
  const [said, folder] = program
    ? await answerOf(program, ["env", "GOVERSION", "GOPATH"], path)
    : [];
  if (said === undefined) {
    log.error("There is no Go on this machine's PATH, and the rehearsal installs none.");
    return "failure";
  }
  const own = said.replace(/^go/, "");
  const wanted = input(call, "go-version") || fromFile(call);
  if (wanted !== "" && !satisfies(own, wanted)) {
    log.annotate(
      "warning",
      `Go ${wanted} is asked for; this machine has ${own}, and the rehearsal installs no other. ${own} is used.`,
    );
  }
  if (folder) job.extraPath.unshift(join(folder, "bin"));
  outputs["go-version"] = own;
  outputs["cache-hit"] = "false";
  log.write("runner", `Go ${own} from ${program}`);
  return "success";
}

/** What `go.mod` names is the least that it takes. */
function fromFile(call: StandInCall): string {
  const file = input(call, "go-version-file");
  const path = join(call.job.folders.workspace, file);
  if (file === "" || !existsSync(path)) return "";
  const text = readFileSync(path, "utf8");
  if (!/\.(mod|work)$/.test(file)) return text.trim();
  const least = /^(?:toolchain go|go )(\S+)/m.exec(text)?.[1];
  return least === undefined ? "" : `>=${least}`;
}
