import { z } from "zod";
import { type Context, defineAction, expression, input } from "../../lib/action/action.ts";
import { Gate } from "../../lib/evidence/record.ts";

const inputs = z.object({
  figures: input.list({
    description:
      'What was measured; each name is one run: a JSON file `{"figures": [{"name", "value", "unit", "better": "lower" or "higher"}]}`, or a folder that holds files called figures.json.',
  }),
  history: input.path({
    description:
      "The runs before, one JSON line each; this run is added to it. One that is not there begins.",
    default: "history.jsonl",
  }),
  accepted: input.path({
    description:
      "A file of changes that somebody looked at and took. One that is not there is as none.",
    default: ".change-point.yaml",
  }),
  commit: input.text({
    description: "The commit that was measured.",
    default: expression("github.sha"),
  }),
  alpha: input.percentage({
    description: "When nothing changed, any figure is told in at most this share of runs.",
    default: "1",
  }),
  "min-change": input.percentage({
    description: "A figure that is worse by no more than this is told, and stops nothing.",
    default: "5",
  }),
  "recent-runs": input.number({
    description: "A change that is older than so many runs is how it is now.",
    min: 1,
    integer: true,
    default: "9",
  }),
  runs: input.number({
    description: "How many runs are looked at; older ones stay in the file.",
    min: 4,
    max: 200,
    integer: true,
    default: "90",
  }),
});

const outputs = z.object({
  gate: Gate.describe("What was found, as JSON."),
  outcome: z
    .enum(["passed", "failed", "inconclusive"])
    .describe("`inconclusive` while the history is too short."),
  changes: z
    .unknown()
    .describe(
      "All changes in the history, as JSON: figure, commit, ratio, p, and whether it is worse.",
    ),
  history: z.string().describe("Path of the history, with this run."),
});

export type ChangePointContext = Context<typeof inputs, typeof outputs>;
export type ChangePointOutputs = z.input<typeof outputs>;

export default defineAction({
  name: "change-point",
  description:
    "Adds what a benchmark measured to its history, finds where the history changed, and fails when it became worse: with the commit.",
  branding: { icon: "trending-up", color: "orange" },
  inputs,
  outputs,
  run: async (context) => (await import("./change-point.ts")).changePoint(context),
});
