import { type Kind, problem, value } from "../../lib/action/action.ts";
import { shellWords } from "../../lib/load/words.ts";

/** Flags as one would write them on a command line, on one line or on several. */
export const flagsKind: Kind<string[]> = {
  type: { name: "string" },
  accepted: "words as for a shell: --tag name='load test' -e RATE=200, on one line or several",
  parse(text) {
    const read = shellWords(text);
    return "problem" in read ? problem(read.problem) : value(read.words);
  },
};

/** `NAME=value`, one a line. */
export const variableKind: Kind<{ name: string; value: string }> = {
  type: { name: "string" },
  accepted: "NAME=value",
  parse(text) {
    const [, name, given] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(text) ?? [];
    return name === undefined || given === undefined ? problem() : value({ name, value: given });
  },
};
