import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pathKind } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Exception } from "../../lib/scan/exception.ts";
import type { Scanner } from "../../lib/scan/finding.ts";
import type { Rule } from "../../lib/scan/rule.ts";
import { readIgnoreFile } from "../../lib/scan/trivyignore.ts";
import { readVex } from "../../lib/scan/vex.ts";
import type { VexStatement } from "../../lib/scan/vex-statement.ts";
import type { ScanInputs } from "./action.ts";
import { scannersOf } from "./together.ts";

/** What trivy's users have in their repository's root. */
const USUAL_IGNORE_FILES = [".trivyignore.yaml", ".trivyignore.yml", ".trivyignore"];

/** The rule that the inputs and the files they name make; `files` are those that were read. */
export async function ruleOf(
  inputs: ScanInputs,
  workspace: string,
  subjects: readonly string[],
): Promise<{ rule: Rule; files: readonly string[] }> {
  const ignores = await ignoreFiles(inputs, workspace);
  const vex = await namedFiles("vex", inputs.vex ?? [], workspace);
  const rule: Rule = {
    scanners: scannersOf(inputs["scan-type"], inputs.scanners),
    severities: inputs.severity,
    ignoreUnfixed: inputs["ignore-unfixed"],
    limits: limitsOf(inputs.limits ?? []),
    allowedLicenses: inputs["allowed-licenses"],
    exceptions: ignores.flatMap(({ name, text }): Exception[] => readIgnoreFile(name, text)),
    vex: vex.flatMap(({ name, text }): VexStatement[] => readVex(name, text)),
    vexMaxAgeDays: inputs["vex-max-age-days"],
    subjects,
    mustCover: inputs["must-cover"],
  };
  return { rule, files: [...ignores, ...vex].map(({ name }) => name) };
}

interface NamedText {
  /** As the repository calls it. */
  name: string;
  text: string;
}

async function ignoreFiles(inputs: ScanInputs, workspace: string): Promise<NamedText[]> {
  if (inputs.trivyignores) return namedFiles("trivyignores", inputs.trivyignores, workspace);
  const there = await Promise.all(
    USUAL_IGNORE_FILES.map(async (name) => {
      const text = await readFile(join(workspace, name), "utf8").catch(() => undefined);
      return text === undefined ? [] : [{ name, text }];
    }),
  );
  return there.flat();
}

async function namedFiles(
  input: string,
  names: readonly string[],
  workspace: string,
): Promise<NamedText[]> {
  return Promise.all(
    names.map(async (given) => {
      const path = inWorkspace(input, given);
      const name = relative(workspace, path).split(sep).join("/");
      return { name, text: await read(input, path) };
    }),
  );
}

function inWorkspace(input: string, given: string): string {
  const read = pathKind.parse(given);
  if ("value" in read) return read.value;
  throw new SluiceError("invalid-input", `${input}: ${given} is not inside the workspace`, {
    hint: "keep exceptions in the repository, where they are reviewed",
  });
}

async function read(input: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new SluiceError("invalid-input", `${input}: ${path} cannot be read`, {
      cause,
      hint: "check it out before this step; nothing was scanned",
    });
  }
}

function limitsOf(limits: ReadonlyArray<readonly [Scanner, number]>): Record<Scanner, number> {
  return { vuln: 0, misconfig: 0, secret: 0, license: 0, ...Object.fromEntries(limits) };
}
