/** Of trivy's own variables only those that say who asks a registry. */
const CREDENTIALS = new Set(["TRIVY_USERNAME", "TRIVY_PASSWORD", "TRIVY_REGISTRY_TOKEN"]);

/** This action's inputs, and the keys to the runner's own services: nobody else's business. */
const WITHHELD = /^(INPUT_|ACTIONS_|TRIVY_)/;

/**
 * The variables that trivy is given. It reads every option from a `TRIVY_…` variable too, so one that an earlier step
 * left behind could hide findings (TRIVY_SEVERITY, TRIVY_IGNORE_STATUS): they are left out.
 */
export function environmentOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => CREDENTIALS.has(name) || !WITHHELD.test(name)),
  );
}

/** The names of what was left out and would have changed the scan, to be told. */
export function leftOut(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env).filter((name) => name.startsWith("TRIVY_") && !CREDENTIALS.has(name));
}
