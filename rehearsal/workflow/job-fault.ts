import { faultAt } from "../language/document.ts";
import type { Fault } from "../language/fault.ts";
import { SequenceToken, StringToken } from "../language/github.ts";
import {
  type Entry,
  entriesOf,
  isExpression,
  isNothing,
  property,
  type Token,
  textOf,
} from "../language/token.ts";

/** What GitHub's service refuses in a job beyond its schema. */
export function tellJobFaults(faults: Fault[], file: string, entry: Entry): void {
  const job = entry.value;
  const steps = property(job, "steps");
  // Where the schema has told of something, steps may be missing for that.
  const isReadable = !faults.some(({ line }) => isWithin(job, line));
  if (isReadable && property(job, "runs-on") && !property(job, "uses") && isEmptyList(steps)) {
    const message = `No steps defined in \`steps\` and no workflow called in \`uses\` for the following jobs: ${entry.name}`;
    faultAt(faults, file, entry.key, message);
  }
  tellGroup(faults, file, property(property(job, "runs-on"), "group"));
  const matrix = property(property(job, "strategy"), "matrix");
  for (const { name, value } of entriesOf(matrix)) {
    if (name === "include" || name === "exclude") continue;
    if (value instanceof SequenceToken && isEmptyList(value)) {
      faultAt(faults, file, value, `Matrix vector '${name}' does not contain any values`);
    }
  }
  tellConcurrencyFaults(faults, file, property(job, "concurrency"));
  tellImage(faults, file, property(job, "container"));
  for (const { value } of entriesOf(property(job, "services"))) tellImage(faults, file, value);
}

/** A group can't both cancel what runs and queue what comes. */
export function tellConcurrencyFaults(
  faults: Fault[],
  file: string,
  concurrency: Token | undefined,
): void {
  const queue = property(concurrency, "queue");
  if (textOf(queue) !== "max") return;
  if (textOf(property(concurrency, "cancel-in-progress")) !== "true") return;
  faultAt(faults, file, queue, "'queue: max' can't be combined with 'cancel-in-progress: true'");
}

function isWithin({ range }: Token, line: number): boolean {
  return range !== undefined && line >= range.start.line && line <= range.end.line;
}

function isEmptyList(token: Token | undefined): boolean {
  return isNothing(token) || (token instanceof SequenceToken && token.count === 0);
}

/** A group may say whose it is: `organization/NAME` or `enterprise/NAME`. */
function tellGroup(faults: Fault[], file: string, token: Token | undefined): void {
  if (!(token instanceof StringToken) || !token.value.includes("/")) return;
  const [owner = "", name = "", ...more] = token.value.split("/");
  const isKnown = ["org", "organization", "ent", "enterprise"].includes(owner.toLowerCase());
  if (isKnown && name !== "" && more.length === 0) return;
  const hint =
    isKnown && more.length === 0
      ? ""
      : ". Please use 'organization/' or 'enterprise/' prefix to target a single runner group";
  faultAt(faults, file, token, `Invalid runs-on group name '${token.value}'${hint}`);
}

function tellImage(faults: Fault[], file: string, token: Token | undefined): void {
  if (token === undefined || isNothing(token) || isExpression(token)) return;
  if (token instanceof StringToken || property(token, "image")) return;
  const line = token.range?.start.line;
  if (faults.some((fault) => fault.line === line)) return; // the schema has told it
  faultAt(faults, file, token, "Container image cannot be empty");
}
