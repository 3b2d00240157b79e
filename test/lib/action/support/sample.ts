import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { defineAction, input } from "../../../../lib/action/action.ts";
import { enterProcess } from "../../../../lib/action/enter.ts";
import { SluiceError } from "../../../../lib/error.ts";
import { Gate } from "../../../../lib/evidence/record.ts";

const BEHAVIOURS = [
  "work",
  "fail",
  "undecided",
  "surprise",
  "stray",
  "wait",
  "forget",
  "deaf",
  "short",
] as const;

const PASSED: Gate = { name: "sample", outcome: "passed", reason: "all is well" };

/** An action that does what its test asks for. */
const sample = defineAction({
  name: "sample",
  description: "Shows how an action behaves.",
  inputs: z.object({
    behaviour: input.enum(BEHAVIOURS, { description: "What to do." }),
    token: input.secret({ description: "Nobody may see it.", optional: true }),
    interval: input.duration({ description: "How long.", default: "1s" }),
  }),
  outputs: z.object({
    early: z.string().describe("Known before anything can fail."),
    facts: z.object({ count: z.number() }).describe("As JSON."),
    gate: Gate.describe("The gate."),
  }),
  state: z.object({ weight: z.number() }),
  async run({ inputs, outputs, summary, state, signal, log }) {
    outputs.set({ early: "set\nearly" });
    state.save({ weight: 10 });
    log.info("started");
    summary.heading("Sample").table(["a"], [["1 | 2"]]);
    await behave(inputs.behaviour, signal, log.info);
    return {
      early: "set\nearly",
      facts: { count: inputs.behaviour === "short" ? Number.NaN : 2 },
      gate: PASSED,
    };
  },
  async post({ state, log, summary }) {
    log.info(`post found ${state ? `weight ${state.weight}` : "nothing"}`);
    summary.markdown("after");
  },
});

async function behave(
  behaviour: (typeof BEHAVIOURS)[number],
  signal: AbortSignal,
  say: (message: string) => void,
): Promise<void> {
  switch (behaviour) {
    case "fail":
      throw new SluiceError("unhealthy", "it is not healthy", {
        hint: "look at its log",
        cause: new Error("connection refused"),
      });
    case "undecided":
      throw new SluiceError("inconclusive", "no requests came");
    case "surprise":
      throw new TypeError("x is not a function");
    case "stray":
      throwAside();
      return untilAborted(signal, say);
    case "deaf":
      throwAside();
      await afterIt();
      return;
    case "wait":
      return untilAborted(signal, say);
    case "forget":
      return new Promise(() => {});
    default:
  }
}

function throwAside(): void {
  setImmediate(() => {
    throw new Error("from nowhere");
  });
}

/** What was put off before is done before this is. */
function afterIt(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Cleaning up goes on until the file is there that SAMPLE_CLEANS_UNTIL names. */
async function untilAborted(signal: AbortSignal, say: (message: string) => void): Promise<void> {
  const alive = setInterval(() => {}, 1_000);
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  const end = process.env.SAMPLE_CLEANS_UNTIL;
  while (end !== undefined && !existsSync(end)) await wait(20);
  clearInterval(alive);
  say("cleaned up");
  throw signal.reason;
}

await enterProcess(sample, process.argv[2] === "post" ? "post" : "main");
