import { describe, expect, it } from "vitest";
import action from "../../../actions/code-scan/action.ts";
import { readInputs } from "../../../lib/action/inputs.ts";

function problems(inputs: Record<string, string>) {
  const env = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const read = readInputs(action.inputs, env);
  return "problems" in read ? read.problems.map(({ input }) => input) : [];
}

describe("an input that is another scanner's", () => {
  it.each([
    ["rules", "semgrep", "gitleaks"],
    ["sarif", "sarif", "semgrep"],
  ])("is refused: %s is for %s, and not for %s", (input, scanner, other) => {
    expect(problems({ scanner, [input]: "a" })).toEqual([]);
    expect(problems({ scanner: other, [input]: "a" })).toEqual([input]);
  });
});
