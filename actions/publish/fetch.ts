import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { workspaceFolder } from "../../lib/action/action.ts";
import { SluiceError } from "../../lib/error.ts";
import type { Candidate } from "../../lib/evidence/candidate.ts";
import { digestOfFile } from "../../lib/evidence/digest.ts";
import { Record as EvidenceRecord, type ReleaseRecord } from "../../lib/evidence/record.ts";
import { type Digest, parseDigest } from "../../lib/units/digest.ts";
import type { PublishContext, PublishOutputs } from "./action.ts";
import { type ReleasedFile, releasesOf } from "./releases.ts";

/** Releases of a service have a handful; a name is used as the name of a file here. */
const MAX_FILES = 100;
const FILE_NAME = /^[\w@+-][\w.@+-]*$/;
const RECORD = "record.json";

interface Fetched {
  readonly name: string;
  readonly path: string;
  readonly digest: Digest;
  readonly size: number;
}

/**
 * Gets the files of a published version, each with the bytes that GitHub took in, and says by the record among them
 * which one is the archive. Who made them is for `deploy` to ask: it verifies the signature as the environment demands.
 */
export async function fetchReleased(context: PublishContext): Promise<PublishOutputs> {
  const { inputs, log, env } = context;
  const { tag, output } = inputs;
  const releases = releasesOf(context);
  const files = await releases.files(tag);
  if (!files) {
    throw new SluiceError("invalid-input", `${tag} is not released`, {
      hint: "name a version that has a published release; a draft is none",
    });
  }
  mustBeStorable(files, tag);
  await mkdir(output, { recursive: true });
  const fetched: Fetched[] = [];
  for (const file of files) {
    fetched.push(await store(file, await releases.download(file), output));
  }
  const candidate = await candidateOf(fetched, tag, env);
  const [artifact] = candidate.artifacts;
  const reason = `${tag} is ${artifact?.digest}, as it was released`;
  log.info(`${reason}: ${files.length} files in ${relative(workspaceFolder(env), output)}`);
  return { gate: { name: "fetch", outcome: "passed", reason }, candidate };
}

function mustBeStorable(files: readonly ReleasedFile[], tag: string): void {
  const strange = files.find(({ name }) => !FILE_NAME.test(name))?.name;
  if (strange === undefined && files.length <= MAX_FILES) return;
  const what =
    strange === undefined ? `${files.length} files` : `a file called ${JSON.stringify(strange)}`;
  throw new SluiceError("invalid-input", `the release of ${tag} has ${what}`, {
    hint: "fetch a release that this action published",
  });
}

async function store(file: ReleasedFile, bytes: Buffer, folder: string): Promise<Fetched> {
  const path = join(folder, file.name);
  await writeFile(path, bytes);
  const digest = await digestOfFile(path);
  if (file.digest === undefined || file.digest === digest)
    return { name: file.name, path, digest, size: bytes.length };
  const message = `${file.name} is ${digest}, but ${file.digest} was released`;
  throw new SluiceError("digest-mismatch", message, { hint: "run the job again" });
}

async function candidateOf(
  files: readonly Fetched[],
  tag: string,
  env: NodeJS.ProcessEnv,
): Promise<Candidate> {
  const { version, commit, digest } = await recorded(files, tag);
  if (!isTagOf(version, tag)) {
    throw new SluiceError("refused", `the record in the release of ${tag} is of ${version}`, {
      hint: "the files of another version were put there: release this one anew",
    });
  }
  const archive = files.find((file) => file.digest === parseDigest(digest ?? ""));
  if (!archive) {
    throw new SluiceError("digest-mismatch", `no file of ${tag} is ${digest}, as its record says`, {
      hint: "the release was changed after it was published: release another version",
    });
  }
  const uri = relative(workspaceFolder(env), archive.path);
  const artifact = { kind: "archive", uri, digest: archive.digest, size: archive.size } as const;
  return { name: archive.name.replace(/\.tar\.gz$/, ""), version, commit, artifacts: [artifact] };
}

/** `v1.2.3`, `1.2.3`, `shop/v1.2.3`, `shop@1.2.3` and `shop-v1.2.3` are tags of 1.2.3. */
function isTagOf(version: string, tag: string): boolean {
  const bare = version.replace(/^v/, "");
  return tag.endsWith(bare) && /(^|[/@])v?$|[-_]v$/.test(tag.slice(0, -bare.length));
}

/** What the record says of the one release that it is about. */
async function recorded(files: readonly Fetched[], tag: string): Promise<ReleaseRecord> {
  const file = files.find(({ name }) => name === RECORD);
  const text = file && (await readFile(file.path, "utf8"));
  const record = EvidenceRecord.safeParse(parsed(text ?? ""));
  const release = record.data?.releases.at(-1);
  if (release?.outcome === "promoted" && release.digest !== null) return release;
  const why = record.success
    ? `its record says ${release?.outcome ?? "nothing"}`
    : `it has no ${RECORD} that could be read`;
  throw new SluiceError("invalid-input", `${tag} cannot be placed again: ${why}`, {
    hint: "only what release.yml let through and published can be; run release.yml for another version",
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
