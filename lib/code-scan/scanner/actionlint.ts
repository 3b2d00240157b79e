import { z } from "zod";
import { SluiceError } from "../../error.ts";
import { sarifOf } from "../write-sarif.ts";
import { mustHaveEnded } from "./said.ts";
import { ALL, type Scanner } from "./scanner.ts";

const Finding = z.object({
  message: z.string(),
  filepath: z.string(),
  line: z.number(),
  kind: z.string(),
});

/** Workflows: what GitHub would refuse, and what is surely a mistake. */
export const actionlint: Scanner = {
  title: "actionlint",
  severities: ALL,
  // Without shellcheck and pyflakes: what is found must not depend on what the machine happens to have.
  async calls({ folder }) {
    return [{ args: ["-format", "{{json .}}", "-shellcheck=", "-pyflakes="], cwd: folder }];
  },
  async sarif(ended) {
    if (/no YAML file was found|no project was found/.test(ended.stderr)) {
      throw new SluiceError("inconclusive", "actionlint had no workflow to look at");
    }
    mustHaveEnded("actionlint", ended, [0, 1]);
    const found = z.array(Finding).parse(JSON.parse(ended.stdout || "[]"));
    const findings = found.map(({ message, filepath, line, kind }) => ({
      tool: "actionlint",
      rule: kind,
      severity: "MEDIUM" as const,
      message,
      path: filepath,
      line,
    }));
    return sarifOf("actionlint", findings, "actionlint");
  },
};
