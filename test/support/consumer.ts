import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Record as EvidenceRecord,
  Record as RecordSchema,
} from "../../lib/evidence/record.ts";
import { type Ended, type RunningCommand, startSluice } from "./sluice-command.ts";

const CHECKOUT = fileURLToPath(new URL("../..", import.meta.url));
const FILES = fileURLToPath(new URL("../consumer/repository", import.meta.url));
const ENVIRONMENT = "environments/production.yaml";

export const LIBRARY = ["--repo", `owner/sluice@v1=${CHECKOUT}`];

/** Fails every second greeting. */
const FAULTY_GREETING = `
let asked = 0;
export function greeting(name) {
  asked += 1;
  if (asked % 2 === 0) throw new Error("no words left");
  return \`Hello, \${name}!\`;
}
`;

const GREETINGS: Readonly<Record<string, string>> = {
  "v1.1.0": "export const greeting = (name) => `Good day, ${name}!`;\n",
  "v1.2.0": FAULTY_GREETING,
  "v1.3.0": "export const greeting = (name) => `Good evening, ${name}!`;\n",
  "v1.4.0": "export const greeting = (name) => `Good night, ${name}!`;\n",
};

/** What `--result` wrote, as far as the tests look at it. */
export interface Result {
  readonly conclusion: string;
  readonly complete: boolean;
  readonly jobs: Readonly<Record<string, string>>;
  readonly artifacts: Readonly<Record<string, string>>;
}

export interface Rehearsed extends Ended {
  readonly result: Result;
  /** The release record that the run kept as its artifact. */
  readonly record: EvidenceRecord;
}

export interface SiteStatus {
  readonly site: { readonly pid: number };
  readonly status: { readonly weights: Record<string, number>; readonly lease: unknown };
  readonly state: {
    readonly stable: {
      readonly slot: string;
      readonly release: { readonly version: string };
    } | null;
    readonly candidate: unknown;
  };
}

/** Somebody else's repository, used from its own root and by nothing but the command line. */
export interface Consumer {
  /** All that the consumer has and makes is below this folder. */
  readonly folder: string;
  /** The repository's root. */
  readonly root: string;
  /** Where rehearsals keep their workspaces. */
  readonly temp: string;
  /** Starts the site; its address. */
  siteUp(): Promise<string>;
  siteDown(): Promise<Ended>;
  siteStatus(): Promise<SiteStatus>;
  startRehearsal(
    tag: string,
    ...more: string[]
  ): RunningCommand & { rehearsed: Promise<Rehearsed> };
  rehearse(tag: string, ...more: string[]): Promise<Rehearsed>;
  sluice(...args: string[]): Promise<Ended>;
  /** Ends the site if it is up, and removes the folder. */
  close(): Promise<void>;
}

export function makeConsumer(): Consumer {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sluice consumer ")));
  const root = join(folder, "greeter");
  const temp = join(folder, "temp");
  mkdirSync(temp);
  makeRepository(root);
  const command = { cwd: root, env: { ...process.env, TMPDIR: temp } };
  const start = (args: readonly string[]) => startSluice(args, command);
  const sluice = (...args: string[]) => start(args).ended;
  const site = (verb: string, ...more: string[]) =>
    sluice("site", verb, "--environment", ENVIRONMENT, ...more);
  let runs = 0;
  const startRehearsal = (tag: string, ...more: string[]) => {
    runs += 1;
    const result = join(folder, `result ${runs}.json`);
    const event = ["--event", "push", "--ref", `refs/tags/${tag}`];
    const asked = ["--approve", "always", "--result", result, "--keep"];
    const running = start(["rehearse", ...event, ...LIBRARY, ...asked, ...more]);
    const rehearsed = running.ended.then((ended) => ({ ...ended, ...readRun(result, ended) }));
    // Whoever is interested awaits it; nobody has to.
    rehearsed.catch(() => {});
    return { ...running, rehearsed };
  };
  return {
    folder,
    root,
    temp,
    sluice,
    startRehearsal,
    rehearse: (tag, ...more) => startRehearsal(tag, ...more).rehearsed,
    async siteUp() {
      const { output } = await site("up", "--detach");
      const url = /is up at (http:\S+)/.exec(output)?.[1];
      if (url === undefined) throw new Error(`the site did not come up:\n${output}`);
      return url;
    },
    siteDown: () => site("down"),
    async siteStatus() {
      return JSON.parse((await site("status", "--json")).output);
    },
    async close() {
      await site("down");
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function readRun(file: string, ended: Ended): Pick<Rehearsed, "result" | "record"> {
  try {
    const result: Result = JSON.parse(readFileSync(file, "utf8"));
    const record = join(result.artifacts.record ?? "", "record.json");
    return { result, record: RecordSchema.parse(JSON.parse(readFileSync(record, "utf8"))) };
  } catch (cause) {
    throw new Error(`the run left no result or no record:\n${ended.output}`, { cause });
  }
}

/** What the tests cannot wait for, and a port that is surely free. */
const QUICK: readonly (readonly [string, string])[] = [
  ['listen: "127.0.0.1:8080"', 'listen: "127.0.0.1:0"'],
  [
    "steps: [20, 50, 100]",
    "steps: [{ weight: 20, hold: 5s }, { weight: 50, hold: 1s }, 100]\n  lease: 15s\n  deadline: 3m",
  ],
];

/** One commit and one tag per version. */
function makeRepository(root: string): void {
  cpSync(FILES, root, { recursive: true });
  const environment = join(root, ENVIRONMENT);
  let text = readFileSync(environment, "utf8");
  for (const [slow, quick] of QUICK) {
    if (!text.includes(slow)) throw new Error(`'${slow}' is not in ${ENVIRONMENT}`);
    text = text.replace(slow, quick);
  }
  writeFileSync(environment, text);
  git(root, "init", "--quiet", "--initial-branch=main");
  commit(root, "v1.0.0");
  for (const [tag, greeting] of Object.entries(GREETINGS)) {
    writeFileSync(join(root, "service", "greeting.js"), greeting);
    commit(root, tag);
  }
}

function commit(root: string, tag: string): void {
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--no-verify", "--message", `Release ${tag}`);
  git(root, "tag", tag);
}

function git(root: string, ...args: string[]): void {
  const settings = [
    "user.name=test",
    "user.email=test@localhost",
    "commit.gpgsign=false",
    "gc.auto=0",
  ];
  execFileSync("git", [...settings.flatMap((setting) => ["-c", setting]), ...args], {
    cwd: root,
    stdio: "pipe",
  });
}
