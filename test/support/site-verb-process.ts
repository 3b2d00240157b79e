/** `sluice site` by itself, without the other verbs. Run as: node site-verb-process.ts site … */
import { Command } from "commander";
import { tellFailure } from "../../cli/failure.ts";
import { register } from "../../cli/site.ts";

const program = new Command("sluice");
register(program);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tellFailure(error);
}
