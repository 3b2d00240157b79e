import { z } from "zod";
import { type Context, defineAction, fieldOf, input } from "../../lib/action/action.ts";
import { Candidate } from "../../lib/evidence/candidate.ts";
import { Gate } from "../../lib/evidence/record.ts";
import { keyReferenceKind } from "./kind.ts";
import { mustGoTogether } from "./together.ts";

const CLAIM = "JSON of a gate's output, or the path of a statement or predicate";

const inputs = z
  .object({
    "subject-path": input.list({
      description: "Files to sign: paths and globs in the workspace; `!` in front leaves out.",
      optional: true,
    }),
    "subject-name": input.list({
      description:
        "Images to sign, by full name without a tag: `ghcr.io/owner/app`. One image in several registries is several names.",
      optional: true,
    }),
    "subject-digest": input.digest({
      description: "Digest of the image; with one file, what the file must be.",
      optional: true,
    }),
    candidate: input.json(Candidate, {
      description:
        "The build action's output: what is signed where nothing else is named, and where provenance is made from.",
      accepted: "the candidate output of the build action",
      optional: true,
    }),
    key: fieldOf(
      keyReferenceKind,
      {
        description:
          "`env://NAME` of the variable that holds the key, its password being in COSIGN_PASSWORD. Without one, the job's OIDC identity signs.",
        optional: true,
      },
      true,
    ),
    identity: input.text({
      description:
        "Without a key: who those who check will expect. A job that is somebody else is refused before it signs.",
      optional: true,
    }),
    issuer: input.text({
      description: "Without a key: the OIDC issuer that they will expect.",
      optional: true,
    }),
    "transparency-log": input.boolean({
      description: "Put the signature into the transparency log. Only a key can do without.",
      default: "true",
    }),
    "push-to-registry": input.boolean({
      description: "Attach signatures and attestations to the image in its registry.",
      default: "true",
    }),
    "sbom-path": input.path({
      description: "A software bill of materials to attest: CycloneDX or SPDX, as JSON.",
      optional: true,
    }),
    provenance: input.text({
      description: `Provenance to attest: ${CLAIM}. Made from \`candidate\` where that is given.`,
      optional: true,
    }),
    scan: input.text({ description: `What a scan found, to attest: ${CLAIM}.`, optional: true }),
    load: input.text({ description: `What a load test found: ${CLAIM}.`, optional: true }),
    "predicate-type": input.text({
      description: "URI of the type of `predicate-path`.",
      optional: true,
    }),
    "predicate-path": input.path({
      description: "Any other predicate to attest, as JSON.",
      optional: true,
    }),
    bundle: input.path({
      description:
        "Where the signature's bundle goes, for one file. By default `FILE.sigstore.json`.",
      optional: true,
    }),
    "signing-config": input.path({
      description: "A Sigstore signing config, for an own Sigstore.",
      optional: true,
    }),
    "trusted-root": input.path({
      description: "A Sigstore trusted root, for an own Sigstore or no network.",
      optional: true,
    }),
    "outage-timeout": input.duration({
      description: "How long an outage of the transparency log and its like is waited out.",
      default: "2m",
    }),
    "show-summary": input.boolean({
      description: "Write what was signed into the job summary.",
      default: "true",
    }),
  })
  .superRefine(mustGoTogether);

const outputs = z.object({
  gate: Gate.describe("What this gate found, as JSON, with a statement about what was signed."),
  digest: z.string().describe("Digest of what was signed; of the first, where it was several."),
  "bundle-path": z.string().describe("Paths of the bundles in the workspace, one a line."),
  "attestation-paths": z.string().describe("Paths of the attestations' bundles, one a line."),
  "signed-by": z.string().describe("Fingerprint of the key, or the identity."),
  "already-signed": z
    .boolean()
    .describe("Everything had a good signature by the same signer before."),
});

export type SignContext = Context<typeof inputs, typeof outputs>;
export type SignInputs = z.output<typeof inputs>;
export type SignOutputs = z.input<typeof outputs>;

export default defineAction({
  name: "cosign-sign",
  description:
    "Signs files and images by digest, once, attests what is known of them, and checks it all as others will.",
  branding: { icon: "edit-3", color: "blue" },
  inputs,
  outputs,
  run: async (context) => (await import("./cosign-sign.ts")).cosignSign(context),
});
