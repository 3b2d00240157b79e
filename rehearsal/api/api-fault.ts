import { SluiceError } from "../../lib/error.ts";
import { parseDurationMs } from "../../lib/units/duration.ts";

export type FaultKind =
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "drop" }
  | { readonly kind: "rate-limit" }
  | { readonly kind: "slow"; readonly delayMs: number };

/** What GitHub's API does wrong on purpose, for the first so many requests that match. */
export interface ApiFault {
  readonly method: string;
  /** A path as GitHub documents it, where `*` stands for anything. */
  readonly path: string;
  readonly fault: FaultKind;
  readonly times: number;
}

const ACCEPTED =
  "METHOD /path=500, or =drop, =rate-limit, =slow:5s; * stands for anything, and x2 behind it for twice, as in 'POST *releases=502x2'";

/** Reads `POST *releases=502x2`. */
export function parseApiFault(text: string): ApiFault {
  const match = /^(\*|[A-Za-z]+) +(\S+)=([a-z0-9:.-]+?)(?:x(\d+))?$/.exec(text.trim());
  const [, method = "", path = "", what = "", times] = match ?? [];
  const fault = match ? kindOf(what) : undefined;
  if (!fault) {
    throw new SluiceError(
      "invalid-input",
      `The API fault '${text}' is given; ${ACCEPTED} is accepted`,
    );
  }
  return {
    method: method.toUpperCase(),
    path,
    fault,
    times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
  };
}

function kindOf(text: string): FaultKind | undefined {
  if (text === "drop" || text === "rate-limit") return { kind: text };
  const slow = /^slow:(.+)$/.exec(text)?.[1];
  if (slow !== undefined) {
    const delayMs = parseDurationMs(slow);
    return delayMs === undefined ? undefined : { kind: "slow", delayMs };
  }
  const status = Number(text);
  return Number.isInteger(status) && status >= 400 && status <= 599
    ? { kind: "status", status }
    : undefined;
}

/** Hands out the faults of a run, each as often as was asked for. */
export class ApiFaults {
  readonly #left: { readonly fault: ApiFault; readonly pattern: RegExp; times: number }[];

  constructor(faults: readonly ApiFault[]) {
    this.#left = faults.map((fault) => ({
      fault,
      pattern: new RegExp(`^${fault.path.split("*").map(literal).join(".*")}$`),
      times: fault.times,
    }));
  }

  next(method: string, path: string): FaultKind | undefined {
    const found = this.#left.find(
      ({ fault, pattern, times }) =>
        times > 0 && (fault.method === "*" || fault.method === method) && pattern.test(path),
    );
    if (!found) return undefined;
    found.times--;
    return found.fault.fault;
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
