import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Action } from "../../lib/action/define.ts";
import { inputsOf, outputsOf } from "./facts.ts";
import { fillMarkers, type GeneratedFile } from "./generated-file.ts";

/** The action's README with its tables as they should be; a skeleton where there is no README yet. */
export function actionReadme(root: string, action: Action): GeneratedFile {
  const path = `actions/${action.name}/README.md`;
  const file = join(root, path);
  const current = existsSync(file) ? readFileSync(file, "utf8") : skeleton(action);
  const withInputs = mustFill(path, current, "inputs", inputsTable(action));
  return { path, text: mustFill(path, withInputs, "outputs", outputsTable(action)) };
}

/** The list of actions in the repository's README, where it has a place for one. */
export function rootReadme(
  root: string,
  actions: readonly Pick<Action, "name" | "description">[],
): GeneratedFile[] {
  const file = join(root, "README.md");
  if (!existsSync(file)) return [];
  const sorted = actions.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const rows = sorted.map(
    ({ name, description }) => `| [${name}](actions/${name}/README.md) | ${cell(description)} |`,
  );
  const table = ["| action | what it does |", "| --- | --- |", ...rows].join("\n");
  const text = fillMarkers(readFileSync(file, "utf8"), "actions", table);
  return text === undefined ? [] : [{ path: "README.md", text }];
}

function inputsTable(action: Action): string {
  const rows = inputsOf(action).map((input) => {
    const fallback = input.required ? "**required**" : input.default ? code(input.default) : "";
    return `| \`${input.name}\` | ${cell(input.description)} | ${cell(input.accepted)} | ${fallback} |`;
  });
  return ["| input | what it is | accepted | default |", "| --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
}

function outputsTable(action: Action): string {
  const rows = outputsOf(action).map(
    ({ name, description }) => `| \`${name}\` | ${cell(description)} |`,
  );
  return ["| output | what it is |", "| --- | --- |", ...rows].join("\n");
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");
}

function mustFill(path: string, text: string, name: string, body: string): string {
  const filled = fillMarkers(text, name, body);
  if (filled !== undefined) return filled;
  throw new Error(
    `${path}: add the lines <!-- ${name}:begin --> and <!-- ${name}:end --> where the table goes`,
  );
}

function skeleton(action: Action): string {
  return `# ${action.name}

${action.description}

## Inputs

<!-- inputs:begin -->
<!-- inputs:end -->

## Outputs

<!-- outputs:begin -->
<!-- outputs:end -->
`;
}
