import { causes } from "../error.ts";
import { lastWords, run } from "./process.ts";
import type { Shop } from "./shop.ts";
import type { Tool } from "./tool.ts";

/** What a file turned out to be: a tool of some version, or none at all. */
export type Checked = { version: string } | { fault: string };

/**
 * Generous, for a large program in Python that compiles itself at its first start, on a machine that does much else; a
 * program on PATH that never answers must not hold up everything.
 */
const ANSWER_MS = 180_000;

/** Asks the program itself which version it is: the check that every route ends in. */
async function checkVersion(tool: Tool, file: string, shop: Shop): Promise<Checked> {
  try {
    const settings = { env: shop.env, signal: shop.signal, timeoutMs: ANSWER_MS };
    const ended = await run(file, tool.versionArgs, settings);
    if (ended.code !== 0) return { fault: `does not run: ${lastWords(ended, 3)}` };
    const version = tool.versionPattern.exec(ended.stdout.trim())?.[1];
    return version ? { version } : { fault: `tells no version: ${lastWords(ended, 3)}` };
  } catch (error) {
    shop.signal?.throwIfAborted();
    return { fault: `does not run: ${causes(error).join(": ")}` };
  }
}

/** Why the file is not the wanted tool; undefined when it is. */
export async function faultOf(tool: Tool, file: string, shop: Shop): Promise<string | undefined> {
  const checked = await checkVersion(tool, file, shop);
  if ("fault" in checked) return `${file} ${checked.fault}`;
  if (checked.version === tool.version) return undefined;
  return `${file} is ${checked.version}`;
}
