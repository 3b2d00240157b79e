import { SluiceError } from "../error.ts";

/** What k6 is told in every run: no reports home, no port of its own, and a stream of samples. */
const ALWAYS = ["run", "--quiet", "--no-color", "--no-usage-report", "--address", ""];
const STREAM = ["--out", "json=-"];

/** Flags that say how much load there is; with two arms that is decided by blocks. */
const LOAD_FLAGS = ["--vus", "--duration", "--iterations", "--stage", "--execution-segment"];
const LOAD_SHORT_FLAGS = /^-[udis]/;
/** Variables by which k6 takes the same from the environment. */
const LOAD_VARIABLES = ["K6_VUS", "K6_DURATION", "K6_ITERATIONS", "K6_STAGES", "K6_OUT"];

/** Variables by which a step before could take a script's thresholds away; a flag is written where the gate is. */
const JUDGING_VARIABLES = ["K6_NO_THRESHOLDS", "K6_THRESHOLDS"];

/** argv of `k6 run`. */
export function runArguments(
  script: string,
  flags: readonly string[],
  variables: Readonly<Record<string, string>>,
): string[] {
  return [...ALWAYS, ...STREAM, ...variableFlags(variables), ...flags, script];
}

/**
 * argv of `k6 inspect`; of the flags only variables matter to it. Unlike `run` it shows the script no variables of the
 * environment unless it is told, and a rate is often one of them.
 */
export function inspectArguments(
  script: string,
  flags: readonly string[],
  variables: Readonly<Record<string, string>>,
): string[] {
  return [
    "inspect",
    "--include-system-env-vars",
    ...variableFlags(variables),
    ...variablesIn(flags),
    script,
  ];
}

/** Throws `invalid-input` for flags that would take the load out of the blocks' hands. */
export function mustNotSetLoad(flags: readonly string[]): void {
  const wrong = flags.find(
    (flag) =>
      LOAD_SHORT_FLAGS.test(flag) ||
      LOAD_FLAGS.some((name) => flag === name || flag.startsWith(`${name}=`)),
  );
  if (wrong === undefined) return;
  throw new SluiceError(
    "invalid-input",
    `flags: ${wrong} sets the load, which blocks decide when two versions are compared`,
    { hint: "set rate or VUs in the script's options, and the length by `duration` and `block`" },
  );
}

/**
 * The job's environment, without what would take the decision out of the script's hands, and made safe for a run of
 * blocks. Nothing is looked up from outside by k6 itself.
 */
export function k6Environment(env: NodeJS.ProcessEnv, inBlocks: boolean): NodeJS.ProcessEnv {
  const withheld = inBlocks ? [...JUDGING_VARIABLES, ...LOAD_VARIABLES] : JUDGING_VARIABLES;
  const kept = Object.entries(env).filter(([name]) => !withheld.includes(name));
  return { K6_AUTO_EXTENSION_RESOLUTION: "false", ...Object.fromEntries(kept) };
}

function variableFlags(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
}

function variablesIn(flags: readonly string[]): string[] {
  return flags.flatMap((flag, at) => {
    const next = flags[at + 1];
    if ((flag === "-e" || flag === "--env") && next !== undefined) return ["-e", next];
    const isKnown = /^--(env|include-system-env-vars)(=|$)/.test(flag);
    return isKnown ? [flag] : [];
  });
}
