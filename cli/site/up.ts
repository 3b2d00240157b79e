import { once } from "node:events";
import { type Site, startSite } from "../../lib/targets/local/site.ts";
import { chosenEnvironment } from "./environment.ts";
import { eventLine } from "./event-line.ts";

export async function up(file: string | undefined, detached: boolean): Promise<void> {
  const environment = await chosenEnvironment(file);
  const site = await startSite(environment, { detached });
  console.log(`${environment.name} is up at ${site.url} (supervisor ${site.info.pid})`);
  if (detached) {
    const named = file === undefined ? "" : ` --environment ${file}`;
    console.log(`It goes on by itself; \`sluice site down${named}\` ends it.`);
    return;
  }
  console.log("Ctrl-C drains and stops it.");
  await tellUntilToldToStop(site);
  console.log("Stopping: no new connections, answers in hand are finished.");
  await site.close();
  console.log(`${environment.name} is down.`);
}

async function tellUntilToldToStop(site: Site): Promise<void> {
  const stop = new AbortController();
  const told = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  void told.then(() => stop.abort());
  // Ends as well when the site is ended from elsewhere.
  for await (const event of site.events(stop.signal)) {
    const line = eventLine(event);
    if (line) console.log(line);
  }
}
