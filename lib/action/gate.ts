import type { z } from "zod";
import { SluiceError } from "../error.ts";
import type { Gate } from "../evidence/record.ts";

/** The gate of an action that ended with `error`; undefined when the action has no such output. */
export function failedGate(action: string, outputs: z.ZodObject, error: unknown): Gate | undefined {
  if (!("gate" in outputs.shape)) return undefined;
  const undecided = error instanceof SluiceError && error.code === "inconclusive";
  return {
    name: action,
    outcome: undecided ? "inconclusive" : "failed",
    reason: error instanceof Error ? error.message : String(error),
  };
}
