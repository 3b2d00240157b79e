import { describe, expect, it } from "vitest";
import action from "../../../actions/trivy-scan/action.ts";
import { readInputs } from "../../../lib/action/inputs.ts";

function problems(inputs: Record<string, string>) {
  const env = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const read = readInputs(action.inputs, env);
  return "problems" in read ? read.problems.map(({ input }) => input) : [];
}

describe("a digest that was promised", () => {
  const digest = `sha256:${"0".repeat(64)}`;

  it("is refused where it could not be checked: for an image in a tar file", () => {
    expect(problems({ input: "image.tar" })).toEqual([]);
    expect(problems({ input: "image.tar", "subject-digest": digest })).toEqual(["subject-digest"]);
  });

  it("is accepted for an image in a registry", () => {
    const image = { "image-ref": "ghcr.io/owner/name:v1", "subject-digest": digest };
    expect(problems(image)).toEqual([]);
  });
});

describe("a word about a scanner that was not asked for", () => {
  const folder = { "scan-type": "fs" };

  it.each([
    ["allowed-licenses", "MIT"],
    ["limits", "license=3"],
    ["must-cover", "secret,license"],
  ])("is refused in %s, where it would not be heeded", (input, given) => {
    expect(problems({ ...folder, [input]: given })).toEqual([input]);
    const asked = { ...folder, scanners: "vuln,secret,license" };
    expect(problems({ ...asked, [input]: given })).toEqual([]);
  });

  it("is fine as the default that nobody wrote", () => {
    expect(problems({ ...folder, scanners: "secret" })).toEqual([]);
    expect(problems({ "scan-type": "config" })).toEqual([]);
  });
});
