/** All that an action's definition needs; how it is entered is in enter.ts. */
export { type Action, type Context, defineAction, type PostContext } from "./define.ts";
export { expression, type Field, type FieldOptions, fieldOf, input } from "./input.ts";
export { type Kind, kindOf, problem, value } from "./kind.ts";
export {
  digestKind,
  durationKind,
  enumKind,
  numberKind,
  percentageKind,
  textKind,
} from "./kinds.ts";
export type { Log } from "./log.ts";
export { pathKind, workspaceFolder } from "./path.ts";
export { inlineText, type Summary } from "./summary.ts";
