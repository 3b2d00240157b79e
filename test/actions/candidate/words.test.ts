import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repository, run } from "../../rehearsal/rehearsed.ts";

const WORDS = "actions/candidate/words/action.yml";
const ROOT = join(import.meta.dirname, "..", "..", "..");

const KNOWN: readonly string[] = [
  "",
  "k6-gate",
  "trivy-scan,cosign-sign",
  " trivy-scan ,\n k6-gate ",
  "{}",
  '{"k6-gate": "trivy: 5"}',
];

const MISTAKEN: ReadonlyArray<readonly [given: string, ...told: string[]]> = [
  ["trivy", "given trivy, accepted are trivy-scan, cosign-sign, k6-gate. Did you mean trivy-scan?"],
  ["k6gate", "given k6gate, accepted are trivy-scan, cosign-sign, k6-gate. Did you mean k6-gate?"],
  ["Cosign-Sign", "given Cosign-Sign, accepted are"],
  // It holds the name of a gate, and a condition with contains() took it for one.
  ["not-k6-gate", "given not-k6-gate, accepted are"],
  ["k6-gate;trivy-scan", "given k6-gate;trivy-scan, accepted are"],
  ["*", "given *, accepted are trivy-scan, cosign-sign, k6-gate. Nothing was done."],
  ['{"k6-gate": 1, "k7": {}}', "given k7, accepted are"],
  ["trivy, cosine-sign, approval", "given trivy,", "given cosine-sign,", "given approval,"],
];

/** A job for each list. */
function judging(given: readonly string[]): string {
  const jobs = given.map(
    (_, at) => `  job${at}:
    runs-on: ubuntu-24.04
    steps:
      - uses: $/actions/candidate/words
        with:
          input: without
          given: \${{ vars.GIVEN_${at} }}
          accepted: trivy-scan,cosign-sign,k6-gate
`,
  );
  return `on: push\njobs:\n${jobs.join("")}`;
}

/** How the job of each list ended, and what was said against the list. */
async function judged(given: readonly string[]) {
  const dir = repository({
    [WORDS]: readFileSync(join(ROOT, WORDS), "utf8"),
    ".github/workflows/words.yml": judging(given),
  });
  const vars = Object.fromEntries(given.map((list, at) => [`GIVEN_${at}`, list]));
  const { result, annotations } = await run(dir, { vars, event: "push" });
  return given.map((list, at) => {
    const faults = annotations(`job${at}`).filter((line) => line.includes("without: given"));
    return { list, result: result.jobs[`job${at}`], faults };
  });
}

describe("the words of a list", { timeout: 120_000 }, () => {
  it("may be any of those that there are", async () => {
    const fine = KNOWN.map((list) => ({ list, result: "success", faults: [] }));
    expect(await judged(KNOWN)).toEqual(fine);
  });

  it("are refused all at once when they mean nothing, and the nearest is named", async () => {
    const refused = MISTAKEN.map(([list, ...told]) => ({
      list,
      result: "failure",
      faults: told.map((text) => expect.stringContaining(text)),
    }));
    expect(await judged(MISTAKEN.map(([list]) => list))).toEqual(refused);
  });
});
