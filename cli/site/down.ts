import { localEnvironment } from "../../lib/targets/local/local-environment.ts";
import { endOrphans } from "../../lib/targets/local/orphans.ts";
import { findSite } from "../../lib/targets/local/site.ts";
import { chosenEnvironment } from "./environment.ts";

export async function down(file: string | undefined): Promise<void> {
  const environment = localEnvironment(await chosenEnvironment(file));
  const { name, target, service } = environment;
  const site = await findSite(environment);
  if (site) {
    await site.close();
    console.log(`${name} is down.`);
    return;
  }
  const ended = await endOrphans(target.site, service.drainDeadlineMs);
  const names = ended.map((one) => `${one.name} (pid ${one.pid})`).join(", ");
  console.log(
    ended.length > 0
      ? `${name} was not up; ended what its supervisor had left running: ${names}.`
      : `${name} was not up, and nothing of it is running.`,
  );
}
