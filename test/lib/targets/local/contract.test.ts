import { startSite } from "../../../../lib/targets/local/site.ts";
import { openTarget } from "../../../../lib/targets/open.ts";
import { packService } from "../../../support/service-archive.ts";
import { serviceEnvironment } from "../../../support/service-environment.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { targetContract } from "../contract.ts";

targetContract("local", async () => {
  const folder = await temporaryFolder();
  const environment = serviceEnvironment(`${folder.path}/site`);
  const site = await startSite(environment);
  return {
    target: await openTarget(environment),
    url: site.url,
    placesBaseline: true,
    pack: (version, behaviour) => packService(folder.path, version, behaviour),
    async close() {
      await site.close();
      await folder.remove();
    },
  };
});
