import type { Environment } from "../environment/environment.ts";
import type { Target } from "./target.ts";

/** The target that an environment names. It is asked nothing yet, so it need not be reachable. */
export async function openTarget(environment: Environment): Promise<Target> {
  switch (environment.target.kind) {
    case "local": {
      const { LocalTarget } = await import("./local/local-target.ts");
      return new LocalTarget(environment);
    }
    case "hosts": {
      const { HostsTarget } = await import("./hosts/hosts-target.ts");
      return new HostsTarget(environment, environment.target);
    }
  }
}
