import type { CoreOptions } from "../core/core.ts";
import type { SymbolSpec } from "../core/symbols.ts";
import { Refusal } from "../refusal.ts";
import { listSegments, listSnapshots } from "./files.ts";
import { type Recovered, startEmpty } from "./recovery.ts";
import { loadSnapshot } from "./snapshot.ts";

/**
 * A second state beside the engine's, to be brought on by the journal's commands. It stands at the newest snapshot
 * that is not after `sequence`; when there is none left, at the oldest that there is, and the commands between are lost
 * to whoever asks. Changes no file: the journal is another thread's.
 */
export function openReplica(
  folder: string,
  sequence: number,
  specs: readonly SymbolSpec[],
  options: CoreOptions,
): Recovered {
  const snapshots = listSnapshots(folder);
  const before = snapshots.filter((snapshot) => snapshot.sequence <= sequence).reverse();
  const isWhole = (listSegments(folder)[0]?.sequence ?? 1) === 1;
  const after = isWhole ? [] : snapshots.filter((snapshot) => snapshot.sequence > sequence);
  for (const { path, sequence: at } of [...before, ...after]) {
    const fresh = startEmpty(specs, options);
    if (loadSnapshot(path, fresh.core, fresh.symbols) !== null) return { ...fresh, snapshot: at };
  }
  if (isWhole) return startEmpty(specs, options);
  throw new Refusal(`${folder} has no readable snapshot`, "restore one from a copy");
}
