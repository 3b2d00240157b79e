import { z } from "zod";
import { type Context, defineAction, expression, input } from "../../lib/action/action.ts";
import { Candidate } from "../../lib/evidence/candidate.ts";
import { Gate } from "../../lib/evidence/record.ts";

const inputs = z.object({
  mode: input.enum(["check", "publish", "fetch"], {
    description:
      "`check` refuses a version that was released already, before anything is built; `publish` refuses it too, and else releases; `fetch` gets what was released.",
    default: "publish",
  }),
  tag: input.text({
    description:
      "The version's tag. It is released once: what others may have fetched is never replaced.",
    default: expression("github.ref_name"),
  }),
  commit: input.text({
    description: "The commit that was released.",
    default: expression("github.sha"),
  }),
  files: input.list({
    description: "What is attached: files, and folders with all that is in them.",
    optional: true,
  }),
  path: input.path({
    description: "The checkout with all commits and tags, for the notes.",
    default: ".",
  }),
  notes: input.path({
    description: "Where the notes are written as well.",
    default: "out/notes.md",
  }),
  output: input.path({
    description: "With `fetch`: the folder that the files of the release are put into.",
    default: "released",
  }),
  token: input.secret({
    description: "May read releases; to publish it needs `contents: write`.",
    default: expression("github.token"),
    optional: true,
  }),
});

const outputs = z.object({
  gate: Gate.describe("What was done, as JSON."),
  url: z.string().optional().describe("Where the release is."),
  notes: z.string().optional().describe("Path of the notes."),
  candidate: Candidate.optional().describe(
    "With `fetch`: what was released, as JSON, as `build` has it; its artifact is the archive that the release's record names.",
  ),
});

export type PublishContext = Context<typeof inputs, typeof outputs>;
export type PublishOutputs = z.input<typeof outputs>;

export default defineAction({
  name: "publish",
  description:
    "Publishes a GitHub release once and for all: notes from the commits, files with their digests; a second release of a version is refused. Fetches it again, by digest.",
  branding: { icon: "package", color: "green" },
  inputs,
  outputs,
  async run(context) {
    if (context.inputs.mode === "fetch") return (await import("./fetch.ts")).fetchReleased(context);
    return (await import("./publish.ts")).publish(context);
  },
});
