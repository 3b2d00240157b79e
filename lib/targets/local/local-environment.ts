import type { Environment, LocalTargetSettings } from "../../environment/environment.ts";
import { SluiceError } from "../../error.ts";

/** An environment whose slots are under a supervisor on this machine. */
export type LocalEnvironment = Environment & { target: LocalTargetSettings };

/** Throws `unsupported` for an environment of another kind: it has no site here. */
export function localEnvironment(environment: Environment): LocalEnvironment {
  const { name, target } = environment;
  if (target.kind === "local") return { ...environment, target };
  throw new SluiceError(
    "unsupported",
    `${name} has no site: its target is of kind ${target.kind}`,
    {
      hint: "a site is what an environment with `target: { kind: local }` has",
    },
  );
}
