import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";

/** Path inside the bundle, to its bytes. */
export type Bundle = Map<string, Buffer>;

const run = promisify(execFile);

/**
 * Compiles the sources and bundles what actions/entry.ts reaches. The same sources give the same bytes wherever
 * the checkout is: webpack derives its ids from paths relative to the folder it runs in, and that folder is
 * always two levels below the repository. ncc must be the checkout's own: its loader's path counts, too.
 */
export async function buildBundle(root: string): Promise<Bundle> {
  const scratch = join(root, ".build");
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "bundle-"));
  try {
    await compile(root, folder);
    await pack(root, folder);
    return readBundle(join(folder, "dist"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files of a bundle; empty when there is none. */
export function readBundle(folder: string): Bundle {
  try {
    const names = readdirSync(folder).sort();
    return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Map();
    throw error;
  }
}

/** ncc fails on TypeScript 7 sources, so it gets JavaScript. Types are checked by `npm test`, not here. */
async function compile(root: string, folder: string): Promise<void> {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  await node([tsc, "-p", "tsconfig.build.json", "--noCheck", "--outDir", folder], root);
}

async function pack(root: string, folder: string): Promise<void> {
  const ncc = join(root, "node_modules", "@vercel", "ncc", "dist", "ncc", "cli.js");
  const options = ["--minify", "--no-cache", "--quiet", "--license", "licenses.txt"];
  await node([ncc, "build", "actions/entry.js", "-o", "dist", ...options], folder);
}

async function node(args: string[], cwd: string): Promise<void> {
  try {
    await run(process.execPath, args, { cwd });
  } catch (error) {
    throw new Error(`${basename(args[0] ?? "")} failed\n${whatItSaid(error)}`, { cause: error });
  }
}

function whatItSaid(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = ["stdout", "stderr"].map((name) => String(Reflect.get(error, name) ?? "").trim());
  return said.filter((text) => text !== "").join("\n") || error.message;
}
