import { z } from "zod";
import { mapping, text } from "./vocabulary.ts";

const VERIFY_ACCEPTED =
  "{ key: sluice.pub }, { identity: …, issuer: … } or, so that anything is deployed, off";
const REGEXP_ACCEPTED =
  "a regular expression from ^ to $, or others' names that contain it match too";
const REPOSITORY_ACCEPTED = "OWNER/NAME";
const ISSUER_ACCEPTED = "the issuer's URL: https://token.actions.githubusercontent.com";

const signedBy = mapping({
  key: text(
    "Path of the public key in this repository, or `env://NAME` of a variable that holds it.",
  ).optional(),
  "transparency-log": z
    .boolean("true or false")
    .optional()
    .describe(
      "With a key: whether the signature must be in the transparency log too. Not when absent.",
    ),
  identity: text(
    "Whom the signing certificate must name: https://github.com/OWNER/REPO/.github/workflows/release.yml@refs/tags/v1",
  ).optional(),
  "identity-regexp": z
    .string(REGEXP_ACCEPTED)
    .regex(/^\^.*\$$/s, REGEXP_ACCEPTED)
    .optional()
    .describe("The same as a regular expression (RE2), for identities that end in the tag's name."),
  issuer: z
    .string(ISSUER_ACCEPTED)
    .regex(/^https?:\/\/[^\s/]+\S*$/, ISSUER_ACCEPTED)
    .optional()
    .describe("With an identity: the OIDC issuer that must have vouched for it."),
  repository: z
    .string(REPOSITORY_ACCEPTED)
    .regex(/^[\w.-]+\/[\w.-]+$/, REPOSITORY_ACCEPTED)
    .optional()
    .describe(
      "With a GitHub identity: the repository that the run belonged to. A reusable workflow has one identity, whoever calls it.",
    ),
  "trusted-root": text(
    "Path of a Sigstore trusted root in this repository, for an own Sigstore or no network; the public one when absent.",
  ).optional(),
});

/** `verify:` of the file. Which keys go together is in verify-rules.ts. */
export const verifySchema = z
  .union([signedBy, z.literal("off", VERIFY_ACCEPTED)], VERIFY_ACCEPTED)
  .describe(
    "Whose signature a release must carry to be deployed; `off` takes any bytes. Without it nothing is deployed.",
  );

export type VerifyFile = z.output<typeof verifySchema>;
