import type { z } from "zod";
import { nearest } from "../nearest.ts";
import type { SourceDocument } from "./document.ts";
import { type Fault, firstOfEachKey, keyOf, show } from "./fault.ts";
import { acceptedKeys } from "./keys.ts";

type Issue = z.core.$ZodIssue;

/** The schema's complaints as faults with places; one for each key. */
export function faultsOf(issues: readonly Issue[], source: SourceDocument): Fault[] {
  const faults = issues
    .flatMap((issue) => flatten(issue, []))
    .flatMap((issue) => {
      if (issue.code === "unrecognized_keys") return unknownKeys(issue, source);
      if (issue.code === "invalid_key") return [unfitKey(issue, source)];
      return [fault(issue.path, issue.message, source)];
    });
  return firstOfEachKey(faults, ({ key }) => key);
}

/** What was given at `path`, and what is accepted there. */
export function fault(
  path: readonly PropertyKey[],
  accepted: string,
  source: SourceDocument,
  absent = "is missing",
): Fault {
  const given = valueAt(source.value, path);
  const found = given === undefined ? absent : `given ${show(given)}`;
  return { key: keyOf(path), ...source.locate(path), message: `${found}; accepted: ${accepted}` };
}

function unknownKeys(
  issue: Extract<Issue, { code: "unrecognized_keys" }>,
  source: SourceDocument,
): Fault[] {
  const known = acceptedKeys(issue.path);
  return issue.keys.map((key) => {
    const near = nearest(key, known);
    const meant = near === undefined ? "" : `did you mean ${near}? `;
    return {
      key: keyOf([...issue.path, key]),
      ...source.locateKey([...issue.path, key]),
      message: `is not a key here; ${meant}accepted: ${known.join(", ")}`,
    };
  });
}

/** A name that a mapping with free keys does not take. */
function unfitKey(issue: Extract<Issue, { code: "invalid_key" }>, source: SourceDocument): Fault {
  const accepted = issue.issues[0]?.message ?? issue.message;
  return {
    key: keyOf(issue.path),
    ...source.locateKey(issue.path),
    message: `given ${show(issue.path.at(-1))} as a key; accepted: ${accepted}`,
  };
}

/** Of a choice that failed, the complaints of the branch that was meant: the one that got deepest. */
function flatten(issue: Issue, above: readonly PropertyKey[]): Issue[] {
  const placed = { ...issue, path: [...above, ...issue.path] } as Issue;
  if (placed.code !== "invalid_union") return [placed];
  const meant = placed.errors.find((branch) => branch.every(isAboutContent));
  if (meant === undefined || meant.length === 0) return [placed];
  return meant.flatMap((inner) => flatten(inner, placed.path));
}

/** The value had the shape of the branch, only not its content. */
function isAboutContent(issue: Issue): boolean {
  return issue.path.length > 0 || !["invalid_type", "invalid_union"].includes(issue.code);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Object.hasOwn(value, part) ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  }, root);
}
