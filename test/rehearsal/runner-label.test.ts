import { describe, expect, it } from "vitest";
import { whyNoRunner } from "../../rehearsal/run/runner-label.ts";

const RUNNERS = [
  ["self-hosted", "Linux", "group:Deploy"],
  ["self-hosted", "macOS"],
];

describe("the runners that there are", () => {
  it.each([
    ["self-hosted"],
    [["self-hosted", "linux"]],
    ["ubuntu-24.04"],
    [{ group: "deploy" }],
    [{ group: "Deploy", labels: ["linux"] }],
  ])("take %j", (runsOn) => {
    expect(whyNoRunner(runsOn, RUNNERS)).toBeUndefined();
  });

  it.each([
    [["self-hosted", "gpu"], "no runner has the labels self-hosted, gpu"],
    [{ group: "release" }, "no runner is in the group release"],
    [
      { group: "deploy", labels: "macos" },
      "no runner has the labels macos and is in the group deploy",
    ],
  ])("miss %j, and say why", (runsOn, reason) => {
    expect(whyNoRunner(runsOn, RUNNERS)).toContain(reason);
  });

  it("are not asked when nobody told of any", () => {
    expect(whyNoRunner("anything", [])).toBeUndefined();
  });
});
