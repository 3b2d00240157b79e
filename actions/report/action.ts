import { z } from "zod";
import { type Context, defineAction, expression, input } from "../../lib/action/action.ts";
import { Needs } from "../../lib/evidence/needs.ts";
import { ReleaseRecord, Traffic } from "../../lib/evidence/record.ts";

const inputs = z.object({
  needs: input.json(Needs, {
    description:
      "How the jobs before ended and what they put out; this job has to name them all in its own `needs`.",
    accepted: `${expression("toJSON(needs)")}`,
  }),
  version: input.text({
    description: "The release's version, for when nothing was built that says it.",
    default: expression("github.ref_name"),
  }),
  commit: input.text({
    description: "The commit, for when nothing was built that says it.",
    default: expression("github.sha"),
  }),
  trace: input.path({
    description:
      "The trace that canary-promote wrote; without one the page has no timeline. A file that is not there is as none.",
    optional: true,
  }),
  "environment-file": input.path({
    description:
      "The environment, if its `verdict` has other ratios than the defaults: the evidence on the timeline is worked out from them.",
    optional: true,
  }),
  traffic: input.json(Traffic, {
    description:
      "What whoever asked has counted: JSON of `requests`, `failed` and `lost`. Otherwise the trace's counters, which cannot tell what was lost.",
    accepted: '{"requests": 1000, "failed": 2, "lost": 0}, each a whole number or null',
    optional: true,
  }),
  record: input.path({ description: "Where the record goes.", default: "record.json" }),
  page: input.path({ description: "Where the page goes.", default: "report.html" }),
  title: input.text({ description: "Heading of the page.", default: "Release record" }),
  "slack-webhook": input.secret({
    description:
      "A Slack-compatible webhook that is told the outcome. That it cannot be reached is a warning, not a failure.",
    optional: true,
  }),
});

const outputs = z.object({
  outcome: ReleaseRecord.shape.outcome.describe("promoted, rolled-back, inconclusive or failed."),
  record: z.string().describe("Path of the record, relative to the workspace."),
  page: z.string().describe("Path of the page, relative to the workspace."),
  "record-digest": z.string().describe("Digest of the record: `sha256:…`, as `sha256sum` has it."),
});

export type ReportContext = Context<typeof inputs, typeof outputs>;
export type ReportInputs = z.output<typeof inputs>;
export type ReportOutputs = z.input<typeof outputs>;

export default defineAction({
  name: "report",
  description:
    "Gathers what every gate found into one record, and shows it: job summary, a self-contained page, a message.",
  branding: { icon: "file-text", color: "green" },
  inputs,
  outputs,
  run: async (context) => (await import("./report.ts")).report(context),
});
