/** `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}` & { readonly digest: unique symbol };

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** What a digest may look like, for error messages. */
export const DIGEST_ACCEPTED = "sha256: followed by 64 hexadecimal digits";

/** The digest that `text` names (bare hexadecimal is taken as sha256); undefined when it names none. */
export function parseDigest(text: string): Digest | undefined {
  const lower = text.trim().toLowerCase();
  const full = /^[0-9a-f]{64}$/.test(lower) ? `sha256:${lower}` : lower;
  return DIGEST.test(full) ? (full as Digest) : undefined;
}
