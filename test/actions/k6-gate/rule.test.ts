import { describe, expect, it } from "vitest";
import action from "../../../actions/k6-gate/action.ts";
import { readInputs } from "../../../lib/action/inputs.ts";

function problems(inputs: Record<string, string>) {
  const all = { path: "load.ts", ...inputs };
  const env = Object.fromEntries(
    Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const read = readInputs(action.inputs, env);
  return "problems" in read ? read.problems.map(({ input }) => input) : [];
}

const URLS = { url: "http://new.test", "baseline-url": "http://old.test" };
const DIGEST = `sha256:${"0".repeat(64)}`;
const STARTED = { "environment-file": "production.yaml", archive: "a.tar.gz", digest: DIGEST };

describe("an input of k6-gate that would be ignored", () => {
  it.each([
    ["service-env", "A=1", URLS, STARTED],
    ["baseline-file", "baseline.json", URLS, { url: URLS.url }],
    ["baseline-digest", DIGEST, STARTED, { ...STARTED, "baseline-archive": "b.tar.gz" }],
  ])("is refused: %s", (input, given, without, beside) => {
    expect(problems({ ...beside, [input]: given })).toEqual([]);
    expect(problems({ ...without, [input]: given })).toEqual([input]);
  });
});
