import { SluiceError } from "../../error.ts";
import { formatDuration } from "../../units/duration.ts";
import type { TrivyEnd } from "./process.ts";

/** Trivy wraps a reason many times over, and lists several below each other. */
const MAX_WORD_CHARS = 800;

/** The reason that trivy gave, in its own words: from its fatal line on, else its last line. */
export function lastWord(said: string): string {
  const lines = said.split("\n").filter((line) => line.trim() !== "");
  const fatal = lines.findLastIndex((line) => line.startsWith("FATAL"));
  const word = (fatal === -1 ? lines.slice(-1) : lines.slice(fatal))
    .map((line) => line.trim())
    .join(" ");
  const plain = word.replace(/^FATAL\s+(Fatal error\s+)?(run error: )?/, "");
  // "A failed: B failed: 1 error occurred: * the reason"
  const reason = plain.split(/\d+ errors? occurred: \* /).at(-1) ?? plain;
  return reason.slice(0, MAX_WORD_CHARS) || "it said nothing";
}

/** Why a scan that did not end well gave nothing to decide on. */
export function scanFailure(end: TrivyEnd, timeoutMs: number): SluiceError {
  if (end.kind === "killed") {
    return new SluiceError("scan-failed", `trivy was killed by ${end.by} while it scanned`, {
      hint: "a runner that is short of memory ends it with SIGKILL: scan less (skip-dirs), or take a bigger runner",
    });
  }
  const word = lastWord(end.said);
  if (end.kind === "timeout" || /context deadline exceeded|deadline exceeded/i.test(word)) {
    return new SluiceError(
      "scan-failed",
      `the scan took longer than ${formatDuration(timeoutMs)}`,
      {
        hint: "raise timeout, or scan less (skip-dirs, skip-files)",
      },
    );
  }
  if (/java[ -]?db/i.test(word)) return databaseUnavailable("Java index", word);
  const hint = hintFor(word);
  return new SluiceError("scan-failed", `trivy ended with exit code ${end.code}: ${word}`, {
    hint,
  });
}

/** An outage is no finding: it says nothing about what was to be scanned. */
export function databaseUnavailable(what: string, why: string): SluiceError {
  return new SluiceError("database-unavailable", `the ${what} could not be had: ${why}`, {
    hint: "nothing was found, and nothing was let through: run it again later, name a mirror in db-repository, or give a kept database by cache-dir and skip-db-update",
  });
}

function hintFor(word: string): string {
  if (/UNAUTHORIZED|DENIED|authentication required/i.test(word)) {
    return "the registry wants to know who asks: log in before this step (docker login, or TRIVY_USERNAME and TRIVY_PASSWORD in its env)";
  }
  if (/MANIFEST_UNKNOWN|NAME_UNKNOWN|not found/i.test(word)) {
    return "the registry has no such image: check image-ref, and that the push came before this step";
  }
  if (/connection refused|no such host|i\/o timeout/i.test(word)) {
    return "the registry cannot be reached from this runner";
  }
  return "trivy's own lines above say more; nothing was decided, so nothing passes";
}
