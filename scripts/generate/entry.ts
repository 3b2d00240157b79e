import type { Action } from "../../lib/action/define.ts";
import { type GeneratedFile, notice } from "./generated-file.ts";

/** actions/entry.ts: from a name to the chunk of the bundle that holds the action. */
export function entry(actions: readonly Action[]): GeneratedFile {
  const text = `// ${notice("the folders in actions/")}
import { enterProcess, type Phase } from "../lib/action/enter.ts";

/** Each action is a chunk of the bundle: a step pays only for the one it uses. */
const ACTIONS = {
${actions.map(({ name }) => `  ${key(name)}: () => import("./${name}/action.ts"),`).join("\n")}
} as const;

export type ActionName = keyof typeof ACTIONS;

/** What \`actions/NAME/index.js\` and \`post.js\` call. */
export async function enter(name: ActionName, phase: Phase): Promise<void> {
  const { default: action } = await ACTIONS[name]();
  await enterProcess(action, phase);
}
`;
  return { path: "actions/entry.ts", text };
}

/** index.js, and post.js where there is one: what the runner starts. */
export function starters(action: Action): GeneratedFile[] {
  const starter = (file: string, phase: string): GeneratedFile => ({
    path: `actions/${action.name}/${file}`,
    text: `// ${notice(`actions/${action.name}/action.ts`)}\nawait (await import("../start.js")).start("${action.name}", "${phase}");\n`,
  });
  return [starter("index.js", "main"), ...(action.post ? [starter("post.js", "post")] : [])];
}

function key(name: string): string {
  return /^[a-z]+$/.test(name) ? name : `"${name}"`;
}
