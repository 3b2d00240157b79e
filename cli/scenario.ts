import { existsSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { SluiceError } from "../lib/error.ts";
import type { RehearseArguments } from "./rehearse.ts";

/** `npm run rehearse`: the story of the two tags, which has a command line of its own. */
export async function runScenario(args: RehearseArguments): Promise<void> {
  const extension = extname(fileURLToPath(import.meta.url));
  const file = new URL(`../rehearsal/scenario/main${extension}`, import.meta.url);
  if (!existsSync(file)) {
    throw new SluiceError("unsupported", "This installation of Sluice has no scenario", {
      hint: "Run it in a checkout of Sluice's own repository.",
    });
  }
  const [node = process.execPath] = process.argv;
  const approve = args.approve === undefined ? [] : ["--approve", args.approve];
  process.argv = [node, fileURLToPath(file), ...approve];
  await import(file.href);
}
