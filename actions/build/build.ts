import { SluiceError } from "../../lib/error.ts";
import type { BuildContext } from "./action.ts";

/** Builds the candidate that the inputs describe. */
export async function build({ inputs }: BuildContext): Promise<never> {
  throw new SluiceError("unsupported", `kind ${inputs.kind} cannot be built yet`);
}
