import fc from "fast-check";
import { expect, it } from "vitest";
import { SluiceError } from "../../lib/error.ts";
import { evaluateExpression } from "../../rehearsal/language/expression.ts";
import { expandMatrix } from "../../rehearsal/run/matrix.ts";
import { parseNameValues } from "../../rehearsal/runner/command-file.ts";
import { parseWorkflowCommand } from "../../rehearsal/runner/workflow-command.ts";
import { readWorkflow } from "../../rehearsal/workflow/read-workflow.ts";

const VALID = `
name: &n all of it
on: { push: { branches: [main] }, workflow_dispatch: { inputs: { a: { type: boolean, default: true } } } }
permissions: { contents: read }
env: { A: "\${{ github.ref }}" }
concurrency: { group: "\${{ github.ref }}", cancel-in-progress: true }
jobs:
  one:
    runs-on: [self-hosted, linux]
    strategy: { matrix: { n: [1, 2], include: [{ n: 3 }] } }
    environment: { name: production, url: https://x }
    steps:
      - uses: actions/checkout@v6
      - name: *n
        if: github.ref == 'x' && !cancelled()
        run: |
          echo \${{ matrix.n }}
        env: { B: "\${{ toJSON(github) }}" }
  two:
    needs: [One]
    uses: ./.github/workflows/x.yml
    with: { a: 1 }
    secrets: inherit
`;

const PIECES = [
  "${{",
  "}}",
  "&a",
  "*a",
  "*n",
  "{",
  "}",
  "[",
  "]",
  "- ",
  ": ",
  "null",
  "~",
  "1",
  "true",
  "!!binary x",
  "<<: *n",
  "\t",
  "\n",
  "'",
  '"',
  "|",
  ">",
  "? ",
  "needs: two",
  "if: ",
  "x".repeat(300),
  "0x1",
  "\u0000",
  "💥",
  "constructor: 1",
  "__proto__: { a: 1 }",
];

it("a mutated workflow is read or has faults with a place, and never crashes", () => {
  const lines = VALID.split("\n");
  const mutation = fc.record({
    at: fc.nat(VALID.length),
    drop: fc.nat(12),
    insert: fc.constantFrom("", ...PIECES),
    swap: fc.option(fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1)), {
      nil: undefined,
    }),
  });
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      let text = VALID;
      for (const { at, drop, insert, swap } of mutations) {
        text = text.slice(0, at) + insert + text.slice(at + drop);
        if (!swap) continue;
        const all = text.split("\n");
        const [a, b] = swap;
        [all[a], all[b]] = [all[b] ?? "", all[a] ?? ""];
        text = all.join("\n");
      }
      const { workflow, faults } = readWorkflow("f.yml", text);
      if (!workflow) expect(faults.length).toBeGreaterThan(0);
      for (const fault of faults) {
        expect(fault.line).toBeGreaterThan(0);
        expect(fault.column).toBeGreaterThan(0);
        expect(fault.message).not.toMatch(/undefined|is not a function|Cannot read/);
      }
    }),
    { numRuns: 600 },
  );
});

it("any expression gives a value or a SluiceError", () => {
  const token = fc.constantFrom(
    "github",
    ".ref",
    "['a']",
    "[0]",
    ".*",
    "(",
    ")",
    "&&",
    "||",
    "!",
    "==",
    "<",
    "1",
    "'x'",
    "fromJSON(",
    "toJSON(",
    "format('{0}',",
    "contains(",
    "hashFiles('**')",
    "success()",
    ",",
    "null",
    "constructor",
    "steps.toString",
    "{",
    "case(",
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 10 }), (tokens) => {
      try {
        evaluateExpression(tokens.join(" "), { contexts: { github: { ref: "x" } } });
      } catch (error) {
        expect(error).toBeInstanceOf(SluiceError);
      }
    }),
    { numRuns: 1000 },
  );
});

it("any matrix gives combinations or a SluiceError", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      try {
        expect(expandMatrix(value as never).length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(SluiceError);
      }
    }),
  );
});

it("any command file gives values or a SluiceError, and any value survives a heredoc", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        [...parseNameValues(text)];
      } catch (error) {
        expect(error).toBeInstanceOf(SluiceError);
      }
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme-ascii" })), (lines) => {
      const value = lines.join("\n");
      expect(new Map(parseNameValues(`x<<END_7\n${value}\nEND_7\n`)).get("x")).toBe(value);
    }),
  );
});

it("any line is a command or text", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, data) => {
      parseWorkflowCommand(`::${name}::${data}`);
      const command = parseWorkflowCommand(`::error title=a%2Cb::${encodeURI(data)}`);
      expect(command?.properties.get("title")).toBe("a,b");
    }),
  );
});
