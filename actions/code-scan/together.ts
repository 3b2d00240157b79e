import type { z } from "zod";

interface Given {
  scanner: string;
  sarif: string[] | undefined;
  rules: string[] | undefined;
}

/** Refuses what the scanner would ignore: who wrote it believes that it is heeded. */
export function mustGoTogether({ scanner, sarif, rules }: Given, context: z.RefinementCtx): void {
  const refuse = (name: keyof Given, message: string) =>
    context.addIssue({ code: "custom", path: [name], message });
  if (sarif !== undefined && scanner !== "sarif") {
    refuse("sarif", `only scanner sarif reads it, and this is ${scanner}`);
  }
  if (rules !== undefined && scanner !== "semgrep") {
    refuse("rules", `only scanner semgrep has rules that can be chosen, and this is ${scanner}`);
  }
}
