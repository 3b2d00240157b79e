import { z } from "zod";
import { type Context, defineAction, expression, input } from "../../lib/action/action.ts";
import { Gate } from "../../lib/evidence/record.ts";

const inputs = z.object({
  mode: input.enum(["check", "publish"], {
    description:
      "`check` refuses a version that was released already, before anything is built; `publish` refuses it too, and else releases.",
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
});

export type PublishContext = Context<typeof inputs, typeof outputs>;
export type PublishOutputs = z.input<typeof outputs>;

export default defineAction({
  name: "publish",
  description:
    "Publishes a GitHub release once and for all: notes from the commits, files with their digests; a second release of a version is refused.",
  branding: { icon: "package", color: "green" },
  inputs,
  outputs,
  run: async (context) => (await import("./publish.ts")).publish(context),
});
