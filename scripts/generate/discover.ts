import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Action } from "../../lib/action/define.ts";

/** Names of the folders in actions/ that hold an action.ts, sorted. */
export function actionNames(root: string): string[] {
  return readdirSync(join(root, "actions"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(root, "actions", name, "action.ts")))
    .sort();
}

/** The definitions of all actions; each must be named like its folder. */
export async function loadActions(root: string): Promise<Action[]> {
  return Promise.all(
    actionNames(root).map(async (name) => {
      const source = pathToFileURL(join(root, "actions", name, "action.ts"));
      const { default: action }: { default: Action } = await import(source.href);
      if (action.name === name) return action;
      throw new Error(`actions/${name}/action.ts: its name is "${action.name}"; call it "${name}"`);
    }),
  );
}
