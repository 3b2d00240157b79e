import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import { SluiceError } from "../../error.ts";
import type { Severity } from "../../scan/severity.ts";
import type { CodeFinding } from "../finding.ts";
import { sarifOf } from "../write-sarif.ts";
import { failed } from "./said.ts";
import { HIGH, type Scanner } from "./scanner.ts";

const Advisory = z.object({
  source: z.number().optional(),
  title: z.string(),
  url: z.string().optional(),
  severity: z.string(),
  range: z.string().optional(),
});

const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ via: z.array(z.union([z.string(), Advisory])) }),
  ),
});

const Outage = z.looseObject({ message: z.string() });

/** Known vulnerabilities of npm packages, by the registry. */
export const npmAudit: Scanner = {
  title: "npm audit",
  severities: HIGH,
  async calls({ folder }) {
    const places = await lockFolders(folder);
    if (places.length === 0) {
      throw new SluiceError("inconclusive", "npm audit had no package-lock.json to look at", {
        hint: "commit the lock file, or leave this scanner out",
      });
    }
    return places.map((cwd) => ({ args: ["audit", "--json", "--package-lock-only"], cwd }));
  },
  async sarif(ended, { cwd }, { folder }) {
    const said: unknown = parse(ended.stdout);
    const report = Report.safeParse(said);
    if (report.success) {
      const path = relative(folder, join(cwd, LOCK)).split(sep).join("/");
      return sarifOf("npm audit", findingsIn(report.data, path), "npm-audit");
    }
    const outage = Outage.safeParse(said);
    if (!outage.success) throw failed("npm audit", ended);
    throw new SluiceError(
      // Nothing was found, and nothing was looked for either: that passes nobody.
      "inconclusive",
      `the registry audits nothing: ${outage.data.message}`,
      {
        hint: "an outage, or a mirror that has no audits; osv-scanner looks at the same lock file",
      },
    );
  },
};

const LOCK = "package-lock.json";

/** Folders with a lock file of their own, but for what npm itself installed. */
async function lockFolders(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && entry.name === LOCK)
    .map(({ parentPath }) => parentPath)
    .filter((path) => !path.split(sep).includes("node_modules"));
}

function findingsIn({ vulnerabilities }: z.infer<typeof Report>, path: string): CodeFinding[] {
  return Object.entries(vulnerabilities).flatMap(([name, { via }]) =>
    via.flatMap((advisory) => {
      // Only the name of another package that is in the list itself.
      if (typeof advisory === "string") return [];
      const id = /GHSA-[\w-]+/.exec(advisory.url ?? "")?.[0] ?? String(advisory.source ?? name);
      const range = advisory.range ? ` (${advisory.range})` : "";
      return [
        {
          tool: "npm audit",
          rule: id,
          severity: SEVERITIES[advisory.severity] ?? "UNKNOWN",
          message: `${name}${range}: ${advisory.title}`,
          path,
          line: 1,
        },
      ];
    }),
  );
}

const SEVERITIES: Readonly<Record<string, Severity>> = {
  critical: "CRITICAL",
  high: "HIGH",
  moderate: "MEDIUM",
  low: "LOW",
  info: "LOW",
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
