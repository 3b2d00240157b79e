import { existsSync } from "node:fs";
import type { Action } from "../lib/action/define.ts";
import { enterProcess } from "../lib/action/enter.ts";

/** `node scripts/run-action.ts build [post]`: an action from its sources, without the bundle; for development. */
const [name = "", phase = "main"] = process.argv.slice(2);
const source = new URL(`../actions/${name}/action.ts`, import.meta.url);
if (!/^[a-z0-9-]+$/.test(name) || !existsSync(source) || (phase !== "main" && phase !== "post")) {
  console.error(
    `usage: node scripts/run-action.ts ACTION [main|post]; there is no action ${JSON.stringify(name)}`,
  );
  process.exit(2);
}
const { default: action }: { default: Action } = await import(source.href);
await enterProcess(action, phase);
