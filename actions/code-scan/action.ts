import { z } from "zod";
import {
  type Context,
  defineAction,
  enumKind,
  expression,
  input,
} from "../../lib/action/action.ts";
import { SCANNER_NAMES } from "../../lib/code-scan/scanner/scanners.ts";
import { Gate } from "../../lib/evidence/record.ts";
import { SEVERITIES } from "../../lib/scan/severity.ts";
import { mustGoTogether } from "./together.ts";

const inputs = z
  .object({
    scanner: input.enum([...SCANNER_NAMES, "sarif"], {
      description:
        "What scans; each is pinned and verified. `sarif` decides on files that another step wrote.",
    }),
    path: input.path({ description: "The repository.", default: "." }),
    sarif: input.list({
      description: "With `scanner: sarif`: the SARIF files, or folders that hold them.",
      optional: true,
    }),
    severity: input.listOf(enumKind(SEVERITIES), {
      description:
        "Findings of these severities count. By default all of those that the scanner is sure of: everything for actionlint, zizmor and gitleaks, MEDIUM and above for semgrep and `sarif`, HIGH and above for the others.",
      optional: true,
    }),
    exceptions: input.path({
      description:
        "A file of exceptions, each with tool, rule, reason and the day it ends. One that is not there is as none.",
      default: ".code-scan.yaml",
    }),
    rules: input.list({
      description:
        "semgrep's rules: files, folders, or names of its registry such as p/default. By default those that come with this action, which need no network.",
      optional: true,
    }),
    skip: input.list({
      description: "Folders, as globs, that semgrep and checkov leave out.",
      default: "node_modules,dist",
    }),
    database: input.text({
      description:
        "A folder of osv-scanner's databases, so that it asks nobody; else it asks osv.dev.",
      optional: true,
    }),
    timeout: input.duration({ description: "How long the scan may take.", default: "15m" }),
    output: input.path({
      description: "Where the SARIF of the findings that count goes.",
      default: "code-scan/findings.sarif",
    }),
    "upload-sarif": input.boolean({
      description: "Show the findings in code scanning; needs `security-events: write`.",
      default: "false",
    }),
    token: input.secret({
      description: "For upload-sarif.",
      default: expression("github.token"),
      optional: true,
    }),
  })
  .superRefine(mustGoTogether);

const outputs = z.object({
  gate: Gate.describe("What this gate decided and why, as JSON."),
  passed: z.boolean().describe("Whether nothing counts that is not accepted."),
  found: z.number().describe("How many findings there are."),
  counting: z.number().describe("How many of them count."),
  sarif: z.string().describe("SARIF 2.1.0 of the findings that count."),
  "sarif-upload": z
    .string()
    .optional()
    .describe("With upload-sarif: `uploaded`, or why it could not be."),
});

export type CodeScanContext = Context<typeof inputs, typeof outputs>;
export type CodeScanOutputs = z.input<typeof outputs>;

export default defineAction({
  name: "code-scan",
  description:
    "Runs one pinned scanner over code, dependencies, secrets, infrastructure or workflows, and decides by its SARIF and by exceptions that end.",
  branding: { icon: "eye", color: "blue" },
  inputs,
  outputs,
  run: async (context) => (await import("./code-scan.ts")).codeScan(context),
});
