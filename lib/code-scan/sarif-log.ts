import { z } from "zod";
import { SluiceError } from "../error.ts";
import type { Severity } from "../scan/severity.ts";
import type { CodeFinding } from "./finding.ts";

const message = z.object({ text: z.string().optional(), markdown: z.string().optional() });
const properties = z.looseObject({ "security-severity": z.coerce.string().optional() }).optional();

const Rule = z.object({
  id: z.string(),
  shortDescription: message.optional(),
  defaultConfiguration: z.object({ level: z.string().optional() }).optional(),
  properties,
});

const Place = z.object({
  physicalLocation: z
    .object({
      artifactLocation: z.object({ uri: z.string().optional() }).optional(),
      region: z.object({ startLine: z.number().optional() }).optional(),
    })
    .optional(),
});

const Result = z.object({
  ruleId: z.string().optional(),
  ruleIndex: z.number().optional(),
  rule: z.object({ id: z.string().optional(), index: z.number().optional() }).optional(),
  level: z.string().optional(),
  message,
  locations: z.array(Place).optional(),
  // A finding that the code itself says to leave alone, as semgrep's nosemgrep; unless that was not agreed to.
  suppressions: z.array(z.looseObject({ status: z.string().optional() })).optional(),
  properties,
});

const Run = z.object({
  tool: z.object({
    driver: z.object({ name: z.string(), rules: z.array(Rule).optional() }),
    extensions: z.array(z.object({ rules: z.array(Rule).optional() })).optional(),
  }),
  // Null is what a scanner writes that failed before it looked at anything.
  results: z.array(Result).nullish(),
  invocations: z.array(z.looseObject({ executionSuccessful: z.boolean().optional() })).optional(),
});

/** As far as it is read; https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
const SarifLog = z.object({ version: z.literal("2.1.0"), runs: z.array(Run) });

type Rule = z.infer<typeof Rule>;
type Run = z.infer<typeof Run>;
type Result = z.infer<typeof Result>;

/**
 * The findings of a SARIF file. Throws `invalid-input` for what is none, and `inconclusive` for one that says itself that
 * nothing was scanned, or not all: no finding is no news then.
 */
export function findingsOf(text: string, name: string): CodeFinding[] {
  const { runs } = readSarif(text, name);
  if (runs.length === 0) throw undecided(`${name} has no run of a scanner in it`);
  return runs.flatMap((run) => {
    mustHaveScanned(run, name);
    const { driver, extensions = [] } = run.tool;
    const rules = [driver, ...extensions].flatMap((part) => part.rules ?? []);
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    const results = (run.results ?? []).filter((result) => !isSuppressed(result));
    return results.map((result) => findingOf(result, driver.name, byId, driver.rules ?? []));
  });
}

function mustHaveScanned({ tool, results, invocations = [] }: Run, name: string): void {
  const { name: scanner } = tool.driver;
  const failed = invocations.some(({ executionSuccessful }) => executionSuccessful === false);
  if (failed) throw undecided(`${name} says that ${scanner} did not end well`);
  if (results === null) throw undecided(`${name} says that ${scanner} scanned nothing`);
}

/** By all who were asked: what is under review, or was rejected, counts. */
function isSuppressed({ suppressions = [] }: Result): boolean {
  return (
    suppressions.length > 0 &&
    suppressions.every(({ status = "accepted" }) => status === "accepted")
  );
}

function undecided(message: string): SluiceError {
  return new SluiceError("inconclusive", message, {
    hint: "see in the scanner's own log why, and run it again",
  });
}

function readSarif(text: string, name: string): z.infer<typeof SarifLog> {
  try {
    return SarifLog.parse(JSON.parse(text));
  } catch (cause) {
    throw new SluiceError("invalid-input", `${name} is no SARIF 2.1.0 file`, {
      cause,
      hint: "see in the log above what the scanner said instead",
    });
  }
}

function findingOf(
  result: Result,
  tool: string,
  byId: ReadonlyMap<string, Rule>,
  own: readonly Rule[],
): CodeFinding {
  const index = result.ruleIndex ?? result.rule?.index;
  const id = result.ruleId ?? result.rule?.id ?? (index === undefined ? "" : own[index]?.id) ?? "";
  const rule = byId.get(id);
  const place = result.locations?.[0]?.physicalLocation;
  return {
    tool,
    rule: id,
    severity: severityOf(result, rule),
    message: firstLine(result.message.text ?? rule?.shortDescription?.text ?? id),
    path: pathOf(place?.artifactLocation?.uri ?? ""),
    line: place?.region?.startLine,
  };
}

/** By the number that code scanning sorts by, where there is one; else by the level. */
function severityOf(result: Result, rule: Rule | undefined): Severity {
  const score = Number(
    result.properties?.["security-severity"] ??
      rule?.properties?.["security-severity"] ??
      Number.NaN,
  );
  if (score >= 9) return "CRITICAL";
  if (score >= 7) return "HIGH";
  if (score >= 4) return "MEDIUM";
  if (score > 0) return "LOW";
  const level = result.level ?? rule?.defaultConfiguration?.level ?? "warning";
  return LEVELS[level] ?? "UNKNOWN";
}

const LEVELS: Readonly<Record<string, Severity>> = {
  error: "HIGH",
  warning: "MEDIUM",
  note: "LOW",
  none: "UNKNOWN",
};

function pathOf(uri: string): string {
  const path = uri.replace(/^file:\/\//, "").replace(/^\.\//, "");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function firstLine(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
}

const MAX_MESSAGE = 300;
