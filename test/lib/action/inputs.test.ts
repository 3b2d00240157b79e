import { describe, expect, it } from "vitest";
import { z } from "zod";
import { input } from "../../../lib/action/action.ts";
import { readInputs, secretValues } from "../../../lib/action/inputs.ts";

const schema = z.object({
  "dry-run": input.boolean({ description: "d", default: "false" }),
  interval: input.duration({ description: "d", default: "5m" }),
  weight: input.percentage({ description: "d", default: "10%" }),
  replicas: input.number({ description: "d", default: "2", min: 1, max: 9, integer: true }),
  strategy: input.enum(["canary", "blue-green"], { description: "d", default: "canary" }),
  files: input.list({ description: "d", optional: true }),
  token: input.secret({ description: "d" }),
});

function read(variables: Record<string, string>) {
  const result = readInputs(schema, variables);
  return "values" in result ? result.values : result.problems.map((one) => one.input);
}

describe("inputs", () => {
  it("are typed, with the defaults of what was not given", () => {
    expect(
      read({ INPUT_TOKEN: "t", "INPUT_DRY-RUN": "True", INPUT_FILES: "a, b\n{c,d}/*" }),
    ).toEqual({
      "dry-run": true,
      interval: 300_000,
      weight: 10,
      replicas: 2,
      strategy: "canary",
      files: ["a", "b", "{c,d}/*"],
      token: "t",
    });
  });

  it("are all refused at once", () => {
    const wrong = {
      "INPUT_DRY-RUN": "yes",
      INPUT_INTERVAL: "5",
      INPUT_WEIGHT: "NaN",
      INPUT_REPLICAS: "Infinity",
      INPUT_STRATEGY: "canari",
    };
    expect(read(wrong)).toEqual(["dry-run", "interval", "weight", "replicas", "strategy", "token"]);
  });

  it("take an empty text for none", () => {
    expect(read({ INPUT_TOKEN: "t", INPUT_INTERVAL: "" })).toMatchObject({ interval: 300_000 });
    expect(read({ INPUT_TOKEN: "  " })).toEqual(["token"]);
  });

  it("refuse one that the action does not have, and name the nearest", () => {
    expect(readInputs(schema, { INPUT_TOKEN: "t", INPUT_INTERVALL: "5m" })).toMatchObject({
      problems: [{ kind: "unknown-input", input: "intervall", nearest: "interval" }],
    });
  });

  it("tell the secrets, for masking", () => {
    expect(secretValues(schema, { INPUT_TOKEN: "hunter2" })).toEqual(["hunter2"]);
  });
});
