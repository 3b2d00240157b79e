import { type Command, SILENT } from "../core/command.ts";
import { Core, type CoreOptions } from "../core/core.ts";
import { type SymbolSpec, Symbols } from "../core/symbols.ts";
import { Refusal } from "../refusal.ts";
import { listSegments, listSnapshots, type SequencedFile, type Terms } from "./files.ts";
import { readSegment, readTerms } from "./segment.ts";
import { makeFolder, removeUnfinished, settleTail } from "./settle.ts";
import { loadSnapshot, termsOfSnapshot } from "./snapshot.ts";

export interface Recovered {
  core: Core;
  symbols: Symbols;
  /** Sequence of the snapshot that was used; 0 for none. */
  snapshot: number;
  /** Commands applied on top of it. */
  commands: number;
  /** Bytes after the last whole record, cut off. */
  tornBytes: number;
}

/**
 * The state that the journal in `folder` holds: its newest good snapshot and all commands after it. Its end is made durable, since
 * the journal will go on behind it.
 */
export function recover(
  folder: string,
  specs: readonly SymbolSpec[],
  options: CoreOptions,
): Recovered {
  try {
    return readJournal(folder, specs, options);
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error && "syscall" in error)) throw error;
    const hint = "see to the disk, or go on with a standby";
    throw new Refusal(`the journal in ${folder} can't be recovered`, hint, error);
  }
}

function readJournal(
  folder: string,
  specs: readonly SymbolSpec[],
  options: CoreOptions,
): Recovered {
  makeFolder(folder);
  removeUnfinished(folder);
  const terms = termsOf(specs, options);
  const recovered = fromSnapshot(folder, specs, options, terms);
  const { core } = recovered;
  const segments = listSegments(folder);
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    if (next !== undefined && next.sequence <= core.sequence + 1) continue;
    if (segment.sequence > core.sequence + 1)
      throw hole(folder, core.sequence + 1, segment.sequence);
    const settle = applySegment(segment, recovered, terms);
    // Nothing is cut from a journal that is not whole: what is there may be needed to mend it.
    if (next !== undefined && next.sequence > core.sequence + 1)
      throw hole(folder, core.sequence + 1, next.sequence);
    settle();
  }
  return recovered;
}

export function termsOf(specs: readonly SymbolSpec[], options: CoreOptions): Terms {
  const { risk, preventSelfTrade, idWindow = 0, limits = false } = options;
  const symbols = specs.map((spec) => spec.name);
  return { symbols, risk, preventSelfTrade, idWindow, ...(limits ? { limits } : {}) };
}

function fromSnapshot(
  folder: string,
  specs: readonly SymbolSpec[],
  options: CoreOptions,
  terms: Terms,
): Recovered {
  for (const { path, sequence } of listSnapshots(folder).reverse()) {
    const written = termsOfSnapshot(path);
    if (written !== null) check(path, written, terms);
    const fresh = startEmpty(specs, options);
    if (loadSnapshot(path, fresh.core, fresh.symbols) === null) continue;
    return { ...fresh, snapshot: sequence };
  }
  return startEmpty(specs, options);
}

/** What there is without a journal. */
export function startEmpty(specs: readonly SymbolSpec[], options: CoreOptions): Recovered {
  const core = new Core(options);
  const symbols = new Symbols();
  for (const spec of specs) core.addSymbol(symbols.list(spec));
  return { core, symbols, snapshot: 0, commands: 0, tornBytes: 0 };
}

/** Applies what the state does not have yet; what is returned makes the file end there, for good. */
function applySegment(segment: SequencedFile, recovered: Recovered, terms: Terms): () => void {
  const { core } = recovered;
  // What it was written for comes first: a command for a symbol that is not there can't be applied.
  check(segment.path, readTerms(segment), terms);
  const apply = (command: Command): void => {
    core.apply(command, SILENT);
    recovered.commands += 1;
  };
  const { end, unsynced, file, isClean } = readSegment(segment, apply, core.sequence + 1);
  // Other bytes than zeros were never acknowledged: an acknowledgement waits until its whole group is on disk.
  if (!isClean) recovered.tornBytes += file.length - end;
  // The journal goes on in a new segment, so room that was prepared in this one will never be used.
  return () => settleTail(segment.path, file, unsynced, end);
}

/** The journal's numbers mean what they meant when it was written. */
function check(path: string, written: Terms, now: Terms): void {
  const known = now.symbols.slice(0, written.symbols.length);
  if (known.join() !== written.symbols.join()) {
    const hint = "give SYMBOLS in that order; new ones may follow";
    throw new Refusal(`${path} was written for the symbols ${written.symbols.join()}`, hint);
  }
  if (written.idWindow !== now.idWindow) {
    const was = `${written.idWindow} ids remembered, this engine remembers ${now.idWindow}`;
    throw new Refusal(`${path} was written with ${was}`, "drain it with the engine that wrote it");
  }
  if (switches(written) !== switches(now)) {
    const hint = "start with the same RISK, STP and LIMITS, or with another JOURNAL_DIR";
    throw new Refusal(`${path} was written with ${switches(written)}`, hint);
  }
}

function switches({ risk, preventSelfTrade, limits = false }: Terms): string {
  return `RISK=${onOff(risk)} STP=${onOff(preventSelfTrade)} LIMITS=${onOff(limits)}`;
}

function onOff(value: boolean): string {
  return value ? "on" : "off";
}

function hole(folder: string, from: number, to: number): Refusal {
  const message = `the journal in ${folder} lacks the commands ${from} to ${to - 1}`;
  return new Refusal(message, "restore the missing segment or snapshot from a copy");
}
