import { registerHooks } from "node:module";
import type { TemplateSchema } from "@actions/workflow-parser/templates/schema/template-schema";

// GitHub's packages import their JSON schemas without `with { type: "json" }`, which Node refuses;
// the hook adds the attribute to their files only, and must stand before they are loaded.
registerHooks({
  load(url, context, next) {
    if (!url.endsWith(".json") || !url.includes("/@actions/")) return next(url, context);
    return next(url, { ...context, importAttributes: { type: "json" } });
  },
});

const [
  reader,
  context,
  workflowSchema,
  actionSchema,
  tokens,
  trace,
  parseEvent,
  allowed,
  mappings,
  choices,
  properties,
  texts,
] = await Promise.all([
  import("@actions/workflow-parser/templates/template-reader"),
  import("@actions/workflow-parser/templates/template-context"),
  import("@actions/workflow-parser/workflows/workflow-schema"),
  import("@actions/workflow-parser/actions/action-schema"),
  import("@actions/workflow-parser/templates/tokens/index"),
  import("@actions/workflow-parser/templates/trace-writer"),
  import("@actions/workflow-parser/templates/parse-event"),
  import("@actions/workflow-parser/templates/allowed-context"),
  import("@actions/workflow-parser/templates/schema/mapping-definition"),
  import("@actions/workflow-parser/templates/schema/one-of-definition"),
  import("@actions/workflow-parser/templates/schema/property-definition"),
  import("@actions/workflow-parser/templates/schema/string-definition"),
]);
const [expressions, ast, lexer, features] = await Promise.all([
  import("@actions/expressions"),
  import("@actions/expressions/ast"),
  import("@actions/expressions/lexer"),
  import("@actions/expressions/features"),
]);

/** GitHub's own schema validation: turns a stream of YAML events into a tree of tokens. */
export const { readTemplate } = reader;
export const { TemplateContext, TemplateValidationErrors } = context;
/** Checked once: their tables of properties are plain objects, in which `constructor` would be found. */
export const workflowFileSchema = asTheService(
  withoutPrototypes(workflowSchema.getWorkflowSchema()),
);
let actions: TemplateSchema | undefined;
/** Made when the first action is read: many workflows have none. */
export function actionFileSchema(): TemplateSchema {
  actions ??= withoutPrototypes(actionSchema.getActionSchema());
  return actions;
}
export const { NoOperationTraceWriter } = trace;
export const { ParseEvent, EventType } = parseEvent;
export const { splitAllowedContext } = allowed;
export const {
  BasicExpressionToken,
  BooleanToken,
  InsertExpressionToken,
  MappingToken,
  NullToken,
  NumberToken,
  SequenceToken,
  StringToken,
  TemplateToken,
} = tokens;

/** GitHub's own expression language. */
export const { Lexer, Parser, Evaluator, data, wellKnownFunctions } = expressions;
export const {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Unary,
} = ast;
export const { TokenType } = lexer;
export const { FeatureFlags } = features;

function withoutPrototypes(schema: TemplateSchema): TemplateSchema {
  for (const definition of Object.values(schema.definitions)) {
    if ("properties" in definition && typeof definition.properties === "object") {
      Object.setPrototypeOf(definition.properties, null);
    }
  }
  return schema;
}

/** GitHub's service takes `on: repository_dispatch`, an empty `inputs:`, and an input that says nothing about itself. */
function asTheService(schema: TemplateSchema): TemplateSchema {
  const { definitions } = schema;
  // It names another event there.
  const dispatched = definitions["repository-dispatch-string"];
  if (dispatched instanceof texts.StringDefinition) dispatched.constant = "repository_dispatch";
  const dispatch = definitions["workflow-dispatch-mapping"];
  const inputs = definitions["workflow-dispatch-inputs"];
  if (!(dispatch instanceof mappings.MappingDefinition)) return schema;
  if (!(inputs instanceof mappings.MappingDefinition)) return schema;
  const text = orNothing(schema, "workflow-dispatch-inputs");
  const type = new tokens.StringToken(undefined, undefined, text, undefined);
  dispatch.properties.inputs = new properties.PropertyDefinition(type);
  inputs.looseValueType = orNothing(schema, "workflow-dispatch-input");
  return schema;
}

function orNothing(schema: TemplateSchema, name: string): string {
  const definition = new choices.OneOfDefinition(`${name}-or-nothing`);
  definition.oneOf.push("null", name);
  schema.definitions[definition.key] = definition;
  return definition.key;
}
