import type { ReleaseRecord } from "../record.ts";
import type { Mark } from "./timeline.ts";

/** The moments of a release's rollout that its record tells: each new weight, and how it ended. */
export function marksOf({ version, outcome, rollout }: ReleaseRecord): Mark[] {
  if (rollout === null) return [];
  const steps = rollout.steps.map(
    ({ startedAt, weight }): Mark => ({
      atMs: Date.parse(startedAt),
      version,
      kind: "step",
      label: `${version} at ${weight} %`,
    }),
  );
  return [...steps, ...ending(version, outcome, rollout.steps)];
}

function ending(
  version: string,
  outcome: ReleaseRecord["outcome"],
  steps: readonly { endedAt: string | null }[],
): Mark[] {
  const endedAt = steps.at(-1)?.endedAt;
  if (!endedAt) return [];
  const { kind, words } = ENDINGS[outcome];
  return [{ atMs: Date.parse(endedAt), version, kind, label: `${version} ${words}` }];
}

const ENDINGS = {
  promoted: { kind: "promoted", words: "promoted" },
  "rolled-back": { kind: "reverted", words: "rolled back" },
  inconclusive: { kind: "undecided", words: "not decided" },
  failed: { kind: "reverted", words: "stopped" },
} as const satisfies { [K in ReleaseRecord["outcome"]]: { kind: Mark["kind"]; words: string } };
