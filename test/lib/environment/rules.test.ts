import { describe, expect, it } from "vitest";
import { parseEnvironment } from "../../../lib/environment/read.ts";
import { SluiceError } from "../../../lib/error.ts";

const WHERE = { file: "e.yaml", name: "e", base: "/srv" };

function refused(text: string): string {
  try {
    parseEnvironment(text, WHERE);
  } catch (error) {
    if (error instanceof SluiceError) return error.message;
    throw error;
  }
  return "accepted";
}

const withRollout = (rollout: string) =>
  refused(`service: { name: a, start: [a] }\ntarget: { site: x }\nrollout: ${rollout}\n`);

const withService = (service: string) =>
  refused(`service: { name: a, start: [a], ${service} }\ntarget: { site: x }\n`);

describe("rules between the keys of rollout", () => {
  it.each([
    ["steps ascend", "{ steps: [25, 10, 100] }", "rollout.steps[1]: given 10"],
    ["no step stands twice", "{ steps: [25, 25, 100] }", "rollout.steps[1]: given 25"],
    ["the last step is everything", "{ steps: [10, 50] }", "rollout.steps[1]: given 50"],
    [
      "blue-green is one step",
      "{ strategy: blue-green, steps: [50, 100] }",
      "rollout.steps: given",
    ],
    ["a hold is seen at least once", "{ steps: [{ weight: 9, hold: 0s }, 100] }", "steps[0].hold"],
    ["a hold ends before the deadline", "{ steps: [{ weight: 9, hold: 31m }, 100] }", "deadline"],
    ["not everything is held back", "{ holdback: 100, bake: 1m }", "rollout.holdback: given 100"],
    ["baking takes no traffic away", "{ holdback: 50%, bake: 1m }", "less than 50"],
    ["a holdback needs a bake", "{ holdback: 10 }", "nothing is held back when nothing is baked"],
    [
      "a sample fits into the interval",
      "{ sample: 10s, interval: 5s, lease: 1m }",
      "rollout.sample",
    ],
    [
      "the interval fits before the deadline",
      "{ interval: 1h }",
      "rollout.deadline: is left at its default",
    ],
    ["a lease outlives three samples", "{ sample: 6s }", "rollout.lease: is left at its default"],
    [
      "what must be found is something",
      "{ must-find: 0% }",
      'rollout.must-find: given "0%"; accepted: more than 0%',
    ],
    ["what must be found has its sign", "{ must-find: 1 }", "written with its sign: 5%"],
    [
      "what must be found needs a comparison",
      "{ strategy: blue-green, must-find: 1% }",
      "left out without a step below 100",
    ],
    [
      "no duration is nothing",
      "{ sample: 0s }",
      'rollout.sample: given "0s"; accepted: more than 0s',
    ],
  ])("%s", (_, rollout, expected) => {
    expect(withRollout(rollout)).toContain(expected);
  });

  it.each([
    "{ bake: 0s }",
    "{ bake: 10m, holdback: 10 }",
    "{ must-find: 0.5% }",
    "{ steps: [10, { weight: 100, hold: 0s }] }",
    "{ strategy: blue-green, steps: [100] }",
    "{ strategy: blue-green, deadline: 1m }",
    "{ steps: [{ weight: 10, hold: 20s }, 100], deadline: 1m }",
    "{ sample: 100ms, lease: 300ms, interval: 1s }",
  ])("accepts %s", (rollout) => {
    expect(withRollout(rollout)).toBe("accepted");
  });
});

describe("rules between the keys of service", () => {
  it.each([
    ["health is asked before its deadline", "health: { every: 1m }", "service.health.every"],
    [
      "not every request is an error",
      "metrics: { errors: { metric: http_requests_total } }",
      "service.metrics.errors",
    ],
    ["placeholders are known", 'env: { A: "x{slto}y" }', "did you mean {slot}?"],
    ["stable's are for a shadow alone", 'env: { A: "{stable-slot}" }', "service.env.A: given"],
    [
      "a shadow's are known",
      'shadow: { run: [a, "{stable-prot}"] }',
      "did you mean {stable-port}?",
    ],
    ["a shadow's variables' are", 'shadow: { run: [a], env: { A: "{b}" } }', "shadow.env.A: given"],
    ["a shadow has time", "shadow: { run: [a], timeout: 0s }", "service.shadow.timeout: given"],
    ["a shadow is a command", "shadow: { run: [] }", "service.shadow.run: given"],
    ["a smoke check waits some time", "smoke: [{ path: /, timeout: 0s }]", "smoke[0].timeout"],
  ])("%s", (_, service, expected) => {
    expect(withService(service)).toContain(expected);
  });

  it("leaves braces alone that are no placeholder", () => {
    expect(withService(`env: { A: '{"b": 1}', B: "{}", C: "{port}{slot}" }`)).toBe("accepted");
  });
});

