import { readFile, stat } from "node:fs/promises";
import { SluiceError } from "../../lib/error.ts";
import { provenanceOf } from "../../lib/evidence/provenance.ts";
import { type AttestationKind, type Claim, claimOf } from "../../lib/signing/attestation.ts";
import type { SignInputs } from "./action.ts";
import { insideWorkspace } from "./subject.ts";

/** An SBOM of a large image; what is larger is something else. */
const MAX_CLAIM_BYTES = 16 * 1024 * 1024;

/** Everything that is to be attested. */
export async function claimsOf(inputs: SignInputs, env: NodeJS.ProcessEnv): Promise<Claim[]> {
  const { candidate, "sbom-path": sbom, "predicate-path": predicate } = inputs;
  const claims: Claim[] = [];
  if (sbom !== undefined) claims.push(claimOf("sbom", await readJson("sbom-path", sbom), sbom));
  if (inputs.provenance !== undefined) {
    claims.push(await claimFrom("provenance", inputs.provenance, env));
  } else if (candidate !== undefined) {
    claims.push({ kind: "provenance", statement: provenanceOf(candidate, env) });
  }
  for (const kind of ["scan", "load"] as const) {
    const given = inputs[kind];
    if (given !== undefined) claims.push(await claimFrom(kind, given, env));
  }
  if (predicate !== undefined) {
    const value = await readJson("predicate-path", predicate);
    claims.push(claimOf("predicate", value, predicate, inputs["predicate-type"]));
  }
  return claims;
}

/** JSON as it is, or the path of a file with it. */
async function claimFrom(
  kind: AttestationKind,
  given: string,
  env: NodeJS.ProcessEnv,
): Promise<Claim> {
  const text = given.trim();
  if (text.startsWith("{")) return claimOf(kind, parse(kind, text, "the JSON"), "the JSON");
  return claimOf(kind, await readJson(kind, insideWorkspace(text, env)), text);
}

async function readJson(input: string, path: string): Promise<unknown> {
  try {
    const { size } = await stat(path);
    if (size > MAX_CLAIM_BYTES) throw new RangeError(`it has ${size} bytes`);
    return parse(input, await readFile(path, "utf8"), path);
  } catch (cause) {
    if (cause instanceof SluiceError) throw cause;
    throw new SluiceError("invalid-input", `${input}: cannot read ${path}`, {
      hint: "give the path of a JSON file in the workspace",
      cause,
    });
  }
}

function parse(input: string, text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SluiceError("invalid-input", `${input}: ${source} is no JSON`, { cause });
  }
}
