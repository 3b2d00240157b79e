import type { VerifyByIdentity, VerifyByKey } from "../../lib/environment/environment.ts";
import { SluiceError } from "../../lib/error.ts";
import { type ChainPolicy, REQUIRED_GATES } from "../../lib/evidence/chain.ts";
import { GATE_ORDER } from "../../lib/evidence/gates.ts";
import { nearest } from "../../lib/nearest.ts";

/** As they come from the command line. */
export interface VerifyOptions {
  key?: string;
  identity?: string;
  issuer?: string;
  trustedRoot?: string;
  bundle?: string;
  archive?: string;
  archiveBundle?: string;
  release?: string;
  require?: string;
  allowSkipped?: string;
  promoted?: boolean;
  json?: boolean;
}

/** Who must have signed. Throws `invalid-input` when that is not said, or said twice. */
export function signerAsked(options: VerifyOptions): VerifyByKey | VerifyByIdentity {
  const { key, identity, issuer, trustedRoot } = options;
  const root = trustedRoot === undefined ? {} : { trustedRoot };
  if (key !== undefined && identity === undefined && issuer === undefined) {
    return { by: "key", key, transparencyLog: false, ...root };
  }
  if (key === undefined && identity !== undefined && issuer !== undefined) {
    return { by: "identity", identity: { exactly: identity }, issuer, ...root };
  }
  const given = Object.entries({ key, identity, issuer })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name}`);
  throw new SluiceError(
    "invalid-input",
    `whose signature counts? given ${given.join(" and ") || "nothing"}; accepted: --key, or --identity together with --issuer`,
    {
      hint: "a record that nobody signed proves nothing: name the public key or the workflow that you trust",
    },
  );
}

/** Throws `invalid-input` for an option that another one gives its meaning to, and that is not there. */
export function mustGoTogether({ archive, archiveBundle }: VerifyOptions): void {
  if (archiveBundle === undefined || archive !== undefined) return;
  throw new SluiceError("invalid-input", "--archive-bundle is given, and no --archive", {
    hint: "name the archive whose signature it is, or nothing of it is checked",
  });
}

/** What the chain must hold. Throws `invalid-input` for a gate that no release has. */
export function policyAsked({ require, allowSkipped }: VerifyOptions): ChainPolicy {
  return {
    required: require === undefined ? REQUIRED_GATES : gatesIn("--require", require),
    maySkip: allowSkipped === undefined ? [] : gatesIn("--allow-skipped", allowSkipped),
  };
}

function gatesIn(option: string, text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !GATE_ORDER.includes(name));
  if (unknown === undefined) return names;
  const near = nearest(unknown, GATE_ORDER);
  throw new SluiceError(
    "invalid-input",
    `${option}: no gate is called ${JSON.stringify(unknown)}; there are ${GATE_ORDER.join(", ")}`,
    near ? { hint: `did you mean ${near}?` } : {},
  );
}
