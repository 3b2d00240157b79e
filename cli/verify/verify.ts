import { causes, SluiceError } from "../../lib/error.ts";
import { chainOf, type Link } from "../../lib/evidence/chain.ts";
import { digestOfFile } from "../../lib/evidence/digest.ts";
import type { ReleaseRecord } from "../../lib/evidence/record.ts";
import { bundleBeside } from "../../lib/signing/bundle.ts";
import { describePolicy, type Policy, policyOf } from "../../lib/signing/policy.ts";
import { verifyFile } from "../../lib/signing/verify.ts";
import { openShop, type Shop } from "../../lib/tools/shop.ts";
import { mustGoTogether, policyAsked, signerAsked, type VerifyOptions } from "./options.ts";
import { plainLine } from "./plain-line.ts";
import { readReleases } from "./read-record.ts";

const BROKEN = 1;

const NOTHING_TO_BELIEVE: Link = {
  release: "record",
  name: "releases",
  holds: false,
  says: "it has no release in it, so it proves nothing of any",
};

/** Checks the record at `path` link by link, tells every one, and returns the exit code. */
export async function verify(
  path: string,
  options: VerifyOptions,
  write: (text: string) => void,
): Promise<number> {
  mustGoTogether(options);
  const { archive } = options;
  const asked = policyAsked(options);
  const policy = await policyOf(signerAsked(options), process.env);
  const releases = await readReleases(path, options.release);
  const shop = openShop({ say: (message) => process.stderr.write(`${message}\n`) });
  const bytes = archive === undefined ? undefined : { archive: await digestOfFile(archive) };
  const chain = { ...asked, ...bytes };
  const links = [
    await signatureLink("record", path, options.bundle, policy, shop),
    ...(releases.length === 0 ? [NOTHING_TO_BELIEVE] : []),
    ...releases.flatMap((release) => chainOf(release, chain)),
    ...(options.promoted ? releases.map(promotedLink) : []),
    ...(await archiveLinks(releases, options, policy, shop)),
  ];
  const broken = links.find(({ holds }) => !holds);
  write(options.json ? asJson(path, links) : asLines(path, releases, links));
  return broken === undefined ? 0 : BROKEN;
}

/** A signature that is not good is a broken link; that nobody could tell (no cosign, no network) is an error. */
async function signatureLink(
  release: string,
  file: string,
  bundle: string | undefined,
  policy: Policy,
  shop: Shop,
): Promise<Link> {
  const name = "signature";
  try {
    await verifyFile(file, bundle ?? bundleBeside(file), policy, { shop });
    return { release, name, holds: true, says: `by ${describePolicy(policy)}` };
  } catch (error) {
    if (!(error instanceof SluiceError) || !SAYS_NO.has(error.code)) throw error;
    return { release, name, holds: false, says: causes(error).join(": ") };
  }
}

const SAYS_NO: ReadonlySet<string> = new Set(["unsigned", "signature-invalid"]);

function promotedLink({ version, outcome }: ReleaseRecord): Link {
  return { release: version, name: "promoted", holds: outcome === "promoted", says: outcome };
}

async function archiveLinks(
  releases: readonly ReleaseRecord[],
  { archive, archiveBundle }: VerifyOptions,
  policy: Policy,
  shop: Shop,
): Promise<Link[]> {
  if (archive === undefined) return [];
  const found = await digestOfFile(archive);
  const release = releases.find(({ digest }) => digest === found);
  const known = releases.map(({ version, digest }) => `${version}: ${digest}`).join(", ");
  const bytes = {
    release: release?.version ?? "archive",
    name: "archive",
    holds: release !== undefined,
    says: release === undefined ? `${archive} is ${found}, released was ${known}` : found,
  };
  return [bytes, await signatureLink(bytes.release, archive, archiveBundle, policy, shop)];
}

function asLines(path: string, releases: readonly ReleaseRecord[], links: readonly Link[]): string {
  const lines = links.map(
    ({ release, name, holds, says }) =>
      `${holds ? "✓" : "✗"} ${plainLine(`${release} ${name}: ${says}`)}\n`,
  );
  const broken = links.find(({ holds }) => !holds);
  const verdict =
    broken === undefined
      ? `${path}: all ${links.length} links hold (${releases.map(ended).join(", ")})`
      : `${path}: not to be believed; the first link that does not hold is ${broken.release} ${broken.name}`;
  return `${lines.join("")}${plainLine(verdict)}\n`;
}

function ended({ version, outcome }: ReleaseRecord): string {
  return `${version} ${outcome}`;
}

function asJson(record: string, links: readonly Link[]): string {
  const broken = links.find(({ holds }) => !holds) ?? null;
  return `${JSON.stringify({ record, holds: broken === null, broken, links }, null, 2)}\n`;
}
