import { THROWN } from "./block-book.ts";
import type { K6Scenario } from "./interleave.ts";
import { BEGUN, ENDED } from "./under-way.ts";

export interface Wrapping {
  /** Absolute path of the user's script. */
  script: string;
  /** The functions that its scenarios run. */
  execs: readonly string[];
  /** Where k6 writes what it knows at its end. */
  summaryPath: string;
  /** In place of the script's own load. */
  load?: { scenarios: Readonly<Record<string, K6Scenario>>; anchorMs: number; cycleMs: number };
  /** Whether the script's own handleSummary is called; two arms must not write the same files. */
  callsSummary: boolean;
}

/**
 * A k6 script around the user's: everything that it exports stays as it is, but iterations that throw are counted
 * (k6 does not tell them from others), their beginnings and ends are told, and what k6 knows at the end is written for us as well as for the script's
 * own handleSummary.
 */
export function wrapperText(wrapping: Wrapping): string {
  const { script, execs, summaryPath, load, callsSummary } = wrapping;
  const from = JSON.stringify(script);
  return `import { sleep as sluiceSleep } from "k6";
import { Counter as SluiceCounter } from "k6/metrics";
import * as sluiceScript from ${from};
export * from ${from};

const sluiceThrown = new SluiceCounter(${JSON.stringify(THROWN)});
const sluiceBegun = new SluiceCounter(${JSON.stringify(BEGUN)});
const sluiceEnded = new SluiceCounter(${JSON.stringify(ENDED)});
const SLUICE_STATS = ["avg", "min", "med", "max", "p(90)", "p(95)", "p(99)", "count"];
${load ? loadText(load) : `const sluiceLoad = (options) => options;`}
const sluiceGiven = sluiceScript.options ?? {};
const sluiceStats = [...new Set([...(sluiceGiven.summaryTrendStats ?? []), ...SLUICE_STATS])];
export const options = sluiceLoad({ ...sluiceGiven, summaryTrendStats: sluiceStats });

function sluiceCounted(work) {
  return function (...args) {
    const beganMs = Date.now();
    sluiceBegun.add(beganMs);
    const ended = (value) => {
      sluiceEnded.add(beganMs);
      return value;
    };
    const failed = (error) => {
      ended();
      sluiceThrown.add(1);
      throw error;
    };
    try {
      const result = work.apply(this, args);
      return typeof result?.then === "function" ? result.then(ended, failed) : ended(result);
    } catch (error) {
      return failed(error);
    }
  };
}
${execs.filter(isIdentifier).map(execText).join("\n")}

export function handleSummary(data) {
  for (const name of [${JSON.stringify(BEGUN)}, ${JSON.stringify(ENDED)}]) delete data.metrics[name];
  const ours = { ${JSON.stringify(summaryPath)}: JSON.stringify(data) };
  if (!${callsSummary} || typeof sluiceScript.handleSummary !== "function") return ours;
  try {
    return { ...sluiceScript.handleSummary(data), ...ours };
  } catch (error) {
    console.error(\`handleSummary of the script failed: \${error}\`);
    return ours;
  }
}
`;
}

/** Only these can be exported by name; k6 takes others too, and their exceptions are not counted. */
function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** A script whose function is missing is k6's to complain about. */
function execText(name: string): string {
  const own = `sluiceScript[${JSON.stringify(name)}]`;
  const wrapped = `typeof ${own} === "function" ? sluiceCounted(${own}) : ${own}`;
  return name === "default" ? `export default ${wrapped};` : `export const ${name} = ${wrapped};`;
}

/** Both arms begin at a multiple of a cycle on the machine's clock, so they need not know of each other. */
function loadText({ scenarios, anchorMs, cycleMs }: NonNullable<Wrapping["load"]>): string {
  return `const SLUICE_SHORTCUTS = ["vus", "duration", "iterations", "stages", "scenarios"];
const sluiceLoad = (given) => {
  const kept = Object.entries(given).filter(([name]) => !SLUICE_SHORTCUTS.includes(name));
  return { ...Object.fromEntries(kept), scenarios: ${JSON.stringify(scenarios)} };
};
export function setup() {
  const data = typeof sluiceScript.setup === "function" ? sluiceScript.setup() : undefined;
  const aligned = (value) => {
    const sinceMs = Date.now() + 20 - ${anchorMs};
    const beginMs = ${anchorMs} + Math.ceil(sinceMs / ${cycleMs}) * ${cycleMs};
    sluiceSleep((beginMs - Date.now()) / 1000);
    return value;
  };
  return typeof data?.then === "function" ? data.then(aligned) : aligned(data);
}`;
}
