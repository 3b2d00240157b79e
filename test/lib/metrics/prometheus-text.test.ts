import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type PrometheusSample,
  parsePrometheusText,
} from "../../../lib/metrics/prometheus-text.ts";

function only(line: string): PrometheusSample {
  const [sample, ...rest] = parsePrometheusText(`${line}\n`).samples;
  if (!sample || rest.length > 0) throw new Error("not one sample");
  return sample;
}

describe("Prometheus text", () => {
  it("is read with labels, blanks and a timestamp", () => {
    const { metric, labels, value } = only('a:b_total { x = "1" , y="2", } 12.5e2 1395066363000');
    expect({ metric, value }).toEqual({ metric: "a:b_total", value: 1250 });
    expect(Object.fromEntries(labels)).toEqual({ x: "1", y: "2" });
  });

  it.each([
    ["a 1", 1],
    ["a +1.", 1],
    ["a .5", 0.5],
    ["a -3e-2", -0.03],
    ["a NaN", Number.NaN],
    ["a +Inf", Number.POSITIVE_INFINITY],
    ["a -Inf", Number.NEGATIVE_INFINITY],
  ])("reads the value of %s", (line, value) => {
    expect(only(line).value).toBe(value);
  });

  it("gives back any label value that was escaped into it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        const escaped = value
          .replaceAll("\\", "\\\\")
          .replaceAll('"', '\\"')
          .replaceAll("\n", "\\n");
        // A carriage return and its like end no line in this format.
        expect(only(`m{l="${escaped}"} 1`).labels.get("l")).toBe(value);
      }),
    );
  });

  it("knows what was announced, and passes over comments and empty lines", () => {
    const text = "# HELP a Words.\n# TYPE b counter\n\n# anything\n   \nb 1\n";
    const { samples, announced } = parsePrometheusText(text);
    expect([...announced]).toEqual(["a", "b"]);
    expect(samples).toHaveLength(1);
  });

  it("may be empty", () => {
    expect(parsePrometheusText("").samples).toEqual([]);
  });

  it.each([
    ["half a line", "a 1\nb 2", "cut off"],
    ["no value", "a\n", "line 1, column 2: expected a number"],
    ["a word for a value", "a 1\nb many\n", "line 2"],
    ["hexadecimal", "a 0x10\n", "expected a number"],
    ["a value and more", "a 1 2 3\n", "nothing after the timestamp"],
    ["a timestamp that is none", "a 1 soon\n", "expected a timestamp"],
    ["an open label", 'a{x="1} 1\n', "a closing quote"],
    ["a label without quotes", "a{x=1} 1\n", "a quoted value"],
    ["a label twice", 'a{x="1",x="2"} 1\n', "label x only once"],
    ["a foreign escape", 'a{x="\\t"} 1\n', "after a backslash"],
    ["no comma", 'a{x="1" y="2"} 1\n', "expected , or }"],
    ["a name with a digit first", "1a 1\n", "the name of a metric"],
    ["an HTML page", "<!doctype html>\n", "the name of a metric"],
  ])("refuses %s, naming the place", (_, text, message) => {
    expect(() => parsePrometheusText(text)).toThrow(message);
  });
});
