import { appendFileSync } from "node:fs";

/** Leaves what a test has found where `perf/engine/prove.ts` gathers it; without PROOF_FILE it is only printed. */
export function noteProof(found: Record<string, unknown> & { what: string }): void {
  const line = JSON.stringify(found);
  console.log(line);
  if (process.env.PROOF_FILE !== undefined) appendFileSync(process.env.PROOF_FILE, `${line}\n`);
}
