import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Pair, parseDocument, visit } from "yaml";
import { SluiceError } from "../../lib/error.ts";
import { evaluateExpression } from "../../rehearsal/language/expression.ts";
import { expandMatrix } from "../../rehearsal/run/matrix.ts";
import { parseNameValues } from "../../rehearsal/runner/command-file.ts";
import { parseWorkflowCommand } from "../../rehearsal/runner/workflow-command.ts";
import { loadWorkflow } from "../../rehearsal/workflow/load.ts";
import { readWorkflow } from "../../rehearsal/workflow/read-workflow.ts";
import { folder } from "./rehearsed.ts";

/** More with SLUICE_FUZZ=20, which is twenty times as many. */
const TIMES = Number(process.env.SLUICE_FUZZ ?? 1);

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
    { numRuns: 600 * TIMES },
  );
});

/** Every file of ours, as a place to begin with. */
const OWN = readdirSync(join(import.meta.dirname, "../../.github/workflows"))
  .filter((name) => name.endsWith(".yml"))
  .map((name) => readFileSync(join(import.meta.dirname, "../../.github/workflows", name), "utf8"));

const ODD: readonly unknown[] = [
  ...[null, "", 0, -1, 1e99, true, [], {}, [[]], [null], { a: null }, ["push", null]],
  ...["${{ github.ref }}", "${{ fromJSON('[1]') }}", "${{", "${{ a b }}", "*", "../..", "inherit"],
  ...["constructor", "__proto__", { constructor: 1 }, { "": "" }, { toString: [] }, "always()"],
  ...[{ uses: "./.github/workflows/test.yml" }, [[1], { b: 2 }], { name: {} }, "\u0000"],
];

it("a workflow of which pieces are something else is loaded or has faults, and never crashes", () => {
  const change = fc.record({ at: fc.nat(), odd: fc.constantFrom(...ODD), key: fc.boolean() });
  fc.assert(
    fc.property(
      fc.constantFrom(VALID, ...OWN),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (text, changes) => {
        const dir = folder({ ".github/workflows/test.yml": mutated(text, changes) });
        const tree = { root: dir, repository: "o/r", ref: "main", sha: "0".repeat(40) };
        const file = ".github/workflows/test.yml";
        const { faults, loaded } = loadWorkflow(tree, file, []);
        if (!loaded) expect(faults.length).toBeGreaterThan(0);
        for (const fault of faults) {
          expect(fault.line).toBeGreaterThan(0);
          expect(fault.message).not.toMatch(/undefined|is not a function|Cannot read|\[object/);
        }
      },
    ),
    { numRuns: 60 * TIMES },
  );
});

function mutated(
  text: string,
  changes: readonly { at: number; odd: unknown; key: boolean }[],
): string {
  const document = parseDocument(text, { uniqueKeys: false });
  const pairs: Pair[] = [];
  visit(document, {
    Pair: (_key, pair) => {
      pairs.push(pair);
    },
  });
  for (const { at, odd, key } of changes) {
    const pair = pairs[at % pairs.length];
    if (!pair) continue;
    if (key && typeof odd !== "object") pair.key = document.createNode(odd);
    else pair.value = document.createNode(odd);
  }
  try {
    return document.toString();
  } catch {
    // What an alias means was changed away: it can't be written, and stands for nothing.
    return "";
  }
}

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
    { numRuns: 1000 * TIMES },
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
