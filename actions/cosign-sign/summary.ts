import { inlineText, type Summary } from "../../lib/action/action.ts";
import { describePolicy, type Policy } from "../../lib/signing/policy.ts";
import type { Sealed } from "./seal.ts";

/** What was signed, and how somebody else can check it. */
export function summarise(summary: Summary, done: readonly Sealed[], policy: Policy): void {
  summary.heading("Signed").table(
    ["What", "Digest", "Signature", "Attested"],
    done.map(({ subject, alreadySigned, attested }) => [
      inlineText(subject.name),
      `\`${subject.digest}\``,
      alreadySigned ? "was there already, and is good" : "made now, and checked",
      inlineText(attested.map(({ kind }) => kind).join(", ") || "nothing"),
    ]),
  );
  const logged = done.every((one) => one.logged);
  summary.markdown(
    `By ${inlineText(describePolicy(policy))}; ${logged ? "in the transparency log" : "**not** in a transparency log"}.`,
  );
  summary.details(
    "How to check it",
    `In the environment file:\n\n\`\`\`yaml\n${yamlOf(policy)}\n\`\`\``,
  );
}

function yamlOf(policy: Policy): string {
  if (policy.by === "key") return "verify: { key: PATH OF THE PUBLIC KEY IN YOUR REPOSITORY }";
  const { identity, issuer } = policy;
  const whose =
    "exactly" in identity
      ? `identity: ${JSON.stringify(identity.exactly)}`
      : `identity-regexp: ${JSON.stringify(identity.matching)}`;
  return `verify:\n  ${whose}\n  issuer: ${JSON.stringify(issuer)}`;
}
