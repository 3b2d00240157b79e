import type { Answers } from "./answers.ts";
import { environmentFile } from "./environment-file.ts";
import { loadScript } from "./load-script.ts";
import { readme } from "./readme.ts";
import { cdWorkflow, releaseWorkflow, rollbackWorkflow } from "./workflow-file.ts";

/** Path in the repository, and what it holds. */
export type WrittenFiles = ReadonlyMap<string, string>;

/** Everything that init writes. */
export function filesOf(answers: Answers, pin: (action: string) => string): WrittenFiles {
  return new Map([
    [".github/workflows/cd.yml", cdWorkflow(answers, pin)],
    [".github/workflows/release.yml", releaseWorkflow(answers)],
    [".github/workflows/rollback.yml", rollbackWorkflow(answers)],
    [`environments/${answers.environment}.yaml`, environmentFile(answers, "production")],
    ["environments/staging.yaml", environmentFile(answers, "staging")],
    ["environments/rehearsal.yaml", environmentFile(answers, "rehearsal")],
    ["environments/README.md", readme(answers)],
    ["load/requests.js", loadScript(answers)],
  ]);
}

/** The lines of .gitignore that the files need. */
export const IGNORED = [".sluice/", "out/"];
