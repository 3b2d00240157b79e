import type { Before, BeforeFile, Stored } from "./before.ts";
import { choices, isAsWanted, meaning, writable } from "./form.ts";
import { keyOf, type Reading, readings } from "./plan.ts";
import type { Setting } from "./profile.ts";
import { notPutBack, type Refusal, refusalOf, refused } from "./refusal.ts";
import type { Tree } from "./tree.ts";

/** What became of one setting. */
export interface Change {
  key: string;
  path: string;
  from: string;
  to: string;
}

export interface Applied {
  changes: Change[];
  /** Paths that stay as they are, since nobody can change them. */
  kept: string[];
}

/** A file that is not as its setting wants it, and was there. */
type Differing = Reading & { raw: string };

/**
 * Makes the host as the settings say. What was there is stored first. When the kernel refuses one of them, all that
 * this call changed is put back, and the error names it.
 */
export async function apply(
  tree: Tree,
  settings: readonly Setting[],
  file: BeforeFile,
): Promise<Applied> {
  const differing = await differingIn(tree, settings);
  const stored = await file.read();
  const before = await beforeOf(tree, differing);
  // What was there before the very first change stays what a revert goes back to.
  if (differing.length > 0)
    await file.write({ before: { ...before, ...stored.before }, kept: stored.kept });
  const done: Differing[] = [];
  const kept: string[] = [];
  for (const one of differing) {
    const refusal = await set(tree, one);
    if (refusal === undefined) done.push(one);
    else if (one.setting.mayBeKept) kept.push(one.path);
    else await undo(tree, file, { done, before, stored, one, refusal });
  }
  if (differing.length > 0) await file.write(remembered(before, stored, kept));
  return { changes: done.map(changeOf), kept };
}

/** Puts back everything that was ever changed, byte for byte as the kernel shows it. */
export async function revert(tree: Tree, file: BeforeFile): Promise<Change[]> {
  const before = Object.entries((await file.read()).before);
  const now = await tree.contents(before.map(([path]) => path));
  const left = await putBack(tree, before);
  if (left.length > 0) throw notPutBack(left);
  await file.remove();
  return before
    .filter(([path, raw]) => now.get(path) !== raw)
    .map(([path, raw]) => {
      return { key: nameOf(path), path, from: meaning(now.get(path) ?? ""), to: meaning(raw) };
    });
}

async function differingIn(tree: Tree, settings: readonly Setting[]): Promise<Differing[]> {
  const contents = await tree.contents(settings.map(({ path }) => path));
  return readings(settings, contents).filter(
    (one): one is Differing =>
      one.raw !== null && !isAsWanted(one.raw, one.setting.value, one.setting.form ?? "words"),
  );
}

/** Of two files of which one displaces the other, the displaced one comes first: put back last, it counts. */
async function beforeOf(tree: Tree, differing: readonly Differing[]): Promise<Before> {
  const before: Before = {};
  for (const { setting, path, raw } of differing) {
    const displaced = setting.displaces ? await tree.read(setting.displaces) : null;
    if (setting.displaces && displaced !== null) before[setting.displaces] = displaced;
    before[path] = raw;
  }
  return before;
}

/** What need not be put back, since it could not be changed, is not remembered as changed. */
function remembered(before: Before, stored: Stored, kept: readonly string[]): Stored {
  const changed = Object.entries(before).filter(([path]) => !kept.includes(path));
  return {
    before: { ...Object.fromEntries(changed), ...stored.before },
    kept: [...new Set([...stored.kept, ...kept])],
  };
}

interface Undoing {
  done: readonly Differing[];
  before: Before;
  stored: Stored;
  one: Differing;
  refusal: Refusal;
}

/** Back to where this call began, and the error that says why. */
async function undo(tree: Tree, file: BeforeFile, undoing: Undoing): Promise<never> {
  const { done, before, stored, one, refusal } = undoing;
  const touched = new Set(done.flatMap(({ path, setting }) => [path, setting.displaces ?? path]));
  const left = await putBack(
    tree,
    Object.entries(before).filter(([path]) => touched.has(path)),
  );
  // What could not be put back is still to be put back.
  if (left.length > 0)
    await file.write({ before: { ...before, ...stored.before }, kept: stored.kept });
  else if (Object.keys(stored.before).length > 0) await file.write(stored);
  else await file.remove();
  throw refused(
    {
      key: keyOf(one.setting, one.path),
      wanted: one.setting.value,
      found: meaning(one.raw, one.setting.form),
      accepted: choices(one.raw),
    },
    refusal,
    left,
  );
}

/** Why the kernel does not have the value now; undefined when it has. */
async function set(tree: Tree, { setting, path }: Differing): Promise<Refusal | undefined> {
  const form = setting.form ?? "words";
  const refusal = await write(tree, path, writable(setting.value, form));
  if (refusal) return refusal;
  const now = await tree.read(path);
  if (now !== null && isAsWanted(now, setting.value, form)) return undefined;
  return { code: null, why: `it was written, but is ${shown(now)} when read back` };
}

/** What could not be put back, and why. What is there no longer, as a device that was taken out, needs nothing. */
async function putBack(
  tree: Tree,
  before: ReadonlyArray<readonly [path: string, raw: string]>,
): Promise<string[]> {
  const left: string[] = [];
  for (const [path, raw] of [...before].reverse()) {
    const now = await tree.read(path);
    if (now === null || now === raw) continue;
    const chosen = choices(raw).length > 0 ? meaning(raw) : raw;
    const refusal = await write(tree, path, chosen);
    const after = await tree.read(path);
    if (refusal) left.push(`${nameOf(path)}: ${refusal.why}`);
    else if (after !== raw) left.push(`${nameOf(path)}: is ${shown(after)} when read back`);
  }
  return left;
}

async function write(tree: Tree, path: string, value: string): Promise<Refusal | undefined> {
  try {
    await tree.write(path, value);
    return undefined;
  } catch (error) {
    return refusalOf(error);
  }
}

function changeOf({ setting, path, raw }: Differing): Change {
  const { form, value } = setting;
  return { key: keyOf(setting, path), path, from: meaning(raw, form), to: value };
}

function shown(raw: string | null): string {
  return raw === null ? "gone" : meaning(raw);
}

/** `net.core.rmem_max` for a sysctl; the path itself for others. */
function nameOf(path: string): string {
  return path.startsWith("proc/sys/")
    ? path.slice("proc/sys/".length).replaceAll("/", ".")
    : `/${path}`;
}
