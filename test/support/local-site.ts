import type { LocalEnvironment } from "../../lib/targets/local/local-environment.ts";
import { LocalTarget } from "../../lib/targets/local/local-target.ts";
import { type Site, startSite } from "../../lib/targets/local/site.ts";
import type { Holder, PlaceableRelease } from "../../lib/targets/target.ts";
import { packService, type ServiceBehaviour } from "./service-archive.ts";
import { serviceEnvironment } from "./service-environment.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export const RUNNER: Holder = { key: "run/1/promote", description: "run 1 job promote" };

/** A real site of the test service in a folder of its own; dispose of it to end all its processes. */
export interface LocalSite extends AsyncDisposable {
  folder: string;
  environment: LocalEnvironment;
  site: Site;
  target: LocalTarget;
  pack(version: string, behaviour?: ServiceBehaviour): Promise<PlaceableRelease>;
  /** Starts a supervisor on the same folder again, after the last one was ended. */
  restart(): Promise<void>;
}

export async function localSite(
  change: (environment: LocalEnvironment) => LocalEnvironment = (same) => same,
): Promise<LocalSite> {
  const folder = await temporaryFolder();
  const environment = change(serviceEnvironment(`${folder.path}/site`));
  const local: LocalSite = {
    folder: folder.path,
    environment,
    site: await startSite(environment),
    target: new LocalTarget(environment),
    pack: (version, behaviour) => packService(folder.path, version, behaviour),
    async restart() {
      local.site = await startSite(environment);
    },
    async [Symbol.asyncDispose]() {
      await local.site.close();
      await folder.remove();
    },
  };
  return local;
}
