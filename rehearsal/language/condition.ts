import type { Expr } from "@actions/expressions/ast";
import type { TemplateToken } from "@actions/workflow-parser/templates/tokens/template-token";
import { evaluateExpression, parseExpression, type Scope } from "./expression.ts";
import {
  BasicExpressionToken,
  Binary,
  BooleanToken,
  FunctionCall,
  Grouping,
  IndexAccess,
  Logical,
  NumberToken,
  StringToken,
  Unary,
} from "./github.ts";
import { isTruthy } from "./value.ts";

/** An `if:` as it is evaluated, with GitHub's implicit success() in place. */
export interface Condition {
  readonly source: string;
  readonly expression: string;
}

const STATUS = new Set(["success", "failure", "cancelled", "always"]);

/** `success()` when there is no `if:`. */
export function conditionFrom(text: string): Condition {
  const source = text.trim();
  if (source === "") return { source: "", expression: "success()" };
  if (asksForStatus(parseExpression(source))) return { source, expression: source };
  return { source, expression: `success() && (${source})` };
}

export function conditionText(token: TemplateToken | undefined): string {
  if (token instanceof BasicExpressionToken) return token.expression;
  if (token instanceof StringToken) return token.value;
  if (token instanceof BooleanToken || token instanceof NumberToken) return String(token.value);
  return "";
}

export function isMet(condition: Condition, scope: Scope): boolean {
  return isTruthy(evaluateExpression(condition.expression, scope));
}

function asksForStatus(tree: Expr): boolean {
  if (tree instanceof FunctionCall) {
    return STATUS.has(tree.functionName.lexeme.toLowerCase()) || tree.args.some(asksForStatus);
  }
  if (tree instanceof Binary) return asksForStatus(tree.left) || asksForStatus(tree.right);
  if (tree instanceof Unary) return asksForStatus(tree.expr);
  if (tree instanceof Logical) return tree.args.some(asksForStatus);
  if (tree instanceof Grouping) return asksForStatus(tree.group);
  if (tree instanceof IndexAccess) return asksForStatus(tree.expr) || asksForStatus(tree.index);
  return false;
}
