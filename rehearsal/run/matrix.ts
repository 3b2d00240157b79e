import { SluiceError } from "../../lib/error.ts";
import { isMap, toText, type Value } from "../language/value.ts";

/** GitHub's limit on the jobs of one matrix. */
const MAX_JOBS = 256;

export type Combination = { readonly [key: string]: Value };

/** The jobs that a matrix makes, in GitHub's order. */
export function expandMatrix(matrix: Value): Combination[] {
  if (!isMap(matrix)) {
    throw malformed(`The matrix is ${JSON.stringify(matrix)}; a mapping is accepted`);
  }
  const axes: [string, readonly Value[]][] = [];
  for (const [name, values] of Object.entries(matrix)) {
    if (name === "include" || name === "exclude") continue;
    const list = asList(values);
    if (!list)
      throw malformed(`Matrix vector '${name}' is ${JSON.stringify(values)}; a list is accepted`);
    if (list.length === 0) throw malformed(`Matrix vector '${name}' does not contain any values`);
    axes.push([name, list]);
  }
  const excludes = combinationsIn(matrix.exclude, "exclude");
  const includes = combinationsIn(matrix.include, "include");
  const original = product(axes).filter(
    (combination) => !excludes.some((exclude) => matches(combination, exclude)),
  );
  const result = addIncludes(
    axes.length === 0 ? [] : original,
    includes,
    new Set(axes.map(([name]) => name)),
  );
  if (result.length === 0) throw malformed("The matrix does not contain any job");
  if (result.length > MAX_JOBS) {
    throw malformed(`The matrix has ${result.length} jobs; at most ${MAX_JOBS} are accepted`);
  }
  return result;
}

function malformed(message: string): SluiceError {
  return new SluiceError("invalid-workflow", message);
}

function asList(value: Value | undefined): readonly Value[] | undefined {
  return Array.isArray(value) ? (value as readonly Value[]) : undefined;
}

function combinationsIn(value: Value | undefined, name: string): Combination[] {
  if (value === undefined || value === null || value === "") return [];
  const list = asList(value);
  if (!list)
    throw malformed(`The matrix's '${name}' is ${JSON.stringify(value)}; a list is accepted`);
  return list.map((item) => {
    if (isMap(item)) return item;
    throw malformed(`The matrix's '${name}' has ${JSON.stringify(item)}; a mapping is accepted`);
  });
}

function product(axes: readonly [string, readonly Value[]][]): Combination[] {
  let combinations: Combination[] = [{}];
  for (const [name, values] of axes) {
    if (combinations.length * values.length > MAX_JOBS * 16) {
      throw malformed(`The matrix has more than ${MAX_JOBS} jobs`);
    }
    combinations = combinations.flatMap((combination) =>
      values.map((value) => ({ ...combination, [name]: value })),
    );
  }
  return combinations;
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  if (isScalar(a) && isScalar(b)) return toText(a) === toText(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: Value, at) => same(item, b[at] as Value));
  }
  if (isMap(a) && isMap(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
  }
  return false;
}

function isScalar(value: Value | undefined): boolean {
  return value !== undefined && (typeof value !== "object" || value === null);
}

function matches(combination: Combination, exclude: Combination): boolean {
  return Object.entries(exclude).every(([name, value]) => {
    const own = combination[name];
    if (isMap(own) && isMap(value)) return matches(own, value);
    return same(own, value);
  });
}

/**
 * An `include` is added to every original combination whose original values it does not change; one that fits nowhere
 * becomes a combination of its own.
 */
function addIncludes(
  original: readonly Combination[],
  includes: readonly Combination[],
  axes: ReadonlySet<string>,
): Combination[] {
  const result = original.map((combination) => ({ base: combination, all: combination }));
  const own: Combination[] = [];
  for (const include of includes) {
    let fits = false;
    for (const entry of result) {
      const keeps = Object.entries(include).every(
        ([name, value]) => !axes.has(name) || same(entry.base[name], value),
      );
      if (!keeps) continue;
      entry.all = { ...entry.all, ...include };
      fits = true;
    }
    if (!fits) own.push(include);
  }
  return [...result.map((entry) => entry.all), ...own];
}

/** `a, 1` as GitHub puts it behind the job's name. */
export function combinationText(combination: Combination): string {
  const texts = (value: Value): string[] => {
    if (Array.isArray(value)) return value.flatMap((item: Value) => texts(item));
    if (isMap(value)) return Object.values(value).flatMap(texts);
    return [toText(value)];
  };
  return Object.values(combination)
    .flatMap(texts)
    .filter((text) => text !== "")
    .join(", ");
}
