import type { TemplateToken } from "@actions/workflow-parser/templates/tokens/template-token";
import {
  BooleanToken,
  InsertExpressionToken,
  MappingToken,
  NullToken,
  NumberToken,
  SequenceToken,
  StringToken,
} from "./github.ts";

export type Token = TemplateToken;

export interface Entry {
  readonly key: Token;
  readonly name: string;
  readonly value: Token;
}

/** The entries of a mapping; none when it is something else. */
export function entriesOf(token: Token | undefined): Entry[] {
  if (!(token instanceof MappingToken)) return [];
  return [...token]
    .filter(({ key }) => !(key instanceof InsertExpressionToken))
    .map(({ key, value }) => ({ key, name: key.toString(), value }));
}

/** A property of a mapping, or undefined. */
export function property(token: Token | undefined, name: string): Token | undefined {
  return entriesOf(token).find((entry) => entry.name === name)?.value;
}

export function itemsOf(token: Token | undefined): Token[] {
  return token instanceof SequenceToken ? [...token] : [];
}

/** A literal as text; undefined for anything else. */
export function textOf(token: Token | undefined): string | undefined {
  if (token instanceof StringToken) return token.value;
  if (token instanceof NumberToken || token instanceof BooleanToken) return String(token.value);
  return undefined;
}

/** One string, or a list of them: both forms are accepted in many places. */
export function textsOf(token: Token | undefined): { text: string; token: Token }[] {
  const items = token instanceof SequenceToken ? [...token] : token ? [token] : [];
  return items.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ text, token: item }];
  });
}

export function isNothing(token: Token | undefined): boolean {
  return token === undefined || token instanceof NullToken;
}

export function isExpression(token: Token | undefined): boolean {
  return token?.isExpression ?? false;
}
