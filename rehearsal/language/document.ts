import type { TemplateSchema } from "@actions/workflow-parser/templates/schema/template-schema";
import type { Fault } from "./fault.ts";
import {
  actionFileSchema,
  BasicExpressionToken,
  FeatureFlags,
  NoOperationTraceWriter,
  readTemplate,
  TemplateContext,
  TemplateToken,
  TemplateValidationErrors,
  workflowFileSchema,
} from "./github.ts";
import type { Token } from "./token.ts";
import { YamlReader } from "./yaml-reader.ts";

/** GitHub refuses larger files. */
const MAX_FILE_CHARACTERS = 1024 * 1024;
const MAX_FAULTS = 100;
const MAX_EXPRESSION_CHARACTERS = 21_000;

/** A YAML file that went through GitHub's schema. */
export interface Document {
  readonly file: string;
  readonly root: Token | undefined;
  readonly faults: Fault[];
}

/** Adds a fault at a token's place. */
export function faultAt(
  faults: Fault[],
  file: string,
  token: Token | undefined,
  message: string,
): void {
  const start = token?.range?.start;
  faults.push({ file, line: start?.line ?? 1, column: start?.column ?? 1, message });
}

export function readWorkflowDocument(file: string, content: string): Document {
  return readDocument(file, content, "workflow-root-strict", workflowFileSchema);
}

export function readActionDocument(file: string, content: string): Document {
  return readDocument(file, content, "action-root", actionFileSchema());
}

function readDocument(
  file: string,
  content: string,
  type: string,
  schema: TemplateSchema,
): Document {
  if (content.length > MAX_FILE_CHARACTERS) {
    const message = `The file has ${content.length} characters; at most ${MAX_FILE_CHARACTERS} are accepted`;
    return { file, root: undefined, faults: [{ file, line: 1, column: 1, message }] };
  }
  const errors = new TemplateValidationErrors(MAX_FAULTS, 1000);
  const context = new TemplateContext(errors, schema, new NoOperationTraceWriter());
  context.state.featureFlags = new FeatureFlags({ all: true });
  const fileId = context.getFileId(file);
  const reader = new YamlReader(fileId, content);
  if (reader.faults.length > 0) {
    return { file, root: undefined, faults: reader.faults.map((fault) => ({ file, ...fault })) };
  }
  const root = readTemplate(context, type, reader, fileId);
  const faults = errors.getErrors().map((error) => {
    const { line, column } = error.range?.start ?? { line: 1, column: 1 };
    const block = reader.blocks.find(
      ({ firstLine, lastLine }) => line >= firstLine && line <= lastLine,
    );
    return { file, line, column: column + (block?.indent ?? 0), message: error.rawMessage };
  });
  if (root) tellLongExpressions(faults, file, root);
  return { file, root, faults };
}

/** A script with an expression in it is one expression, and GitHub bounds those. */
function tellLongExpressions(faults: Fault[], file: string, root: Token): void {
  for (const [, token] of TemplateToken.traverse(root)) {
    if (!(token instanceof BasicExpressionToken)) continue;
    if (token.expression.length <= MAX_EXPRESSION_CHARACTERS) continue;
    faultAt(faults, file, token, `Exceeded max expression length ${MAX_EXPRESSION_CHARACTERS}`);
  }
}
