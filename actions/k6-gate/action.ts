import { z } from "zod";
import { defineAction, enumKind, fieldOf, input } from "../../lib/action/action.ts";
import { Gate } from "../../lib/evidence/record.ts";
import { METRICS } from "../../lib/load/metric.ts";
import { flagsKind, variableKind } from "./flags.ts";
import { combinationRule } from "./rule.ts";

export default defineAction({
  name: "k6-gate",
  description:
    "Runs k6 scripts against a release and the one that it replaces, in turns, and lets it through only if it is no worse.",
  branding: { icon: "activity", color: "purple" },
  inputs: z
    .object({
      path: input.list({
        description: "The k6 scripts: paths and globs, `!` in front leaves out.",
      }),
      flags: fieldOf(flagsKind, {
        description: "Flags for `k6 run`, split as a shell would, and never expanded.",
        default: "",
        optional: true,
      }),
      url: input.text({
        description: "Where the candidate is; the script finds it in `url-variable`.",
        optional: true,
      }),
      "baseline-url": input.text({
        description:
          "Where the version to be replaced is. With it both get the load in turns, and are compared.",
        optional: true,
      }),
      "url-variable": input.text({
        description: "The variable (`__ENV`) that tells the script where to send.",
        default: "BASE_URL",
      }),
      "environment-file": input.path({
        description:
          "In place of the URLs: the gate itself starts the candidate, and the release that is stable at this environment's target, as this file says.",
        optional: true,
      }),
      archive: input.path({
        description: "The candidate's archive, or the folder that it was downloaded into.",
        optional: true,
      }),
      digest: input.digest({
        description:
          "What the candidate is: checked if there is an archive, told in the statement.",
        optional: true,
      }),
      "baseline-archive": input.path({
        description:
          "The stable release's archive, when the target does not have it on this machine.",
        optional: true,
      }),
      "baseline-digest": input.digest({
        description: "What `baseline-archive` must be; the target's stable release otherwise.",
        optional: true,
      }),
      "service-env": input.listOf(variableKind, {
        description:
          "Variables for both processes that the gate starts, in place of those of the environment file: NAME=value.",
        optional: true,
      }),
      duration: input.duration({
        description: "How long both versions together have the load before it is decided.",
        default: "60s",
      }),
      "max-duration": input.duration({
        description: "An undecided comparison goes on up to this.",
        default: "3m",
      }),
      block: input.duration({
        description:
          "How long one version has the load before it is the other's turn. Shorter is better, as long as it holds some 20 iterations.",
        default: "500ms",
      }),
      rounds: input.number({
        description:
          "In how many rounds `duration` is taken, each with new processes of both versions: 12 where the gate starts them and `duration` is long enough, otherwise 1. Two processes of the same code differ for as long as they live; only other processes tell by how much.",
        optional: true,
        min: 1,
        max: 100,
      }),
      "warm-up": input.duration({
        description: "The beginning of each round, in which both have the load and nothing counts.",
        default: "4s",
      }),
      metric: input.text({
        description: "The trend whose p50, p95 and p99 are compared.",
        default: "http_req_duration",
      }),
      margin: input.percentage({
        description: "A candidate that is worse by no more than this never fails.",
        default: "5",
      }),
      "rule-out": input.percentage({
        description:
          "A candidate passes when it is known, but for `beta`, to be worse by less than this.",
        default: "10",
      }),
      "pass-on": input.listOf(enumKind(METRICS), {
        description: "The metrics in which that must be known. All metrics can fail the gate.",
        default: "p10, p50",
      }),
      alpha: input.percentage({
        description: "A candidate that is not worse fails in at most this share of runs.",
        default: "1",
      }),
      beta: input.percentage({
        description: "One that is worse by `rule-out` passes in at most this share of runs.",
        default: "5",
      }),
      "process-spread": input.percentage({
        description:
          "With one round: by how much the latencies of two processes of the same code differ for as long as they live (standard deviation; four times as much in p95 and p99): code that happened to be compiled otherwise, a busier CPU.",
        default: "3",
      }),
      "on-inconclusive": input.enum(["fail", "pass", "ask"], {
        description:
          "What an undecided comparison does: fail; pass, with a warning; ask: the step succeeds and says `inconclusive` in `outcome` and `gate`, for a later job to ask somebody.",
        default: "fail",
      }),
      "baseline-file": input.path({
        description:
          "Without a baseline to run: a file with the last good runs, read if it is there, to compare with.",
        optional: true,
      }),
      parallel: input.boolean({
        description:
          "Run all scripts at once. Not together with a baseline: they would disturb each other.",
        default: "false",
      }),
      "fail-fast": input.boolean({
        description: "Stop at the first script that fails.",
        default: "false",
      }),
      debug: input.boolean({
        description: "Show everything that k6 logs.",
        default: "false",
      }),
      "k6-version": input.text({ description: "The version of k6.", default: "2.2.0" }),
      report: input.path({
        description: "Where the report is written, as JSON.",
        default: "k6-gate/report.json",
      }),
    })
    .superRefine(combinationRule),
  outputs: z.object({
    gate: Gate.describe("What this gate found, as JSON, with its statement."),
    outcome: z
      .enum(["passed", "failed", "inconclusive"])
      .describe("How it ended, whatever `on-inconclusive` makes of it."),
    ratios: z
      .unknown()
      .describe("Candidate against baseline for each script and metric, with intervals, as JSON."),
    iterations: z.number().describe("Iterations of the candidate's scripts."),
    requests: z.number().describe("Requests that the candidate got."),
    report: z.string().describe("Path of the report."),
    duration: z.number().describe("Seconds that it took."),
    baseline: z
      .string()
      .optional()
      .describe("Path of the updated baseline file: with this run, if it was a good one."),
  }),
  run: async (context) => (await import("./k6-gate.ts")).k6Gate(context),
});
