import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { register as doctor } from "../../cli/doctor.ts";
import { register as init } from "../../cli/init.ts";
import { register as lint } from "../../cli/lint.ts";
import { register as plan } from "../../cli/plan.ts";
import { register as rehearse } from "../../cli/rehearse.ts";
import { register as replay } from "../../cli/replay.ts";
import { register as site } from "../../cli/site.ts";
import { register as verify } from "../../cli/verify.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = /\bsluice(?:\.js)?"? (site [a-z]+|[a-z]+)\b([^`|#\n]*)/g;
/** What is somebody else's command, given to ours. */
const QUOTED = /"[^"]*"|'[^']*'/g;
const FLAG = /(?<=\s)--[a-z][a-z-]*/g;

const program = new Command("sluice");
for (const register of [init, rehearse, lint, plan, replay, verify, site, doctor])
  register(program);

/** The long flags of each verb, `site up` and its like by both words. */
const flags = new Map(
  program.commands
    .flatMap((verb) => [
      [verb.name(), verb] as const,
      ...verb.commands.map((inner) => [`${verb.name()} ${inner.name()}`, inner] as const),
    ])
    .map(([name, verb]) => [name, ["--help", ...verb.options.map(({ long }) => long)]] as const),
);

function pages(): string[] {
  const inside = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
      .map((name) => join(folder, name));
  return ["README.md", "CONTRIBUTING.md", ...["docs", "actions", "hosts"].flatMap(inside)];
}

function commandsOf(page: string): { verb: string; given: string[] }[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(COMMAND)].flatMap(([, verb = "", rest = ""]) =>
    flags.has(verb) ? [{ verb, given: rest.replace(QUOTED, "").match(FLAG) ?? [] }] : [],
  );
}

describe("commands in the documentation", () => {
  it("have no flags but those that there are", () => {
    const unknown = pages().flatMap((page) =>
      commandsOf(page).flatMap(({ verb, given }) =>
        given
          .filter((flag) => !flags.get(verb)?.includes(flag))
          .map((flag) => `${page}: sluice ${verb} ${flag}`),
      ),
    );
    expect(unknown).toEqual([]);
  });

  it("are found, all verbs of them", () => {
    const found = new Set(pages().flatMap((page) => commandsOf(page).map(({ verb }) => verb)));
    expect([...flags.keys()].filter((verb) => verb !== "site" && !found.has(verb))).toEqual([]);
  });

  it("of the rehearsal's table are all that it takes", () => {
    const text = readFileSync(join(ROOT, "docs/rehearsal.md"), "utf8");
    const rows = text.split("\n").filter((line) => line.startsWith("| `"));
    const told = rows.flatMap((row) => row.split("|")[1]?.match(/--[a-z][a-z-]*/g) ?? []);
    const hidden = ["--help", "--scenario"];
    const there = (flags.get("rehearse") ?? []).filter((flag) => !hidden.includes(flag ?? ""));
    expect(new Set(told)).toEqual(new Set(there));
  });
});
