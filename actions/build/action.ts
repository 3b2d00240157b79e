import { z } from "zod";
import { type Context, defineAction, input } from "../../lib/action/action.ts";
import { Candidate } from "../../lib/evidence/candidate.ts";
import { Gate } from "../../lib/evidence/record.ts";

const inputs = z.object({
  kind: input.enum(["archive", "image"], {
    description: "What is built: an `archive` (tar.gz), or an `image`.",
    default: "archive",
  }),
  name: input.text({
    description: "Name of the service; also the beginning of the archive's file name.",
  }),
  version: input.text({
    description:
      "Version of the release, without a leading v. By default the tag that is being built.",
    optional: true,
  }),
  path: input.list({
    description:
      "Files and folders to pack, relative to `context`; globs, and `!` in front of those to leave out.",
    default: ".",
  }),
});

const outputs = z.object({
  candidate: Candidate.describe("JSON: name, version, commit and artifacts with their digests."),
  digest: z.string().describe("Digest of the archive: sha256:…"),
  archive: z.string().describe("Path of the archive, relative to the workspace."),
  gate: Gate.describe("JSON: name, outcome and reason of this gate."),
});

export type BuildContext = Context<typeof inputs, typeof outputs>;

export default defineAction({
  name: "build",
  description: "Builds a release candidate whose digest depends on the commit alone.",
  branding: { icon: "package", color: "blue" },
  inputs,
  outputs,
  async run(context) {
    const { build } = await import("./build.ts");
    return build(context);
  },
});
