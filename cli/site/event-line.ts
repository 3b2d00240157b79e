import type { SiteEvent } from "../../lib/targets/local/site.ts";
import type { Weights } from "../../lib/targets/target.ts";

const WHY = {
  now: "",
  runner: "",
  "lost-lease": " because the runner vanished",
} as const;

/** One event for a person; undefined for what would only scroll by. */
export function eventLine(event: SiteEvent): string | undefined {
  const text = textOf(event);
  return text && `${new Date(event.atMs).toISOString().slice(11, 23)}  ${text}`;
}

function weightsText({ blue, green, baseline = 0 }: Weights): string {
  const serving = `blue ${blue} %, green ${green} %`;
  return baseline === 0 ? serving : `${serving}, baseline ${baseline} %`;
}

function textOf(event: SiteEvent): string | undefined {
  switch (event.kind) {
    case "weights":
      return `weights     ${weightsText(event.weights)}${WHY[event.by]}`;
    case "instance":
      return `instance    ${event.name} is ${event.up ? "up" : "DOWN"}: ${event.reason}`;
    case "placed":
      return `placed      ${event.version} on ${event.slot}`;
    case "retired":
      return `retired     ${event.version} from ${event.slot}`;
    case "lease":
      return `lease       ${event.how}${event.holder ? `: ${event.holder}` : ""}`;
    case "traffic":
      return undefined;
  }
}
