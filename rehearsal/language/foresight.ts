import type { Expr } from "@actions/expressions/ast";
import { evaluateTree, parseExpression, type Scope } from "./expression.ts";
import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Unary,
} from "./github.ts";
import { isTruthy } from "./value.ts";

/** What a condition will be, as far as it can be said before anything ran. */
export type Foreseen = boolean | "unknown";

/** Evaluates a condition in which some names are not known yet; `isKnown` gets them as `needs.build.outputs.x`. */
export function foresee(
  expression: string,
  scope: Scope,
  isKnown: (name: string) => boolean,
): Foreseen {
  return decide(parseExpression(expression), scope, isKnown);
}

/** The names in an expression that are not known yet. */
export function unknownNames(expression: string, isKnown: (name: string) => boolean): string[] {
  const names = namesIn(parseExpression(expression));
  return [...new Set(names.filter((name) => !isKnown(name)))];
}

function decide(tree: Expr, scope: Scope, isKnown: (name: string) => boolean): Foreseen {
  if (tree instanceof Grouping) return decide(tree.group, scope, isKnown);
  if (tree instanceof Unary) {
    const inner = decide(tree.expr, scope, isKnown);
    return inner === "unknown" ? inner : !inner;
  }
  if (tree instanceof Logical) {
    const parts = tree.args.map((part) => decide(part, scope, isKnown));
    const deciding = tree.operator.lexeme === "||";
    if (parts.includes(deciding)) return deciding;
    return parts.includes("unknown") ? "unknown" : !deciding;
  }
  if (!namesIn(tree).every(isKnown)) return "unknown";
  return isTruthy(evaluateTree(tree, scope));
}

function namesIn(tree: Expr): string[] {
  const path = pathOf(tree);
  if (path !== undefined) return [path];
  if (tree instanceof FunctionCall) {
    const own = tree.functionName.lexeme.toLowerCase() === "hashfiles" ? ["hashFiles"] : [];
    return [...own, ...tree.args.flatMap(namesIn)];
  }
  if (tree instanceof Binary) return [...namesIn(tree.left), ...namesIn(tree.right)];
  if (tree instanceof Unary) return namesIn(tree.expr);
  if (tree instanceof Logical) return tree.args.flatMap(namesIn);
  if (tree instanceof Grouping) return namesIn(tree.group);
  if (tree instanceof IndexAccess) return [...namesIn(tree.expr), ...namesIn(tree.index)];
  return [];
}

/** `needs.build.result` of its pieces; undefined when it is no plain way into a context. */
function pathOf(tree: Expr): string | undefined {
  if (tree instanceof ContextAccess) return tree.name.lexeme;
  if (!(tree instanceof IndexAccess)) return undefined;
  const base = pathOf(tree.expr);
  if (base === undefined) return undefined;
  return tree.index instanceof Literal ? `${base}.${tree.index.literal.coerceString()}` : base;
}
