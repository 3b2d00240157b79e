import { listenForInterrupts } from "../../lib/process/interrupts.ts";
import { type Site, startSite } from "../../lib/targets/local/site.ts";
import { chosenEnvironment } from "./environment.ts";
import { eventLine } from "./event-line.ts";

/** As a shell tells the end by Ctrl-C. */
const INTERRUPTED = 130;

export async function up(file: string | undefined, detached: boolean): Promise<void> {
  const environment = await chosenEnvironment(file);
  // From before it is there on: who stops it as soon as it says that it is up must not kill what would stop it.
  const interrupts = listenForInterrupts();
  interrupts.again.addEventListener("abort", () => process.exit(INTERRUPTED));
  const site = await startSite(environment, { detached });
  console.log(`${environment.name} is up at ${site.url} (supervisor ${site.info.pid})`);
  if (detached && !interrupts.first.aborted) {
    interrupts.stop();
    const named = file === undefined ? "" : ` --environment ${file}`;
    console.log(`It goes on by itself; \`sluice site down${named}\` ends it.`);
    return;
  }
  console.log("Ctrl-C drains and stops it.");
  await tellUntil(interrupts.first, site);
  console.log("Stopping: no new connections, answers in hand are finished.");
  await site.close();
  console.log(`${environment.name} is down.`);
  if (detached) process.exitCode = INTERRUPTED;
}

async function tellUntil(stop: AbortSignal, site: Site): Promise<void> {
  if (stop.aborted) return;
  try {
    // Ends as well when the site is ended from elsewhere.
    for await (const event of site.events(stop)) {
      const line = eventLine(event);
      if (line) console.log(line);
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
