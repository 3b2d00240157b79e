import type { ReleaseRecord } from "../../lib/evidence/record.ts";

/** A change that a version makes to a file of the repository; the text is undefined where there was none. */
export interface Change {
  file: string;
  edit(text: string | undefined): string;
}

/** One version: a commit on top of the one before, and its tag. */
export interface ScenarioVersion {
  tag: string;
  /** What it is, for the person who watches. */
  says: string;
  changes: readonly Change[];
}

/** A version that is pushed through release.yml, and how that has to end. */
export interface PushedVersion extends ScenarioVersion {
  expected: { outcome: ReleaseRecord["outcome"]; stoppedBy: string | null };
}

/**
 * The engine's faults on purpose; a normal build has no such file. Orders fail for customers alone, whom no load test
 * knows: what those find is stopped at the load gate, and this has to be found in real traffic.
 */
function fault(settings: Record<string, number>): Change {
  const text = JSON.stringify({ ...settings, fromUser: FIRST_CUSTOMER });
  return { file: "engine/fault.json", edit: () => `${text}\n` };
}

/** Users of the live order flow have this number or a higher one; those of the load test lower ones. */
export const FIRST_CUSTOMER = 1_001;

const USUAL_ERRORS = 0.001;

/** Of the engine's own part of an answer, which is a small one; measured from outside, answers take ×1.24. */
const QUARTER_SLOWER = 1.8;

/** It serves when the rehearsal begins. */
export const FIRST: ScenarioVersion = {
  tag: "v1.0.0",
  says: "serves when the rehearsal begins",
  changes: [fault({ errorRate: USUAL_ERRORS, seed: 1 })],
};

export const GOOD: PushedVersion = {
  tag: "v1.1.0",
  says: "as good as the one that it replaces",
  changes: [fault({ errorRate: USUAL_ERRORS, seed: 2 })],
  expected: { outcome: "promoted", stoppedBy: null },
};

/** The releases that must not get through, each by another gate. */
export const BAD = {
  "failing-orders": {
    tag: "v1.2.0",
    says: "fails ten times as many orders, of customers whom no load test knows",
    changes: [fault({ errorRate: 10 * USUAL_ERRORS, seed: 3 })],
    expected: { outcome: "rolled-back", stoppedBy: "canary-promote" },
  },
  "critical-dependency": {
    tag: "v1.3.0",
    says: "depends on a package with a critical vulnerability",
    changes: [
      fault({ errorRate: USUAL_ERRORS, seed: 4 }),
      { file: "engine/package.json", edit: withDependency },
      { file: "engine/package-lock.json", edit: withLockedDependency },
    ],
    expected: { outcome: "failed", stoppedBy: "trivy-scan" },
  },
  "altered-archive": {
    tag: "v1.4.0",
    says: "is altered after it was signed, with the digest that goes with it",
    changes: [
      fault({ errorRate: USUAL_ERRORS, seed: 5 }),
      { file: ".github/workflows/release.yml", edit: withAlteration },
    ],
    expected: { outcome: "failed", stoppedBy: "deploy" },
  },
  "slow-release": {
    tag: "v1.5.0",
    says: "takes a quarter longer for every order",
    changes: [fault({ errorRate: USUAL_ERRORS, seed: 6, slowdown: QUARTER_SLOWER })],
    expected: { outcome: "failed", stoppedBy: "k6-gate" },
  },
} as const satisfies Record<string, PushedVersion>;

export type BadName = keyof typeof BAD;
export const BAD_NAMES = Object.keys(BAD) as BadName[];

/** What the rehearsal's own vulnerability database knows: one real advisory, and a package that has it. */
export const VULNERABLE = {
  ecosystem: "npm",
  name: "minimist",
  version: "1.2.5",
  integrity:
    "sha512-FM9nNUYrRBAELZQT3xeZQ7fmMOBg6nWNmJKTcgsJeaLstP/UODVpGsr5OhXhhXg6f+qtJ8uiZ+PUxkDWcgIXLw==",
  cve: "CVE-2021-44906",
  title: "minimist: prototype pollution",
  vulnerableVersions: [">=1.0.0, <1.2.6"],
  patchedVersions: ["1.2.6"],
} as const;

interface Manifest {
  dependencies?: Record<string, string>;
}

interface Lock {
  packages: Record<string, object>;
}

function withDependency(text: string | undefined): string {
  const manifest = read<Manifest>(text, "engine/package.json");
  const dependencies = { ...manifest.dependencies, [VULNERABLE.name]: VULNERABLE.version };
  return print({ ...manifest, dependencies });
}

function withLockedDependency(text: string | undefined): string {
  const lock = read<Lock>(text, "engine/package-lock.json");
  const own: Manifest = lock.packages[""] ?? {};
  const dependencies = { ...own.dependencies, [VULNERABLE.name]: VULNERABLE.version };
  const { version, integrity } = VULNERABLE;
  return print({
    ...lock,
    packages: {
      ...lock.packages,
      "": { ...own, dependencies },
      [`node_modules/${VULNERABLE.name}`]: { version, integrity },
    },
  });
}

/**
 * Somebody who can write to the build job changes the archive after it was signed, and lets the candidate name the
 * new digest: only the signature still tells.
 */
function withAlteration(text: string | undefined): string {
  if (text === undefined) throw new RangeError("release.yml is not there");
  const handOver = "      - name: Hand the archive over\n";
  const output = `\${{ steps.candidate.outputs.candidate }}`;
  if (!text.includes(handOver) || !text.includes(output)) {
    throw new RangeError("release.yml has changed: this scenario does not know where to alter it");
  }
  return text
    .replace(output, `\${{ steps.altered.outputs.candidate }}`)
    .replace(handOver, `${ALTERATION}${handOver}`);
}

const ALTERATION = `      - name: Alter the archive
        id: altered
        env:
          CANDIDATE: \${{ steps.candidate.outputs.candidate }}
        run: |
          printf 'x' >> out/engine.tar.gz
          node -e '
            const { createHash } = require("node:crypto");
            const { appendFileSync, readFileSync } = require("node:fs");
            const bytes = readFileSync("out/engine.tar.gz");
            const candidate = JSON.parse(process.env.CANDIDATE);
            candidate.artifacts[0].digest = "sha256:" + createHash("sha256").update(bytes).digest("hex");
            candidate.artifacts[0].size = bytes.length;
            appendFileSync(process.env.GITHUB_OUTPUT, "candidate=" + JSON.stringify(candidate) + "\\n");
          '
`;

function read<T>(text: string | undefined, file: string): T {
  if (text === undefined) throw new RangeError(`${file} is not there`);
  return JSON.parse(text) as T;
}

function print(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
