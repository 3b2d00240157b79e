import { existsSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Where a supervisor is to end by SIGKILL: at the nth effect that it has since the point was set. */
export interface CrashPoint extends Where {
  /** Another id counts from the start again. */
  id: string;
}

export interface Where {
  /** 0 for nowhere: what is done is only written down. */
  nth: number;
  /** `amid` a write, half of it is there. */
  when: "before" | "amid" | "after";
}

/** Something a supervisor did that outlives it. */
export interface Effect {
  name: string;
  /** Whether half of it can be there. */
  isWrite: boolean;
}

/** Beside the site's folder, so that the site has nothing in it that it did not make itself. */
export function crashFiles(site: string): { point: string; effects: string } {
  return { point: `${site}.crash-point`, effects: `${site}.effects` };
}

const PRELOADED = pathToFileURL(fileURLToPath(new URL("./die-at-effect.ts", import.meta.url)));

/** What supervisors started from here on may be ended by; each still needs a point. */
export function nodeOptions(before = process.env.NODE_OPTIONS ?? ""): string {
  return `${before} --import ${PRELOADED.href}`.trim();
}

export function setPoint(site: string, point: CrashPoint): void {
  const { point: path } = crashFiles(site);
  writeFileSync(`${path}.new`, JSON.stringify(point));
  renameSync(`${path}.new`, path);
}

/** Whether a supervisor was ended by it meanwhile; if not, none will be. */
export function takePointAway(site: string): boolean {
  try {
    unlinkSync(crashFiles(site).point);
    return false;
  } catch {
    return true;
  }
}

/** A place at which a supervisor can be killed. */
export interface Point extends Where {
  /** Whether others rely on the order in which this and what is around it are done. */
  isCritical: boolean;
}

/** Starts or ends a process, which goes on by itself before the next effect. */
const OF_PROCESSES = /^(spawn|begin|SIG)/;
/** Puts a file in another's place. */
const REPLACES = /^rename/;
/** Half of these would be read as the whole. */
const WHOLE = /^(writeFile|copyFile)/;

/** Every place among these effects. */
export function pointsIn(effects: readonly Effect[]): Point[] {
  return effects.flatMap(({ name, isWrite }, i): Point[] => {
    const nth = i + 1;
    const isLast = nth === effects.length;
    const isOfProcess = OF_PROCESSES.test(name);
    const points: Point[] = [
      { nth, when: "before", isCritical: isOfProcess || REPLACES.test(name) },
    ];
    if (isWrite) points.push({ nth, when: "amid", isCritical: WHOLE.test(name) });
    // What is after one is before the next otherwise.
    if (isLast || isOfProcess) points.push({ nth, when: "after", isCritical: true });
    return points;
  });
}

/**
 * At most `most` of them: the critical ones first, then others until they are `share` of all, each evenly spread.
 * `phase` (0 to 1) says which of neighbours it is, so that steps that do the same are not all killed at the same.
 */
export function sampleOf(
  points: readonly Point[],
  { share, most, phase }: { share: number; most: number; phase: number },
): Point[] {
  const critical = spread(
    points.filter(({ isCritical }) => isCritical),
    most,
    phase,
  );
  const wanted = Math.min(most, Math.ceil(share * points.length)) - critical.length;
  const others = spread(
    points.filter(({ isCritical }) => !isCritical),
    Math.max(0, wanted),
    phase,
  );
  const chosen = new Set([...critical, ...others]);
  return points.filter((point) => chosen.has(point));
}

function spread<T>(all: readonly T[], most: number, phase: number): T[] {
  const count = Math.min(most, all.length);
  return all.filter(
    (_, i) =>
      Math.floor(((i + phase) * count) / all.length) >
      Math.floor(((i + phase - 1) * count) / all.length),
  );
}

/** What was done while the point `id` was set. */
export function effectsOf(site: string, id: string): Effect[] {
  const { effects: path } = crashFiles(site);
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const own = lines.map((line) => line.split("\t")).filter(([of]) => of === id);
  return own.map(([, kind, name = ""]) => ({ name, isWrite: kind === "write" }));
}
