import { Refusal } from "../refusal.ts";

const USAGE = "shadow JOURNAL_DIR [--seconds N] [--ask URL] [--patience N]";
/** How long a snapshot that was asked for may be on its way. */
const PATIENCE_SECONDS = 15;

export interface ShadowArgs {
  folder: string;
  /** How long the live orders are followed. */
  seconds: number;
  /** Asked for a snapshot at the end: the live engine's `POST /snapshot`. */
  ask: string | undefined;
  /** How long its snapshot is waited for. */
  patienceSeconds: number;
}

export function readShadowArgs([folder, ...flags]: readonly string[]): ShadowArgs {
  if (folder === undefined || folder.startsWith("--")) {
    throw new Refusal("shadow takes the folder of a journal", USAGE);
  }
  const given: ShadowArgs = {
    folder,
    seconds: 0,
    ask: undefined,
    patienceSeconds: PATIENCE_SECONDS,
  };
  for (let at = 0; at < flags.length; at += 2) take(given, flags[at] ?? "", flags[at + 1] ?? "");
  return given;
}

function take(given: ShadowArgs, flag: string, value: string): void {
  const isNumber = /^\d{1,5}$/.test(value);
  if (flag === "--seconds" && isNumber) given.seconds = Number(value);
  else if (flag === "--patience" && isNumber) given.patienceSeconds = Number(value);
  else if (flag === "--ask" && isHttp(value)) given.ask = value;
  else throw new Refusal(`shadow does not know ${flag} ${value}`, USAGE);
}

function isHttp(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
