import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bundle, buildBundle, readBundle } from "./bundle/build.ts";

/**
 * `npm run bundle` writes dist/ anew; `-- --check` builds it elsewhere and says where dist/ differs. dist/ is
 * committed, because GitHub runs an action from the repository as it is.
 */
const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const built = await buildBundle(root).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});

if (process.argv.includes("--check")) check(readBundle(dist), built);
else write(built);

function write(bundle: Bundle): void {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const [name, bytes] of bundle) writeFileSync(join(dist, name), bytes);
  const total = [...bundle.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  console.log(`wrote dist/: ${bundle.size} files, ${Math.round(total / 1024)} kB`);
}

function check(committed: Bundle, expected: Bundle): void {
  const names = [...new Set([...committed.keys(), ...expected.keys()])].sort();
  const different = names.filter((name) => {
    const bytes = committed.get(name);
    return !bytes || !expected.get(name)?.equals(bytes);
  });
  if (different.length === 0) {
    console.log("dist/ is what the sources give, byte for byte");
    return;
  }
  for (const name of different) console.log(`not what the sources give: dist/${name}`);
  console.error("Run `npm run bundle` and commit dist/.");
  process.exitCode = 1;
}
