import { readFileSync } from "node:fs";
import { Command } from "commander";
import { register as doctor } from "./doctor.ts";
import { tellFailure } from "./failure.ts";
import { register as init } from "./init.ts";
import { register as lint } from "./lint.ts";
import { register as plan } from "./plan.ts";
import { register as rehearse } from "./rehearse.ts";
import { register as replay } from "./replay.ts";
import { register as site } from "./site.ts";
import { register as verify } from "./verify.ts";

const { version } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { version: string };

const program = new Command("sluice")
  .description("Let a release through gate by gate, and take it back on evidence.")
  .version(version)
  .exitOverride()
  .configureHelp({ sortSubcommands: true });

for (const register of [init, rehearse, lint, plan, replay, verify, site, doctor])
  register(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tellFailure(error);
}
