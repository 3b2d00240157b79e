import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, sep } from "node:path";
import { SluiceError } from "../error.ts";
import { TOOLS } from "../tools/catalogue.ts";
import { ensure } from "../tools/ensure.ts";
import { run } from "../tools/process.ts";
import { findOnPath } from "../tools/search-path.ts";
import type { Shop } from "../tools/shop.ts";
import type { CodeFinding } from "./finding.ts";
import { findingsOf } from "./sarif-log.ts";
import type { ScanSettings } from "./scanner/scanner.ts";
import { SCANNERS, type ScannerName } from "./scanner/scanners.ts";

export interface ScanRun extends Omit<ScanSettings, "workFolder"> {
  readonly scanner: ScannerName;
  readonly timeoutMs: number;
  readonly shop: Shop;
}

/** Obtains the scanner, runs it, and reads what it found. */
export async function runScanner(scan: ScanRun): Promise<CodeFinding[]> {
  const { scanner: name, shop, timeoutMs } = scan;
  const scanner = SCANNERS[name];
  const program = await programOf(name, shop);
  const workFolder = await mkdtemp(join(tmpdir(), "sluice-code-scan-"));
  try {
    const settings = { ...scan, workFolder };
    const findings: CodeFinding[] = [];
    for (const call of await scanner.calls(settings)) {
      const env = { ...quiet(shop.env), ...call.env };
      const ended = await run(program, call.args, {
        cwd: call.cwd,
        env,
        signal: shop.signal,
        timeoutMs,
      });
      const sarif = await scanner.sarif(ended, call, settings);
      findings.push(...findingsOf(sarif, `what ${name} wrote`));
    }
    const inside = (path: string) => (isAbsolute(path) ? relative(scan.folder, path) : path);
    return findings.map((finding) => ({
      ...finding,
      tool: scanner.title,
      path: inside(finding.path).split(sep).join("/"),
    }));
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** What an earlier step put into the environment must not change what is looked for. */
function quiet(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(SEMGREP_|CKV_|BC_|CHECKOV_|GITLEAKS_|OSV_|ZIZMOR_|ACTIONLINT_)/.test(name),
  );
  return Object.fromEntries(kept);
}

/** npm is Node's own; all others are pinned. */
async function programOf(name: ScannerName, shop: Shop): Promise<string> {
  if (name !== "npm-audit") return (await ensure(name, TOOLS[name].version, shop)).path;
  const npm = await findOnPath("npm", shop.env);
  if (npm) return npm;
  throw new SluiceError("unsupported", "npm is not on PATH", {
    hint: "use actions/setup-node first",
  });
}
