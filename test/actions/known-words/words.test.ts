import { describe, expect, it } from "vitest";
import { knownWords } from "../../../actions/known-words/words.ts";
import { startAction } from "../../support/action-process.ts";
import { freshFolder } from "../../support/fresh-folder.ts";

const GATES = ["trivy-scan", "cosign-sign", "k6-gate"];
const judge = (given: string) => () => knownWords("without", given, GATES);

describe("the words of a list", () => {
  it("are given back", () => {
    expect(judge(" trivy-scan ,\n k6-gate ")()).toEqual(["trivy-scan", "k6-gate"]);
    expect(judge('{"k6-gate": 1}')()).toEqual(["k6-gate"]);
  });

  it.each([
    "",
    "k6-gate",
    "trivy-scan,cosign-sign",
    " trivy-scan ,\n k6-gate ",
    "{}",
    ' {"k6-gate": "trivy: 5"}',
  ])("may be any of those that there are: %j", (given) => {
    expect(judge(given)).not.toThrow();
  });

  it.each([
    ["trivy", "without: given trivy"],
    ["k6gate", "without: given k6gate (did you mean k6-gate?)"],
    ["Cosign-Sign", "without: given Cosign-Sign (did you mean cosign-sign?)"],
    // It holds the name of a gate, and a condition with contains() took it for one.
    ["not-k6-gate", "without: given not-k6-gate"],
    ["k6-gate;trivy-scan", "without: given k6-gate;trivy-scan"],
    ["*", "without: given *"],
    ['{"k6-gate": 1, "k7": {}}', "without: given k7"],
    [
      "trivy-scan, cosine-sign, approval",
      "without: given cosine-sign (did you mean cosign-sign?), approval",
    ],
    ["{k6-gate: 1}", "without: given {k6-gate: 1}, which is no JSON"],
  ])("are refused all at once when they mean nothing: %j", (given, told) => {
    expect(judge(given)).toThrow(
      expect.objectContaining({ code: "invalid-input", message: expect.stringContaining(told) }),
    );
  });

  it("end the job with what is accepted", async () => {
    const inputs = { input: "without", given: "k6gate", accepted: GATES.join(",") };
    const { code, log } = await startAction("known-words", { workspace: freshFolder(), inputs })
      .ended;
    expect(code).toBe(1);
    expect(log).toContain("given k6gate (did you mean k6-gate?)");
    expect(log).toContain("accepted are trivy-scan, cosign-sign, k6-gate. Nothing was done");
  });
});
