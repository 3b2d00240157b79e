import { BasicExpressionToken, Lexer, TokenType } from "./github.ts";
import type { Token } from "./token.ts";

/**
 * A text as its author wrote it, expressions and all.
 * GitHub's reader holds `a ${{ b }}` as the expression `format('a {0}', b)`; this turns it back.
 */
export function sourceText(token: Token): string {
  if (!(token instanceof BasicExpressionToken)) return token.toString();
  const parts = token.originalExpressions;
  if (!parts) return `\${{ ${token.expression} }}`;
  const format = new Lexer(token.expression)
    .lex()
    .tokens.find(({ type }) => type === TokenType.STRING);
  const text = format?.lexeme.slice(1, -1).replaceAll("''", "'") ?? "";
  return text.replace(/\{\{|\}\}|\{(\d+)\}/g, (found, index: string | undefined) =>
    index === undefined ? found.charAt(0) : `\${{ ${parts[Number(index)]?.expression ?? ""} }}`,
  );
}
