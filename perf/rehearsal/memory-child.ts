// Rehearses a matrix of many small jobs in this process, and tells what memory it took on the way. Run by memory.ts.
import { memoryUsage } from "node:process";
import { rehearse } from "../../rehearsal/run.ts";

const [dir = ".", everyText = "128"] = process.argv.slice(2);
const every = Number(everyText);
let jobs = 0;
const tell = (): void => {
  globalThis.gc?.();
  const { heapUsed, rss, external } = memoryUsage();
  const mb = (bytes: number): number => Math.round(bytes / 1e5) / 10;
  console.log(
    JSON.stringify({ jobs, heapMb: mb(heapUsed), rssMb: mb(rss), externalMb: mb(external) }),
  );
};
const result = await rehearse({
  dir,
  onEvent: (event) => {
    if (event.type !== "step-finished" || event.name !== "Complete job") return;
    jobs++;
    if (jobs % every === 0) tell();
  },
});
tell();
process.exitCode = result.conclusion === "success" ? 0 : 1;
