import { existsSync } from "node:fs";
import { join } from "node:path";
import { SluiceError } from "../../error.ts";
import { mustHaveEnded, writtenBy } from "./said.ts";
import { ALL, HIGH, type Scanner } from "./scanner.ts";

/** The scanners that write SARIF themselves. */

const OUT = "found.sarif";

/** Known vulnerabilities of what lock files pin, by osv.dev. */
export const osvScanner: Scanner = {
  title: "osv-scanner",
  severities: HIGH,
  async calls({ folder, workFolder, database }) {
    const offline = database === undefined ? [] : ["--offline-vulnerabilities"];
    const output = ["--format", "sarif", "--output-file", join(workFolder, OUT)];
    return [
      {
        args: ["scan", "source", "--recursive", ...offline, ...output, "."],
        cwd: folder,
        ...(database && { env: { OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY: database } }),
      },
    ];
  },
  async sarif(ended, _call, { workFolder }) {
    if (ended.code === NO_PACKAGES) {
      throw new SluiceError("inconclusive", "osv-scanner had no lock file to look at", {
        hint: "commit the lock file, or leave this scanner out",
      });
    }
    return writtenBy("osv-scanner", ended, join(workFolder, OUT), [0, 1]);
  },
};

const NO_PACKAGES = 128;

/** Secrets, in the files and in all commits that are here. */
export const gitleaks: Scanner = {
  title: "gitleaks",
  severities: ALL,
  async calls({ folder, workFolder }) {
    const verb = existsSync(join(folder, ".git")) ? "git" : "dir";
    const report = ["--report-format", "sarif", "--report-path", join(workFolder, OUT)];
    const quiet = ["--no-banner", "--redact", "--exit-code", "0"];
    return [{ args: [verb, ".", ...quiet, ...report], cwd: folder }];
  },
  sarif: (ended, _call, { workFolder }) => writtenBy("gitleaks", ended, join(workFolder, OUT)),
};

/** Patterns in code, by rules. */
export const semgrep: Scanner = {
  title: "Semgrep OSS",
  severities: ["MEDIUM", "HIGH", "CRITICAL"],
  async calls({ folder, workFolder, rules, skip }) {
    const configs = rules.flatMap((rule) => ["--config", rule]);
    const output = ["--sarif", "--sarif-output", join(workFolder, OUT), "--quiet"];
    const excluded = skip.flatMap((path) => ["--exclude", path]);
    const alone = ["--metrics", "off", "--disable-version-check"];
    return [{ args: ["scan", ...alone, ...configs, ...excluded, ...output, "."], cwd: folder }];
  },
  sarif: (ended, _call, { workFolder }) => writtenBy("semgrep", ended, join(workFolder, OUT)),
};

/** Infrastructure as code: Dockerfiles, Kubernetes, Terraform, workflows. */
export const checkov: Scanner = {
  title: "Checkov",
  severities: HIGH,
  async calls({ folder, workFolder, skip }) {
    const skipped = skip.flatMap((path) => ["--skip-path", path]);
    const output = ["--output", "sarif", "--output-file-path", workFolder];
    const alone = ["--skip-download", "--soft-fail", "--quiet", "--compact"];
    return [{ args: ["--directory", ".", ...alone, ...skipped, ...output], cwd: folder }];
  },
  sarif: (ended, _call, { workFolder }) =>
    writtenBy("checkov", ended, join(workFolder, "results_sarif.sarif")),
};

/** Workflows and actions: what lets others run code, or reach more than they should. */
export const zizmor: Scanner = {
  title: "zizmor",
  severities: ALL,
  async calls({ folder }) {
    const how = ["--pedantic", "--offline", "--no-progress", "--format", "sarif"];
    return [{ args: [...how, "."], cwd: folder }];
  },
  async sarif(ended) {
    if (/no audit was performed|no inputs collected/.test(ended.stderr)) {
      throw new SluiceError("inconclusive", "zizmor had no workflow or action to look at");
    }
    mustHaveEnded("zizmor", ended, [0]);
    return ended.stdout;
  },
};