describe("rules about kinds of errors", () => {
  const file = (kinds: string, weights: string) =>
    `service: { name: a, start: [a], metrics: { kinds: ${kinds} } }\ntarget: { site: x }\nverdict: { weights: ${weights} }`;

  it.each([
    ["{ corrupted: { metric: corrupted_total } }", "{ kinds: { corrupted: 15% } }"],
    ["{ corrupted: { metric: corrupted_total }, late: { metric: late_total } }", "{ latency: 0% }"],
  ])("accepts %s with the weights %s", (kinds, weights) => {
    expect(refused(file(kinds, weights))).toBe("accepted");
  });

  it.each([
    [
      "a share belongs to a kind that is measured",
      "{ corrupted: { metric: corrupted_total } }",
      "{ kinds: { corupted: 10% } }",
      /verdict\.weights\.kinds\.corupted: .*names: corrupted \(did you mean corrupted\?\)/,
    ],
    ["a share belongs to some kind", "{}", "{ kinds: { a: 10% } }", /and there is none/],
    [
      "shares leave some for all errors",
      "{ a: { metric: a_total }, b: { metric: b_total } }",
      "{ latency: 50%, kinds: { a: 40% } }",
      /service\.metrics\.kinds: .*less than 100% together.* has 10%/,
    ],
    [
      "a kind is not all errors",
      "{ a: { metric: http_requests_total, labels: { outcome: error } } }",
      "{}",
      /service\.metrics\.kinds\.a: .*a kind is some of the errors/,
    ],
    ["a kind has a name", "{ 1a: { metric: a_total } }", "{}", /given "1a" as a key; accepted: /],
  ])("%s", (_, kinds, weights, expected) => {
    expect(refused(file(kinds, weights))).toMatch(expected);
  });
});

describe("rules between the keys of verdict", () => {
  it.each([
    ["local", "target: { site: x }", "accepted"],
    [
      "hosts",
      "target: { kind: hosts, hosts: [{ name: a, address: 10.0.0.1 }], edges: [{ name: e, address: 10.0.0.2 }] }",
      'verdict.baseline: given "fresh"; accepted: stable with a target of kind hosts, whose machines have ports and units for two slots (fresh: with kind local)',
    ],
  ])("a fresh baseline needs a target with room for it: %s", (_, target, expected) => {
    const text = `service: { name: a, start: [a] }\n${target}\nverdict: { baseline: fresh }`;
    expect(refused(text)).toContain(expected);
  });

  it.each([
    ["{ strategy: rolling }", "accepted: stable with the strategy rolling (fresh: with canary)"],
    ["{ strategy: blue-green }", "accepted: stable with the strategy blue-green"],
    ["{ steps: [100] }", "accepted: stable without a step below 100"],
  ])("a fresh baseline needs something to compare: %s", (rollout, expected) => {
    const text = `service: { name: a, start: [a] }\ntarget: { site: x }\nrollout: ${rollout}\nverdict: { baseline: fresh }`;
    expect(refused(text)).toContain(expected);
  });

  it("a baseline is one of two", () => {
    const text =
      "service: { name: a, start: [a] }\ntarget: { site: x }\nverdict: { baseline: old }";
    expect(refused(text)).toContain('verdict.baseline: given "old"; accepted: stable, or fresh');
  });

  it("good enough is above what is tolerated", () => {
    const text =
      "service: { name: a, start: [a] }\ntarget: { site: x }\nverdict: { tolerated-ratio: 3 }";
    expect(refused(text)).toContain("verdict.good-enough-ratio");
  });
});

describe("rules between the keys of verify", () => {
  const verified = (verify: string) =>
    refused(`service: { name: a, start: [a] }\ntarget: { site: x }\nverify: ${verify}`);
  const who = "issuer: https://token.example";

  it.each([
    ["somebody is trusted", "{}", "one of key, identity and identity-regexp"],
    ["only one is trusted", `{ key: a.pub, identity: b, ${who} }`, "one of key, identity"],
    ["an identity has its issuer", "{ identity: a }", "verify.issuer: is left at its default"],
    ["a key has no issuer", `{ key: a.pub, ${who} }`, "no issuer with a key"],
    ["a key has no repository", "{ key: a.pub, repository: a/b }", "no repository with a key"],
    ["a pattern is the whole name", `{ identity-regexp: a/b, ${who} }`, "from ^ to $"],
    [
      "an identity is logged",
      `{ identity: a, ${who}, transparency-log: false }`,
      "only with a key",
    ],
    ["nothing else switches it off", "no", 'given "no"; accepted: { key: sluice.pub }'],
    ["nor does false", "false", "accepted: { key: sluice.pub }"],
    ["keys are known", "{ keys: a.pub }", "did you mean key?"],
  ])("%s", (_, verify, expected) => {
    expect(verified(verify)).toContain(expected);
  });

  it.each([
    "off",
    "{ key: a.pub }",
    "{ key: env://NAME, transparency-log: true, trusted-root: root.json }",
    `{ identity: a, ${who} }`,
    `{ identity-regexp: '^a@.*$', ${who}, repository: a/b }`,
  ])("accepts %s", (verify) => {
    expect(verified(verify)).toBe("accepted");
  });
});

describe("a warm-up in which errors are no evidence", () => {
  const withWarmUp = (errors: string, rollout = "{}") =>
    refused(
      `service: { name: a, start: [a] }\ntarget: { site: x }\nverdict: { warm-up: { errors: ${errors} } }\nrollout: ${rollout}\n`,
    );

  it("is over before all is that is compared", () => {
    expect(withWarmUp("15m")).toContain(
      'verdict.warm-up.errors: given "15m"; accepted: less than the 15m that all steps below 100 take',
    );
    expect(withWarmUp("14m")).toBe("accepted");
    expect(withWarmUp("1m", "{ steps: [{ weight: 5, hold: 10s }, 100] }")).toContain("the 10s");
  });

  it("is as long as one likes where nothing is compared", () => {
    expect(withWarmUp("1h", "{ strategy: blue-green }")).toBe("accepted");
  });
});
