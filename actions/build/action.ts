import { z } from "zod";
import { type Context, defineAction, fieldOf, input } from "../../lib/action/action.ts";
import { Candidate } from "../../lib/evidence/candidate.ts";
import { Gate } from "../../lib/evidence/record.ts";
import { artifactKind, nameKind, versionKind } from "./kind.ts";

const inputs = z.object({
  kind: fieldOf(artifactKind, {
    description: "What is built: an `archive`, that is a tar.gz.",
    default: "archive",
  }),
  name: fieldOf(nameKind, { description: "Name of the service." }),
  version: fieldOf(versionKind, {
    description: "Version of the release. By default the tag that the workflow runs for.",
    optional: true,
  }),
  command: input.text({
    description:
      "What makes the files, run in `context` by `bash -euo pipefail`; several lines are fine. Without one, the files are packed as they are.",
    optional: true,
  }),
  context: input.path({
    description: "The folder that `command` runs in and that becomes the root of the archive.",
    default: ".",
  }),
  path: input.list({
    description:
      "What is packed, relative to `context`: files, folders and globs; `!` in front leaves out.",
    default: ".",
  }),
  exclude: input.list({
    description:
      "Globs of what is left out. `.git`, `node_modules/.cache` and npm's `node_modules/.package-lock.json` always are.",
    optional: true,
  }),
  output: input.path({
    description: "Where the archive goes. By default `NAME-VERSION.tar.gz` in the workspace.",
    optional: true,
  }),
  timeout: input.duration({ description: "How long `command` may take.", default: "30m" }),
});

const outputs = z.object({
  candidate: Candidate.describe(
    "JSON: `name`, `version`, `commit` and `artifacts`, each with `kind`, `uri`, `digest` and `size`.",
  ),
  version: z.string().describe("The version, without a leading v."),
  digest: z.string().describe("Digest of the archive: `sha256:…`"),
  archive: z.string().describe("Path of the archive, relative to the workspace."),
  gate: Gate.describe("JSON: `name`, `outcome` and `reason` of this gate."),
});

export type BuildContext = Context<typeof inputs, typeof outputs>;
export type BuildOutputs = z.input<typeof outputs>;

export default defineAction({
  name: "build",
  description:
    "Builds a release candidate: a command, then an archive whose digest depends on the commit alone.",
  branding: { icon: "package", color: "blue" },
  inputs,
  outputs,
  run: async (context) => (await import("./build.ts")).build(context),
});
