import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runStep, Step } from "./support/runner.ts";

const SAMPLE = join(import.meta.dirname, "support", "sample.ts");

function sample(variables: Record<string, string>, phase = "main") {
  return runStep(SAMPLE, [phase], variables);
}

describe("an action that succeeds", () => {
  it("writes its outputs and its summary, objects as JSON", async () => {
    const { code, outputs, summary } = await sample({ INPUT_BEHAVIOUR: "work" });
    expect(code).toBe(0);
    expect(outputs.early).toBe("set\nearly");
    expect(JSON.parse(outputs.facts ?? "")).toEqual({ count: 2 });
    expect(JSON.parse(outputs.gate ?? "")).toMatchObject({ outcome: "passed" });
    expect(summary).toBe("## Sample\n\n| a |\n| --- |\n| 1 \\| 2 |\n\n");
  });

  it("may not give other outputs than it said", async () => {
    const { code, log, outputs } = await sample({ INPUT_BEHAVIOUR: "short" });
    expect(code).toBe(1);
    expect(log).toContain("outputs do not match their schema: facts.count");
    expect(outputs.early).toBe("set\nearly");
  });
});

describe("an action with wrong inputs", () => {
  const wrong = { INPUT_BEHAVIOUR: "wrok", INPUT_INTERVAL: "5", INPUT_TOKN: "x" };

  it("does nothing, and tells all of them in the log and as annotations", async () => {
    const { code, log, state, summary } = await sample(wrong);
    expect(code).toBe(1);
    expect(log).not.toContain("started");
    expect({ state, summary }).toEqual({ state: {}, summary: "" });
    expect(log).toContain("sample: 3 inputs cannot be accepted; nothing was done.");
    const annotations = log.split("\n").filter((line) => line.startsWith("::error"));
    expect(annotations).toEqual([
      "::error title=sample%3A wrong input tokn::tokn: there is no such input; did you mean token?; accepted: behaviour, token, interval",
      '::error title=sample%3A wrong input behaviour::behaviour: given "wrok"; did you mean work?; accepted: one of work, fail, undecided, surprise, stray, wait, forget, deaf, short',
      '::error title=sample%3A wrong input interval::interval: given "5"; accepted: a number with a unit: 500ms, 90s, 10m, 2h',
    ]);
  });

  it("does not show what was given to an input that does not exist: it may be a misspelt secret", async () => {
    const { log, outputs } = await sample({ INPUT_BEHAVIOUR: "work", INPUT_TOKKEN: "hunter2" });
    expect(log + outputs.gate).toContain("did you mean token?");
    expect(log + outputs.gate).not.toContain("hunter2");
  });

  it("still says at the gate that it failed", async () => {
    const { outputs } = await sample(wrong);
    expect(JSON.parse(outputs.gate ?? "")).toMatchObject({ name: "sample", outcome: "failed" });
  });
});

describe("an action that fails", () => {
  it("says what, why and what next, and keeps the outputs it had", async () => {
    const { code, log, outputs, summary } = await sample({ INPUT_BEHAVIOUR: "fail" });
    expect(code).toBe(1);
    expect(log).toContain(
      "::error title=sample%3A unhealthy::it is not healthy%0Abecause: connection refused%0Anext: look at its log",
    );
    expect(outputs.early).toBe("set\nearly");
    expect(JSON.parse(outputs.gate ?? "")).toEqual({
      name: "sample",
      outcome: "failed",
      reason: "it is not healthy",
    });
    expect(summary).toContain("## Sample");
  });

  it("says so when it could not decide", async () => {
    const { outputs } = await sample({ INPUT_BEHAVIOUR: "undecided" });
    expect(JSON.parse(outputs.gate ?? "")).toMatchObject({ outcome: "inconclusive" });
  });

  it("by a fault of ours says so, with the stack under debug only", async () => {
    const { code, log } = await sample({ INPUT_BEHAVIOUR: "surprise" });
    expect(code).toBe(1);
    expect(log).toContain("::error title=sample%3A internal::x is not a function");
    expect(log).toContain("a fault of Sluice");
    const stackLines = log.split("\n").filter((line) => line.includes("sample.ts:"));
    expect(stackLines.every((line) => line.startsWith("::debug::"))).toBe(true);
  });

  it("outside of its own promise may clean up first", async () => {
    const { code, log } = await sample({ INPUT_BEHAVIOUR: "stray" });
    expect(code).toBe(1);
    expect(log).toContain("cleaned up");
    expect(log).toContain("from nowhere");
  });

  it("outside of its own promise is not believed when it says that all is well", async () => {
    const { code, log } = await sample({ INPUT_BEHAVIOUR: "deaf" });
    expect(code).toBe(1);
    expect(log).toContain("::error title=sample%3A internal::from nowhere");
  });

  it("by never coming to an end fails", async () => {
    const { code, log, outputs } = await sample({ INPUT_BEHAVIOUR: "forget" });
    expect(code).toBe(1);
    expect(log).toContain("::error title=sample%3A internal::the action stopped without an end");
    expect(JSON.parse(outputs.gate ?? "")).toMatchObject({ outcome: "failed" });
  });
});

describe("a secret", () => {
  it("is masked before anything else is printed, and never shown in an error", async () => {
    const { log } = await sample({ INPUT_BEHAVIOUR: "nothing", INPUT_TOKEN: "hunter2" });
    expect(log.split("\n")[0]).toBe("::add-mask::hunter2");
    expect(log.split("hunter2")).toHaveLength(2);
  });
});

describe("a cancelled action", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("cleans up on %s and fails", async (name) => {
    using step = new Step();
    step.start(SAMPLE, [], { INPUT_BEHAVIOUR: "wait" });
    await step.says("started");
    step.signal(name);
    const { code, log, outputs } = await step.end();
    expect(code).toBe(1);
    expect(log).toContain("cleaned up");
    expect(log).toContain(`::error title=sample%3A cancelled::cancelled by ${name}`);
    expect(outputs.early).toBe("set\nearly");
  });

  it("is not stopped in its cleaning up by a second signal", async () => {
    using step = new Step();
    const cleaned = join(step.folder, "cleaned");
    step.start(SAMPLE, [], { INPUT_BEHAVIOUR: "wait", SAMPLE_CLEANS_UNTIL: cleaned });
    await step.says("started");
    step.signal("SIGINT");
    await step.says("SIGINT received; cleaning up");
    step.signal("SIGTERM");
    await step.says("SIGTERM received; still cleaning up");
    writeFileSync(cleaned, "");
    const { code, log } = await step.end();
    expect(code).toBe(1);
    expect(log).toContain("cleaned up");
  });
});

describe("the state", () => {
  it("is there for post even when the run is killed", async () => {
    using step = new Step();
    step.start(SAMPLE, [], { INPUT_BEHAVIOUR: "wait" });
    await step.says("started");
    step.signal("SIGKILL");
    const { state } = await step.end();
    const saved = Object.entries(state).map(([name, text]) => [`STATE_${name}`, text]);
    const post = await sample(Object.fromEntries(saved), "post");
    expect(post.code).toBe(0);
    expect(post.log).toContain("post found weight 10");
    expect(post.summary).toBe("after\n\n");
  });

  it("may be missing", async () => {
    const { code, log } = await sample({}, "post");
    expect(code).toBe(0);
    expect(log).toContain("post found nothing");
  });

  it("that is not as it was saved counts as missing", async () => {
    const { log } = await sample({ STATE_sluice: "{" }, "post");
    expect(log).toContain("post found nothing");
  });
});
