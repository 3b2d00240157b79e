import { stringify } from "yaml";
import type { Action } from "../../lib/action/define.ts";
import type { KindType } from "../../lib/action/kind.ts";
import { inputsOf, outputsOf } from "./facts.ts";
import { type GeneratedFile, notice } from "./generated-file.ts";

/** action.yml, as GitHub reads it. */
export function actionYml(action: Action): GeneratedFile {
  const inputs = inputsOf(action).map((input) => [
    input.name,
    {
      description: input.description,
      required: input.required,
      ...(input.default === undefined ? {} : { default: input.default }),
    },
  ]);
  const outputs = outputsOf(action).map(({ name, description }) => [name, { description }]);
  return yamlFile(action, "action.yml", {
    name: `Sluice: ${action.name}`,
    description: action.description,
    author: "Sluice",
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    runs: {
      using: "node24",
      main: "index.js",
      ...(action.post ? { post: "post.js", "post-if": "always()" } : {}),
    },
    branding: action.branding ?? { icon: "shield", color: "blue" },
  });
}

/** action-types.yml, as github-actions-typing and the editors that know it read it. */
export function actionTypes(action: Action): GeneratedFile {
  const inputs = inputsOf(action).map(({ name, type }) => [name, typing(type)]);
  const outputs = outputsOf(action).map(({ name, type }) => [name, { type }]);
  return yamlFile(action, "action-types.yml", {
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
  });
}

function typing(type: KindType): object {
  switch (type.name) {
    case "enum":
      return { type: "enum", "allowed-values": type.values };
    case "list":
      return { type: "list", separator: ",", "list-item": typing(type.item) };
    default:
      return { type: type.name };
  }
}

function yamlFile(action: Action, file: string, content: object): GeneratedFile {
  const yaml = stringify(content, { lineWidth: 0 });
  return {
    path: `actions/${action.name}/${file}`,
    text: `# ${notice(`actions/${action.name}/action.ts`)}\n${yaml}`,
  };
}
