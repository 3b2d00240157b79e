import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import type { Action } from "../../lib/action/define.ts";

/** Names of the folders in actions/ that hold an action.ts, sorted. */
export function actionNames(root: string): string[] {
  return folders(root).filter((name) => existsSync(join(root, "actions", name, "action.ts")));
}

/** An action made of others: its action.yml is written by hand. */
export interface Composite {
  name: string;
  description: string;
}

export function composites(root: string): Composite[] {
  return folders(root).flatMap((name) => {
    const [yml, source] = ["action.yml", "action.ts"].map((file) =>
      join(root, "actions", name, file),
    );
    if (yml === undefined || !existsSync(yml) || (source && existsSync(source))) return [];
    const { description }: { description: string } = parse(readFileSync(yml, "utf8"));
    return [{ name, description }];
  });
}

function folders(root: string): string[] {
  return readdirSync(join(root, "actions"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
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
