import type { Expr } from "@actions/expressions/ast";
import type { ExpressionData } from "@actions/expressions/data/expressiondata";
import type { FunctionDefinition, FunctionInfo } from "@actions/expressions/funcs/info";
import type { TemplateToken } from "@actions/workflow-parser/templates/tokens/template-token";
import { causes, SluiceError } from "../../lib/error.ts";
import {
  BasicExpressionToken,
  BooleanToken,
  data,
  Evaluator,
  InsertExpressionToken,
  Lexer,
  MappingToken,
  NumberToken,
  Parser,
  SequenceToken,
  StringToken,
  TokenType,
} from "./github.ts";
import { exactDictionary, toData, toValue, type Value } from "./value.ts";

const CONTEXT_NAMES = [
  "github",
  "env",
  "vars",
  "secrets",
  "job",
  "jobs",
  "steps",
  "runner",
  "needs",
  "strategy",
  "matrix",
  "inputs",
] as const;

export type ContextName = (typeof CONTEXT_NAMES)[number];

const STATUS_FUNCTIONS = ["success", "failure", "cancelled", "always"] as const;
type StatusFunction = (typeof STATUS_FUNCTIONS)[number];

/** What an expression can see. A context that is left out is empty. */
export interface Scope {
  readonly contexts: { readonly [name in ContextName]?: Value };
  /** The status functions, where they are available. `jobs` are success('id')'s arguments. */
  readonly status?: { readonly [name in StatusFunction]: (jobs: readonly string[]) => boolean };
  readonly hashFiles?: (patterns: readonly string[]) => string;
}

/** Converts a context only when an expression looks at it: an event's payload can be large. */
class Contexts extends data.Dictionary {
  readonly #scope: Scope;
  /** An object equals itself alone: within one expression a context is always the same. */
  readonly #known = new Map<string, ExpressionData>();

  constructor(scope: Scope) {
    super();
    this.#scope = scope;
  }

  override get(key: string): ExpressionData {
    const folded = key.toLowerCase();
    const known = this.#known.get(folded);
    if (known) return known;
    const name = CONTEXT_NAMES.find((context) => context === folded);
    const given = name && this.#scope.contexts[name];
    const value = given === undefined ? {} : given; // null stays: `matrix` without a matrix
    const made = name === "env" ? exactDictionary(value) : toData(value);
    this.#known.set(folded, made);
    return made;
  }
}

const FUNCTIONS: FunctionInfo[] = [
  ...STATUS_FUNCTIONS.map((name) => ({ name, minArgs: 0, maxArgs: 255 })),
  { name: "hashFiles", minArgs: 1, maxArgs: 255 },
];

const MAX_CACHED = 2000;
const cache = new Map<string, Expr>();

/** What an `if:` can see, by where it stands. */
const SEEN: { readonly [place in "job" | "step"]: readonly ContextName[] } = {
  job: ["github", "needs", "vars", "inputs"],
  step: [
    ...(["github", "needs", "strategy", "matrix", "job", "runner", "env"] as const),
    ...(["vars", "steps", "inputs"] as const),
  ],
};

/** Throws GitHub's ExpressionError when a condition names something that is not there. */
export function checkCondition(text: string, place: "job" | "step"): void {
  const functions = FUNCTIONS.filter(({ name }) => place === "step" || name !== "hashFiles");
  new Parser(tokensOf(text), [...SEEN[place]], functions).parse();
}

function tokensOf(text: string): ReturnType<InstanceType<typeof Lexer>["lex"]>["tokens"] {
  const { tokens } = new Lexer(text).lex();
  for (const token of tokens) {
    // The lexer undoes only the first doubled quote of a string.
    if (token.type === TokenType.STRING)
      token.value = token.lexeme.slice(1, -1).replaceAll("''", "'");
  }
  return tokens;
}

/** Throws GitHub's ExpressionError when the text is not an expression. */
export function parseExpression(text: string): Expr {
  const known = cache.get(text);
  if (known) return known;
  const parsed = new Parser(tokensOf(text), [...CONTEXT_NAMES], FUNCTIONS).parse();
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(text, parsed);
  return parsed;
}

function functionsOf(scope: Scope): Map<string, FunctionDefinition> {
  const functions = new Map<string, FunctionDefinition>();
  const define = (name: string, call: (...args: ExpressionData[]) => ExpressionData): void => {
    functions.set(name.toLowerCase(), { name, minArgs: 0, maxArgs: 255, call });
  };
  for (const name of STATUS_FUNCTIONS) {
    define(name, (...args) => {
      if (!scope.status) throw new Error(`${name}() is only available in if conditions`);
      return new data.BooleanData(scope.status[name](args.map((arg) => arg.coerceString())));
    });
  }
  define("fromJSON", (...args) => toData(JSON.parse(args[0]?.coerceString() ?? "") as Value));
  define("hashFiles", (...args) => {
    if (!scope.hashFiles) throw new Error("hashFiles() is only available in steps");
    return new data.StringData(scope.hashFiles(args.map((arg) => arg.coerceString())));
  });
  return functions;
}

/** Evaluates an expression, or a part of one, that was parsed. */
export function evaluateTree(tree: Expr, scope: Scope): Value {
  return toValue(new Evaluator(tree, new Contexts(scope), functionsOf(scope)).evaluate());
}

/** Evaluates the text between `${{` and `}}`. */
export function evaluateExpression(text: string, scope: Scope): Value {
  if (text.trim() === "") return null;
  try {
    return evaluateTree(parseExpression(text), scope);
  } catch (error) {
    throw new SluiceError(
      "invalid-workflow",
      `The expression \${{ ${text} }} failed: ${causes(error).join(": ")}`,
      { cause: error },
    );
  }
}

/** Evaluates a whole piece of a workflow, down to its leaves. */
export function evaluate(token: TemplateToken | undefined, scope: Scope): Value {
  if (token instanceof StringToken) return token.value;
  if (token instanceof NumberToken) return token.value;
  if (token instanceof BooleanToken) return token.value;
  if (token instanceof BasicExpressionToken) return evaluateExpression(token.expression, scope);
  if (token instanceof SequenceToken) {
    // The items of a list that an expression gives stand in its place.
    return [...token].flatMap((item) => {
      const value = evaluate(item, scope);
      return item instanceof BasicExpressionToken ? (value as Value | Value[]) : [value];
    });
  }
  if (token instanceof MappingToken) return evaluateMapping(token, scope);
  return null;
}

function evaluateMapping(
  token: InstanceType<typeof MappingToken>,
  scope: Scope,
): { [key: string]: Value } {
  const result = Object.create(null) as { [key: string]: Value };
  for (const { key, value } of token) {
    const evaluated = evaluate(value, scope);
    if (key instanceof InsertExpressionToken) {
      if (typeof evaluated === "object" && evaluated !== null) Object.assign(result, evaluated);
      continue;
    }
    const name = evaluate(key, scope);
    result[typeof name === "string" ? name : toData(name).coerceString()] = evaluated;
  }
  return result;
}
