import { CommanderError } from "commander";
import { causes, SluiceError } from "../lib/error.ts";

/** What a command exits with when it could not start what it was asked to do. */
export const REFUSED = 2;

/** Tells a person what went wrong and what to do next; returns the exit code. */
export function tellFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : REFUSED; // commander has told it
  if (!(error instanceof SluiceError)) {
    console.error("Sluice failed, and should not have:");
    console.error(error);
    return REFUSED;
  }
  const [message, ...because] = causes(error);
  console.error(message);
  for (const cause of because) console.error(`  because: ${cause}`);
  if (error.hint) console.error(`Next: ${error.hint}`);
  return REFUSED;
}
