import { SluiceError } from "../error.ts";
import { type Digest, parseDigest } from "../units/digest.ts";

/** An image by digest, in one registry. */
export interface ImageReference {
  /** `ghcr.io/owner/app`, without tag and digest. */
  name: string;
  digest: Digest;
}

const NAME =
  /^(?<registry>[a-z0-9.-]+\.[a-z0-9.-]+(:\d+)?|localhost(:\d+)?|[a-z0-9-]+:\d+)\/(?<path>[a-z0-9]+([._/-]+[a-z0-9]+)*)$/i;
const NAME_ACCEPTED = "an image's full name, without a tag: ghcr.io/owner/app";

/**
 * The image that `subject` names, with the digest in it or beside it. A tag is refused: it may point to another
 * image between the moment it is read and the moment it is signed.
 */
export function imageReference(subject: string, digest: Digest | undefined): ImageReference {
  const [named = "", inName, ...more] = subject.trim().split("@");
  const tag = /^(?<name>.+\/[^:/]+):(?<tag>[^/]+)$/.exec(named)?.groups;
  if (tag) throw signByDigest(subject, tag.name ?? named, digest);
  const own = inName === undefined ? undefined : parseDigest(inName);
  const isWrong = more.length > 0 || (inName !== undefined && own === undefined);
  if (isWrong || !NAME.test(named)) {
    throw new SluiceError(
      "invalid-input",
      `subject-name: given ${subject}; accepted: ${NAME_ACCEPTED}`,
      {
        hint: "give the registry too, and the digest in subject-digest",
      },
    );
  }
  const meant = own ?? digest;
  if (meant === undefined) throw signByDigest(subject, named, undefined);
  if (own !== undefined && digest !== undefined && own !== digest) {
    const message = `subject-name says ${own}, subject-digest says ${digest}`;
    throw new SluiceError("invalid-input", message, { hint: "give one of them" });
  }
  return { name: named, digest: meant };
}

/** `ghcr.io/owner/app@sha256:…` */
export function referenceText({ name, digest }: ImageReference): string {
  return `${name}@${digest}`;
}

function signByDigest(subject: string, name: string, digest: Digest | undefined): SluiceError {
  return new SluiceError("invalid-input", `subject-name: ${subject} is no digest`, {
    hint: `a tag can be moved to another image, so only digests are signed: subject-name: ${name} with subject-digest: ${digest ?? "the digest output of the step that pushed it"}`,
  });
}
