import { causes, SluiceError } from "../error.ts";
import type { Before, BeforeFile } from "./before.ts";
import { meaning, type Planned, plan } from "./plan.ts";
import type { Setting } from "./profile.ts";
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
  /** As it is afterwards, every value read back. */
  now: Planned[];
}

/**
 * Makes the host as the settings say. What was there is stored first. When the kernel refuses one of them, all that
 * this call changed is put back, and the error names it.
 */
export async function apply(
  tree: Tree,
  settings: readonly Setting[],
  file: BeforeFile,
): Promise<Applied> {
  const readings = await tree.readAll(settings);
  const differing = plan(readings).filter(({ state }) => state === "differs");
  const raw = new Map(readings.map(({ path, raw }) => [path, raw ?? ""]));
  const stored = await file.read();
  const before: Before = Object.fromEntries(
    differing.map(({ path }) => [path, raw.get(path) ?? ""]),
  );
  // What was there before the very first change stays what a revert goes back to.
  if (differing.length > 0) await file.write({ ...before, ...stored });
  const done: Planned[] = [];
  for (const one of differing) {
    const refusal = await set(tree, one.path, one.wanted);
    if (refusal !== undefined) {
      const left = await putBack(
        tree,
        done.map(({ path }) => [path, raw.get(path) ?? ""]),
      );
      await file.write(stored);
      throw refused(one, refusal, left);
    }
    done.push(one);
  }
  const changes = differing.map(({ key, path, found, wanted }) => ({
    key,
    path,
    from: found ?? "",
    to: wanted,
  }));
  return { changes, now: plan(await tree.readAll(settings)) };
}

/** Puts back everything that was ever changed, byte for byte as the kernel shows it. */
export async function revert(tree: Tree, file: BeforeFile): Promise<Change[]> {
  const before = Object.entries(await file.read());
  const now = new Map(
    await Promise.all(before.map(async ([path]) => [path, (await tree.read(path)) ?? ""] as const)),
  );
  const left = await putBack(tree, before);
  if (left.length > 0)
    throw new SluiceError("refused", `not put back: ${left.join("; ")}`, {
      hint: "what was there before is still stored; run it again as root, or boot the machine",
    });
  await file.remove();
  return before
    .filter(([path, raw]) => now.get(path) !== raw)
    .map(([path, raw]) => ({
      key: path,
      path,
      from: meaning(now.get(path) ?? ""),
      to: meaning(raw),
    }));
}

/** Why the kernel does not have the value now; undefined when it has. */
async function set(tree: Tree, path: string, value: string): Promise<string | undefined> {
  try {
    await tree.write(path, value);
  } catch (error) {
    return causes(error).join(": ");
  }
  const now = await tree.read(path);
  if (now !== null && meaning(now) === meaning(value)) return undefined;
  return `it was written, but is ${now === null ? "gone" : meaning(now)} when read back`;
}

/** What could not be put back, and why. */
async function putBack(
  tree: Tree,
  before: ReadonlyArray<readonly [path: string, raw: string]>,
): Promise<string[]> {
  const left: string[] = [];
  for (const [path, raw] of [...before].reverse()) {
    if ((await tree.read(path)) === raw) continue;
    const refusal = await set(tree, path, chosen(raw));
    if (refusal !== undefined) left.push(`${path}: ${refusal}`);
  }
  return left;
}

/** A file that shows all choices takes one of them; any other takes back what it showed. */
function chosen(raw: string): string {
  return /\[[^\]]+\]/.test(raw) ? meaning(raw) : raw;
}

function refused(
  { key, wanted, found }: Planned,
  why: string,
  left: readonly string[],
): SluiceError {
  const rest = left.length > 0 ? `; and not put back: ${left.join("; ")}` : "";
  return new SluiceError(
    "refused",
    `${key} cannot be made ${wanted} (it is ${found}): ${why}${rest}`,
    {
      hint: "run it as root on the host itself, not in a container; what this run had changed was put back",
    },
  );
}
