// Runs on every step that uses an action: plain JavaScript, and nothing that is not needed for starting.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

/**
 * Node keeps what it compiled, so that the second step of a job, and the next job on a runner that stays, start
 * faster. Only in the tool cache: it belongs to the runner alone, which the system's temp folder does not.
 */
function keepCompiled() {
  const toolCache = process.env.RUNNER_TOOL_CACHE;
  if (toolCache) enableCompileCache(join(toolCache, "sluice-compile-cache"));
}

/** Enters the bundle. `name` is the action's folder, `phase` is main or post. */
export async function start(name, phase) {
  keepCompiled();
  try {
    const { enter } = await import("../dist/index.js");
    await enter(name, phase);
  } catch (error) {
    // Node would print the line of the bundle that threw: all of it.
    const why = error instanceof Error ? error.message : String(error);
    console.log(`::error title=${name}%3A internal::${why.replaceAll("\n", "%0A")}`);
    process.exit(1);
  }
}
