/** One line of the Prometheus text format 0.0.4. */
export interface PrometheusSample {
  metric: string;
  labels: ReadonlyMap<string, string>;
  /** May be NaN or infinite, as the format allows. */
  value: number;
}

export interface PrometheusText {
  samples: PrometheusSample[];
  /** Names that `# TYPE` or `# HELP` announced, with or without samples. */
  announced: ReadonlySet<string>;
}

/** Names the line, so that whoever wrote the exporter finds it. */
class PrometheusSyntaxError extends Error {
  override readonly name = "PrometheusSyntaxError";
}

const METRIC = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const BLANKS = /[ \t]*/y;
const NUMBER = /^[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?)$/;
const TIMESTAMP = /^-?\d+$/;

/** Strict: a line that is not in the format makes the whole text worthless, for half of it may be missing. */
export function parsePrometheusText(text: string): PrometheusText {
  if (text !== "" && !text.endsWith("\n")) throw new PrometheusSyntaxError("the text is cut off");
  const samples: PrometheusSample[] = [];
  const announced = new Set<string>();
  text.split("\n").forEach((line, index) => {
    const trimmed = line.trim();
    if (trimmed === "") return;
    if (trimmed.startsWith("#")) {
      const [, keyword, metric] = trimmed.split(/[ \t]+/);
      if (metric && (keyword === "TYPE" || keyword === "HELP")) announced.add(metric);
      return;
    }
    samples.push(new LineReader(trimmed, index + 1).sample());
  });
  return { samples, announced };
}

class LineReader {
  readonly #line: string;
  readonly #number: number;
  #at = 0;

  constructor(line: string, number: number) {
    this.#line = line;
    this.#number = number;
  }

  sample(): PrometheusSample {
    const metric = this.#word(METRIC, "the name of a metric");
    this.#word(BLANKS, "blanks");
    const labels = this.#line[this.#at] === "{" ? this.#labels() : new Map<string, string>();
    const [value = "", timestamp, ...rest] = this.#line
      .slice(this.#at)
      .trim()
      .split(/[ \t]+/);
    if (rest.length > 0) throw this.#fault("nothing after the timestamp");
    if (timestamp !== undefined && !TIMESTAMP.test(timestamp)) throw this.#fault("a timestamp");
    return { metric, labels, value: this.#value(value) };
  }

  #labels(): Map<string, string> {
    const labels = new Map<string, string>();
    this.#at += 1;
    for (;;) {
      this.#word(BLANKS, "blanks");
      if (this.#take("}")) return labels;
      const name = this.#word(LABEL, "the name of a label");
      if (labels.has(name)) throw this.#fault(`label ${name} only once`);
      this.#word(BLANKS, "blanks");
      if (!this.#take("=")) throw this.#fault("=");
      this.#word(BLANKS, "blanks");
      labels.set(name, this.#quoted());
      this.#word(BLANKS, "blanks");
      if (!this.#take(",") && this.#line[this.#at] !== "}") throw this.#fault(", or }");
    }
  }

  #quoted(): string {
    if (!this.#take('"')) throw this.#fault("a quoted value");
    let text = "";
    for (;;) {
      const char = this.#line[this.#at];
      if (char === undefined) throw this.#fault("a closing quote");
      this.#at += 1;
      if (char === '"') return text;
      text += char === "\\" ? this.#escape() : char;
    }
  }

  #escape(): string {
    const char = this.#line[this.#at];
    this.#at += 1;
    if (char === "n") return "\n";
    if (char === "\\" || char === '"') return char;
    throw this.#fault('\\\\, \\" or \\n after a backslash');
  }

  #value(text: string): number {
    if (NUMBER.test(text)) return Number(text);
    switch (text.toLowerCase()) {
      case "nan":
        return Number.NaN;
      case "inf":
      case "+inf":
        return Number.POSITIVE_INFINITY;
      case "-inf":
        return Number.NEGATIVE_INFINITY;
      default:
        throw this.#fault("a number");
    }
  }

  #take(char: string): boolean {
    if (this.#line[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #word(pattern: RegExp, expected: string): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#line);
    if (!match) throw this.#fault(expected);
    this.#at += match[0].length;
    return match[0];
  }

  #fault(expected: string): PrometheusSyntaxError {
    return new PrometheusSyntaxError(
      `line ${this.#number}, column ${this.#at + 1}: expected ${expected}, found ${JSON.stringify(this.#line.slice(this.#at, this.#at + 20))}`,
    );
  }
}
