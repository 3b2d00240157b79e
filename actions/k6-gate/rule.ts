import type { z } from "zod";
import { refusalOfRounds } from "../../lib/load/round-plan.ts";

/** The inputs that must go together, or must not. */
interface Combination {
  url: string | undefined;
  "baseline-url": string | undefined;
  "url-variable": string;
  "environment-file": string | undefined;
  archive: string | undefined;
  digest: string | undefined;
  "baseline-archive": string | undefined;
  "baseline-digest": string | undefined;
  "baseline-file": string | undefined;
  "service-env": readonly unknown[] | undefined;
  rounds: number | undefined;
  block: number;
  duration: number;
  "max-duration": number;
  margin: number;
  "rule-out": number;
  alpha: number;
  beta: number;
  parallel: boolean;
}

const MIN_BLOCK_MS = 50;

/** Tells everything that is wrong with the combination of inputs. */
export function combinationRule(given: Combination, context: z.RefinementCtx): void {
  const refuse = (name: keyof Combination, message: string): void => {
    context.addIssue({ code: "custom", path: [name], message });
  };
  const file = given["environment-file"] !== undefined;
  const compares = file || given["baseline-url"] !== undefined;
  if (given["baseline-url"] !== undefined && given.url === undefined) {
    refuse("url", "baseline-url is given, so the candidate's url is needed as well");
  }
  if (file && (given.url !== undefined || given["baseline-url"] !== undefined)) {
    refuse("environment-file", "either the gate starts both versions, or url says where they are");
  }
  if (file && given.archive === undefined) refuse("archive", "environment-file needs the archive");
  if (file && given.digest === undefined) refuse("digest", "environment-file needs the digest");
  if (given["baseline-archive"] !== undefined && !file) {
    refuse("baseline-archive", "only together with environment-file");
  }
  // What would be ignored is refused: who wrote it believes that it is heeded.
  if (given["baseline-digest"] !== undefined && given["baseline-archive"] === undefined) {
    refuse("baseline-digest", "only together with baseline-archive, whose digest it is");
  }
  if (given["service-env"] !== undefined && !file) {
    refuse("service-env", "only together with environment-file: else the gate starts no process");
  }
  if (given["baseline-file"] !== undefined && given["baseline-url"] !== undefined) {
    refuse("baseline-file", "either runs that are stored, or baseline-url, which runs beside");
  }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(given["url-variable"])) {
    refuse("url-variable", "the name of a variable: letters, digits and _");
  }
  if (given.block < MIN_BLOCK_MS) refuse("block", `at least ${MIN_BLOCK_MS}ms`);
  if (given.duration < 4 * given.block) refuse("duration", "at least four blocks");
  if (given["max-duration"] < given.duration) refuse("max-duration", "at least duration");
  const rounds = refusalOfRounds({
    rounds: given.rounds,
    durationMs: given.duration,
    maxDurationMs: given["max-duration"],
    blockMs: given.block,
    renewable: file,
  });
  if (rounds !== undefined) refuse("rounds", rounds);
  if (given["rule-out"] < given.margin) refuse("rule-out", "at least margin");
  if (given.alpha <= 0 || given.alpha >= 50) refuse("alpha", "above 0 and below 50 percent");
  if (given.beta <= 0 || given.beta >= 50) refuse("beta", "above 0 and below 50 percent");
  if (given.parallel && compares) {
    refuse("parallel", "scripts that run at once would disturb the comparison");
  }
}
