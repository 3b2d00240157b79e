import { z } from "zod";
import { SluiceError } from "../error.ts";
import { parseK6DurationMs } from "./k6-duration.ts";

const whole = z.int().nonnegative();
const duration = z.union([z.string(), z.number()]).transform((given, context) => {
  const ms = parseK6DurationMs(given);
  if (ms !== undefined) return ms;
  context.addIssue({ code: "custom", message: `${given} is not a duration` });
  return z.NEVER;
});
const stages = z.array(z.object({ target: whole, duration })).min(1);
const optional = <T extends z.ZodType>(schema: T) => schema.nullish();

/** What all scenarios have, and we hand on as it is. */
const common = {
  exec: optional(z.string()),
  env: optional(z.record(z.string(), z.string())),
  tags: optional(z.record(z.string(), z.string())),
};
const arrivals = { timeUnit: optional(duration), preAllocatedVUs: whole, maxVUs: optional(whole) };

/** A scenario as `k6 inspect` prints it; everything that tells k6 what load to make. */
const scenario = z.discriminatedUnion("executor", [
  z.object({
    executor: z.literal("constant-arrival-rate"),
    ...common,
    ...arrivals,
    rate: whole,
  }),
  z.object({
    executor: z.literal("ramping-arrival-rate"),
    ...common,
    ...arrivals,
    startRate: optional(whole),
    stages,
  }),
  z.object({ executor: z.literal("constant-vus"), ...common, vus: optional(whole) }),
  z.object({
    executor: z.literal("ramping-vus"),
    ...common,
    startVUs: optional(whole),
    stages,
  }),
  z.object({ executor: z.literal("per-vu-iterations"), ...common, vus: optional(whole) }),
  z.object({ executor: z.literal("shared-iterations"), ...common, vus: optional(whole) }),
]);

/** The part of `k6 inspect` that is read. */
export const inspection = z.object({
  scenarios: optional(z.record(z.string(), z.unknown())),
  vus: optional(whole),
  iterations: optional(whole),
  duration: optional(z.union([z.string(), z.number()])),
  stages: optional(stages),
  thresholds: optional(z.record(z.string(), z.unknown())),
});
export type Inspection = z.output<typeof inspection>;
export type Scenario = z.output<typeof scenario>;

/** The scenarios that k6 would run; where the script names none, the one that its shortcuts amount to. */
export function scenariosOf(inspected: Inspection): Record<string, Scenario> {
  const named = Object.entries(inspected.scenarios ?? {});
  if (named.length > 0) {
    return Object.fromEntries(named.map(([name, given]) => [name, readScenario(name, given)]));
  }
  const { vus, stages: ramp } = inspected;
  if (ramp && ramp.length > 0) {
    return { default: { executor: "ramping-vus", startVUs: vus ?? 1, stages: ramp } };
  }
  return { default: { executor: "constant-vus", vus: vus ?? 1 } };
}

function readScenario(name: string, given: unknown): Scenario {
  const read = scenario.safeParse(given);
  if (read.success) return read.data;
  const why = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new SluiceError(
    "invalid-input",
    `scenario ${name} cannot be run in blocks: ${why.join("; ")}`,
    {
      hint: "use one of k6's executors with a rate or a number of VUs, best constant-arrival-rate",
    },
  );
}

/** The functions of the script that its scenarios run; the default one too, as flags can call it. */
export function execsOf(inspected: Inspection): string[] {
  const named = Object.values(inspected.scenarios ?? {}).map((given) => {
    const { success, data } = z.object({ exec: optional(z.string()) }).safeParse(given);
    return (success && data.exec) || "default";
  });
  return [...new Set(["default", ...named])];
}
