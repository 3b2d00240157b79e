import { join, relative, sep } from "node:path";
import { inlineText, workspaceFolder } from "../../lib/action/action.ts";
import type { Entry } from "../../lib/archive/entry.ts";
import { type Packed, packArchive } from "../../lib/archive/pack.ts";
import { selectEntries } from "../../lib/archive/select.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Candidate } from "../../lib/evidence/candidate.ts";
import { provenanceOf } from "../../lib/evidence/provenance.ts";
import type { BuildContext, BuildOutputs } from "./action.ts";
import { commandEnv, runCommand } from "./command.ts";
import { type Commit, changedFiles, readCommit } from "./commit.ts";
import { parseVersion } from "./kind.ts";

/** Runs the command, packs what it left, and says what that is by digest. */
export async function build(context: BuildContext): Promise<BuildOutputs> {
  const { inputs, env, log, signal } = context;
  const version = inputs.version ?? versionOfTag(env);
  const commit = await readCommit(inputs.context, env);
  const output = inputs.output ?? join(workspaceFolder(env), `${inputs.name}-${version}.tar.gz`);
  const { command } = inputs;
  if (command !== undefined) {
    const environment = commandEnv(env, commit.epochSeconds);
    const settings = { cwd: inputs.context, env: environment, timeoutMs: inputs.timeout, signal };
    await log.group(`Run ${command.split("\n")[0]}`, () =>
      runCommand({ text: command, ...settings }),
    );
  }
  await warnOfChanges(context, commit);
  const entries = await selectEntries({
    root: inputs.context,
    patterns: inputs.path,
    exclude: inputs.exclude ?? [],
    skip: [output],
  });
  const { epochSeconds } = commit;
  const packed = await packArchive(entries, { root: inputs.context, output, epochSeconds, signal });
  return tell(context, { version, commit, output, entries, packed });
}

interface Built {
  version: string;
  commit: Commit;
  output: string;
  entries: readonly Entry[];
  packed: Packed;
}

function tell({ inputs, env, log, summary }: BuildContext, built: Built): BuildOutputs {
  const { version, commit, packed, entries } = built;
  const { digest, sizeBytes } = packed;
  const archive = relative(workspaceFolder(env), built.output).split(sep).join("/");
  const files = entries.filter(({ kind }) => kind !== "folder").length;
  const reason = `${inputs.name} ${version} is ${archive}: ${files} files, ${sizeBytes} bytes, ${digest}`;
  log.info(reason);
  summary
    .heading(`Build: ${inputs.name} ${version}`)
    .table(
      ["commit", "archive", "files", "bytes", "digest"],
      [
        [
          `\`${commit.hash}\``,
          inlineText(archive),
          String(files),
          String(sizeBytes),
          `\`${digest}\``,
        ],
      ],
    );
  const candidate: Candidate = {
    name: inputs.name,
    version,
    commit: commit.hash,
    artifacts: [{ kind: "archive", uri: archive, digest, size: sizeBytes }],
  };
  return {
    candidate,
    version,
    digest,
    archive,
    gate: { name: "build", outcome: "passed", reason, statement: provenanceOf(candidate, env) },
  };
}

/** The bytes then come from the commit and something else: allowed, but not silently. */
async function warnOfChanges({ inputs, log }: BuildContext, commit: Commit): Promise<void> {
  const changed = await changedFiles(inputs.context);
  if (changed.length === 0) return;
  log.warning(
    `${changed.length} tracked files are not as in commit ${commit.hash}, so the digest is not that of the commit alone: ${changed.slice(0, 5).join(", ")}`,
    { title: "build: changed files" },
  );
}

function versionOfTag(env: NodeJS.ProcessEnv): string {
  const tag = env.GITHUB_REF?.startsWith("refs/tags/") ? env.GITHUB_REF.slice(10) : undefined;
  const version = tag === undefined ? undefined : parseVersion(tag);
  if (version !== undefined) return version;
  const what =
    tag === undefined ? "the workflow does not run for a tag" : `the tag ${tag} is no version`;
  throw new SluiceError("invalid-input", `version: nothing was given, and ${what}`, {
    hint: "give version, or run the workflow for a tag such as v1.2.3",
  });
}
