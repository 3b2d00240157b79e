import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { SluiceError } from "../../lib/error.ts";
import type { InitArguments } from "../init.ts";
import { type Answers, type AskLine, readAnswers } from "./answers.ts";
import { filesOf, IGNORED, type WrittenFiles } from "./files.ts";
import { pinned } from "./library.ts";

/** `sluice init`: all files or none; nothing that is there is overwritten. */
export async function init(args: InitArguments): Promise<number> {
  const dir = resolve(args.dir);
  if (!existsSync(dir))
    throw new SluiceError("invalid-input", `The folder '${args.dir}' does not exist`);
  if (args.kit) return kit(dir);
  const asking = process.stdin.isTTY && process.stdout.isTTY ? onTerminal() : undefined;
  const answers = await readAnswers({ ...args, dir }, asking?.ask).finally(asking?.stop);
  const files = filesOf(answers, pinned);
  if (args.dryRun) {
    for (const [path, text] of files) console.log(`--- ${path}\n${text}`);
    return 0;
  }
  refuseToOverwrite(dir, files);
  for (const [path, text] of files) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    // Only made, never replaced, also if somebody made it meanwhile.
    await writeFile(join(dir, path), text, { flag: "wx" });
    console.log(`Wrote ${path}`);
  }
  await ignore(dir);
  const code = args.rehearse ? await rehearsed(dir, answers) : 0;
  console.log(nextSteps());
  return code;
}

/** `sluice init --kit`: makes the rehearsal's key and database anew, and nothing else. */
async function kit(dir: string): Promise<number> {
  const { KIT, makeKit } = await import("./rehearsal-kit.ts");
  await makeKit(dir, new AbortController().signal);
  console.log(`Made ${KIT}`);
  return 0;
}

async function rehearsed(dir: string, answers: Answers): Promise<number> {
  const { rehearseCopy } = await import("./rehearse-copy.ts");
  const code = await rehearseCopy(dir, answers);
  const said =
    code === 0
      ? "✓ two releases and a rollback went through the workflows as they are written"
      : "✗ the rehearsal did not end well; the files are written, and what it printed above says what is missing";
  console.log(`\n${said}`);
  return code;
}

function refuseToOverwrite(dir: string, files: WrittenFiles): void {
  const there = [...files.keys()].filter((path) => existsSync(join(dir, path)));
  if (there.length === 0) return;
  throw new SluiceError("refused", `There already: ${there.join(", ")}; nothing was written`, {
    hint: "Move them away, or look at what would be written with --dry-run.",
  });
}

/** Adds what is missing to .gitignore; its own lines stay. */
async function ignore(dir: string): Promise<void> {
  const file = join(dir, ".gitignore");
  const text = await readFile(file, "utf8").catch(() => "");
  const known = new Set(text.split("\n").map((line) => line.trim().replace(/^\//, "")));
  const missing = IGNORED.filter((line) => !known.has(line) && !known.has(line.replace(/\/$/, "")));
  if (missing.length === 0) return;
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  await writeFile(file, `${text}${gap}${missing.join("\n")}\n`);
  console.log(`Added ${missing.join(" and ")} to .gitignore`);
}

function nextSteps(): string {
  return `
Next: read what was written, commit it, and push it to GitHub; environments/README.md says how to rehearse a release
before any tag is pushed, and what GitHub and the host have to be told once.`;
}

function onTerminal(): { ask: AskLine; stop: () => void } {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return { ask: (question) => lines.question(`${question} `), stop: () => lines.close() };
}
