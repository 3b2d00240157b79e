import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellWords } from "../../../lib/load/words.ts";

describe("flags", () => {
  it.each([
    ["--tag name='load test'  -e A=1", ["--tag", "name=load test", "-e", "A=1"]],
    ["-e\nGREETING=hello\\ there\n", ["-e", "GREETING=hello there"]],
    ['"a \\"b\\" $HOME `x` \\n" \'\'', ['a "b" $HOME `x` \\n', ""]],
    ["", []],
    ["a\\\nb", ["ab"]],
  ])("%j are split as a shell splits them, and nothing is expanded", (text, words) => {
    expect(shellWords(text)).toEqual({ words });
  });

  it.each(["'a", 'x"', "a\\"])("%j are refused", (text) => {
    expect(shellWords(text)).toHaveProperty("problem");
  });

  it("come back from any words that were quoted", () => {
    const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(shellWords(words.map(quoted).join(" "))).toEqual({ words });
      }),
    );
  });
});
