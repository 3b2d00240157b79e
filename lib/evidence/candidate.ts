import { z } from "zod";
import { type Digest, parseDigest } from "../units/digest.ts";

/** Bytes that can be released, named by their digest. */
export const Artifact = z.object({
  kind: z.enum(["archive", "image"]),
  uri: z
    .string()
    .min(1)
    .describe("a path inside the workspace for an archive, a reference for an image"),
  digest: z.string().transform((text, context): Digest => {
    const digest = parseDigest(text);
    if (digest) return digest;
    context.addIssue({ code: "custom", message: "not a sha256 digest" });
    return z.NEVER;
  }),
  size: z.int().nonnegative().describe("bytes"),
});

/** What one tag became: the value that passes from gate to gate. */
export const Candidate = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  commit: z.string().regex(/^[0-9a-f]{40,64}$/, "not a full commit hash"),
  artifacts: z.array(Artifact).min(1),
});

export type Artifact = z.infer<typeof Artifact>;
export type Candidate = z.infer<typeof Candidate>;
