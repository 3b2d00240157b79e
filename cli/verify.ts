import type { Command } from "commander";
import type { VerifyOptions } from "./verify/options.ts";

/** `sluice verify`: is this record to be believed, link by link. */
export function register(program: Command): void {
  program
    .command("verify")
    .description(
      "check a release record offline: its signature, and every gate by the bytes it judged",
    )
    .argument("<record>", "record.json as the report action writes it")
    .option("--key <path>", "the public key that must have signed; env://NAME for a variable")
    .option("--identity <subject>", "or the identity that must have signed, with --issuer")
    .option("--issuer <url>", "the OIDC issuer that vouched for the identity")
    .option(
      "--trusted-root <path>",
      "a Sigstore trusted root, to check an identity without a network",
    )
    .option("--bundle <path>", "the record's signature (default: RECORD.sigstore.json)")
    .option("--archive <path>", "also check that these are the released bytes, and their signature")
    .option("--archive-bundle <path>", "the archive's signature (default: ARCHIVE.sigstore.json)")
    .option("--release <version>", "of a record with several releases, this one alone")
    .option(
      "--require <gates>",
      "gates that must have passed, by comma (default: all of release.yml)",
    )
    .option("--allow-skipped <gates>", "gates that may have been skipped by request, by comma")
    .option("--promoted", "the release must have been promoted")
    .option("--json", "one JSON document instead of lines")
    .addHelpText(
      "after",
      "\nExit code: 0 when every link holds, 1 when one does not (the first is named), 2 when nothing could be checked.",
    )
    .action(async (record: string, options: VerifyOptions) => {
      const { verify } = await import("./verify/verify.ts");
      process.exitCode = await verify(record, options, (text) => process.stdout.write(text));
    });
}
