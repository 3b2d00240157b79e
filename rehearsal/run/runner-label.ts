import { isMap, toText, type Value } from "../language/value.ts";

/** The labels of runners that GitHub hosts itself: any repository can use them. */
const HOSTED =
  /^(ubuntu-(latest|slim|\d\d\.\d\d(-arm)?)|windows-(latest|\d{4}|11-arm|\d{4}-vs\d+)|macos-(latest|\d+)(-(large|xlarge|intel))?)$/i;

/** How a runner's group is told among its labels. */
const GROUP = "group:";

/** A runner that a rehearsal is told of by `--runner self-hosted,linux,x64`. */
export type RunnerLabels = readonly string[];

/** The labels that `runs-on` asks for, and its group. */
function labelsOf(runsOn: Value): { labels: string[]; group: string } {
  if (isMap(runsOn)) return { labels: textsIn(runsOn.labels), group: toText(runsOn.group) };
  return { labels: textsIn(runsOn), group: "" };
}

function textsIn(value: Value | undefined): string[] {
  if (Array.isArray(value)) return value.map((item: Value) => toText(item));
  return value === undefined || value === null || value === "" ? [] : [toText(value)];
}

/**
 * Why no runner would ever take the job: on GitHub it would wait for a day and then fail.
 * Undefined when one would, or when nobody said which runners there are.
 */
export function whyNoRunner(runsOn: Value, runners: readonly RunnerLabels[]): string | undefined {
  if (runners.length === 0) return undefined;
  const { labels, group } = labelsOf(runsOn);
  if (group === "" && labels.length === 1 && HOSTED.test(labels[0] ?? "")) return undefined;
  const wanted = group === "" ? labels : [...labels, `${GROUP}${group}`];
  const folded = wanted.map((label) => label.toLowerCase());
  const taker = runners.find((runner) => {
    const own = runner.map((label) => label.toLowerCase());
    return folded.every((label) => own.includes(label));
  });
  if (taker) return undefined;
  const known = runners.map((runner) => `[${runner.join(", ")}]`).join(" ");
  const what = [
    labels.length > 0 ? `has the labels ${labels.join(", ")}` : "",
    group === "" ? "" : `is in the group ${group}`,
  ];
  return `no runner ${what.filter((part) => part !== "").join(" and ")}; there are GitHub's own and ${known}. GitHub would let the job wait for a day`;
}
